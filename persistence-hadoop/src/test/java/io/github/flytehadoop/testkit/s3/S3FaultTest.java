/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit.s3;

import static io.github.flytehadoop.testkit.s3.RequestKind.COMPLETE_MULTIPART;
import static io.github.flytehadoop.testkit.s3.RequestKind.COPY_OBJECT;
import static io.github.flytehadoop.testkit.s3.RequestKind.GET_OBJECT;
import static io.github.flytehadoop.testkit.s3.RequestKind.HEAD_OBJECT;
import static io.github.flytehadoop.testkit.s3.RequestKind.LIST;
import static io.github.flytehadoop.testkit.s3.RequestKind.PUT_OBJECT;
import static io.github.flytehadoop.testkit.s3.RequestKind.UPLOAD_PART;
import static io.github.flytehadoop.testkit.s3.S3Clients.BUCKET;
import static io.github.flytehadoop.testkit.s3.S3Clients.content;
import static io.github.flytehadoop.testkit.s3.S3Clients.read;
import static io.github.flytehadoop.testkit.s3.S3Clients.write;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flytehadoop.testkit.Rule;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every fault reaches a client: the real S3A where it shows there, else plain HTTP. */
@Tag("slow")
class S3FaultTest {
  private static final byte[] CONTENT = content(200_000);

  private final S3Clients clients = new S3Clients();
  private final S3Endpoint endpoint = clients.endpoint;

  @AfterEach
  void stop() {
    clients.close();
  }

  @Test
  void aRefusedConnectionIsRetried() throws IOException {
    FaultPlan plan = clients.strike(FaultRule.on(PUT_OBJECT).nth(1).gives(Fault.refuse()));
    try (FileSystem fs = clients.s3a()) {
      write(fs, "/k", CONTENT);
    }
    assertThat(statuses(PUT_OBJECT)).containsExactly(0, 200);
    assertThat(endpoint.requests())
        .filteredOn(r -> r.status() == 0)
        .allMatch(r -> r.bytesIn() == 0);
    assertThat(endpoint.bytes(BUCKET, "k")).isEqualTo(CONTENT);
    assertThat(plan.fired()).isEqualTo(1);
  }

  @Test
  void aResetInsideTheRequestIsRetried() throws IOException {
    clients.strike(FaultRule.on(PUT_OBJECT).nth(1).gives(Fault.resetRequest(70_000)));
    try (FileSystem fs = clients.s3a()) {
      write(fs, "/k", CONTENT);
    }
    assertThat(statuses(PUT_OBJECT)).containsExactly(0, 200);
    assertThat(endpoint.requests())
        .filteredOn(request -> request.status() == 0)
        .extracting(Request::bytesIn)
        .containsExactly(70_000L);
    assertThat(endpoint.bytes(BUCKET, "k")).isEqualTo(CONTENT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"reset", "short"})
  void aCutReplyIsContinuedWhereItBroke(String cut) throws IOException {
    endpoint.putDirectly(BUCKET, "k", CONTENT);
    Fault fault = cut.equals("reset") ? Fault.resetResponse(50_000) : Fault.shortBody(50_000);
    clients.strike(FaultRule.on(GET_OBJECT).nth(1).gives(fault));
    try (FileSystem fs = clients.s3a()) {
      assertThat(read(fs, "/k")).isEqualTo(CONTENT);
    }
    assertThat(endpoint.count(GET_OBJECT)).isEqualTo(2);
    assertThat(endpoint.requests())
        .filteredOn(request -> request.kind() == GET_OBJECT)
        .extracting(Request::bytesOut)
        .first()
        .isEqualTo(50_000L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"reset", "short"})
  void aCutReplyFailsAPlainClient(String cut) {
    endpoint.putDirectly(BUCKET, "k", CONTENT);
    Fault fault = cut.equals("reset") ? Fault.resetResponse(50_000) : Fault.shortBody(50_000);
    clients.strike(FaultRule.on(GET_OBJECT).gives(fault));
    assertThatThrownBy(() -> clients.send("GET", "/k", ""))
        .isInstanceOf(IOException.class)
        .satisfies(e -> assertThat(causes(e)).contains(cut.equals("reset") ? "reset" : "EOF"));
  }

  @Test
  void aLostReplyHidesWhatWasDone() throws IOException {
    clients.strike(FaultRule.on(PUT_OBJECT).nth(1).gives(Fault.loseReply()));
    List<Integer> stored = new ArrayList<>();
    endpoint.onRequest(
        (kind, ordinal) -> {
          if (kind == PUT_OBJECT) {
            stored.add(endpoint.keys(BUCKET).size());
          }
        });
    try (FileSystem fs = clients.s3a()) {
      write(fs, "/k", CONTENT);
    }
    assertThat(stored).containsExactly(0, 1);
    assertThat(statuses(PUT_OBJECT)).containsExactly(0, 200);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0, 1000})
  void aStallLastsUntilTheEndpointCloses(long afterBytes) throws Exception {
    endpoint.putDirectly(BUCKET, "k", CONTENT);
    Duration day = Duration.ofDays(1);
    Fault fault = afterBytes < 0 ? Fault.stall(day) : Fault.stall(day, afterBytes);
    clients.strike(FaultRule.on(GET_OBJECT).gives(fault));
    CompletableFuture<HttpResponse<String>> reply = clients.getLater("/k");
    assertThatThrownBy(() -> reply.get(300, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    assertThat(endpoint.requests()).extracting(Request::status).containsExactly(200);
    endpoint.close();
    assertThatThrownBy(() -> reply.get(1, TimeUnit.MINUTES))
        .hasRootCauseInstanceOf(IOException.class);
  }

  @Test
  void aStallThatEndsIsHarmless() throws Exception {
    endpoint.putDirectly(BUCKET, "k", "abc".getBytes(UTF_8));
    clients.strike(FaultRule.on(GET_OBJECT).gives(Fault.stall(Duration.ofMillis(20), 1)));
    assertThat(clients.send("GET", "/k", "").body()).isEqualTo("abc");
  }

  @ParameterizedTest
  @CsvSource({
    "403, AccessDenied, AccessDeniedException",
    "403, ExpiredToken, AccessDeniedException",
    "403, RequestTimeTooSkewed, AccessDeniedException",
    "403, SignatureDoesNotMatch, AccessDeniedException",
    "403, InvalidAccessKeyId, AccessDeniedException",
    "404, NoSuchBucket, UnknownStoreException",
    "400, InvalidRequest, AWSBadRequestException",
    "412, PreconditionFailed, RemoteFileChangedException"
  })
  void finalStatusesFail(int status, String code, String exception) throws IOException {
    clients.strike(FaultRule.on(LIST).gives(Fault.status(status, code)));
    try (FileSystem fs = clients.s3a()) {
      assertThatThrownBy(() -> fs.listStatus(new Path("/")))
          .satisfies(e -> assertThat(e.getClass().getSimpleName()).isEqualTo(exception))
          .hasMessageContaining(code);
    }
  }

  @Test
  void passingStatusesAreRetried() throws IOException {
    endpoint.putDirectly(BUCKET, "k", CONTENT);
    for (Fault fault :
        List.of(Fault.internalError(), Fault.slowDown(), Fault.status(429, "Slow"))) {
      endpoint.resetRequests();
      clients.strike(FaultRule.on(GET_OBJECT).first(2).gives(fault));
      try (FileSystem fs = clients.s3a()) {
        assertThat(read(fs, "/k")).isEqualTo(CONTENT);
      }
      assertThat(endpoint.count(GET_OBJECT)).isEqualTo(3);
    }
  }

  @Test
  void answersAreSentAsScripted() throws Exception {
    HttpResponse<String> slow = answer(Fault.slowDown(Duration.ofSeconds(3)));
    assertThat(slow.statusCode()).isEqualTo(503);
    assertThat(slow.headers().firstValue("retry-after")).contains("3");
    HttpResponse<String> moved = answer(Fault.wrongRegion("eu-west-1"));
    assertThat(moved.statusCode()).isEqualTo(301);
    assertThat(moved.headers().firstValue("x-amz-bucket-region")).contains("eu-west-1");
    assertThat(answer(Fault.requestTimeout()).body()).contains("<Code>RequestTimeout</Code>");
    HttpResponse<String> html = answer(Fault.html());
    assertThat(html.statusCode()).isEqualTo(200);
    assertThat(html.body()).startsWith("<html>");
  }

  @Test
  @Rule({"F19", "F25"})
  void anErrorInOkIsRetriedByCompleteAndCopy() throws IOException {
    Fault fault = Fault.errorInOk("InternalError");
    clients.strike(FaultRule.on(COMPLETE_MULTIPART, COPY_OBJECT).nth(1).gives(fault));
    byte[] big = content(6 << 20);
    try (FileSystem fs = clients.s3a()) {
      write(fs, "/big", big);
      assertThat(statuses(COMPLETE_MULTIPART)).containsExactly(200, 200);
      clients.strike(FaultRule.on(COPY_OBJECT).nth(1).gives(fault));
      assertThat(fs.rename(new Path("/big"), new Path("/big2"))).isTrue();
      assertThat(statuses(COPY_OBJECT)).containsExactly(200, 200);
    }
    assertThat(endpoint.bytes(BUCKET, "big2")).isEqualTo(big);
  }

  @Test
  void uploadsVanish() throws IOException {
    endpoint.onRequest(
        (kind, ordinal) -> {
          if (kind == COMPLETE_MULTIPART) {
            endpoint.abortDirectly(BUCKET);
          }
        });
    try (FileSystem fs = clients.s3a()) {
      assertThatThrownBy(() -> write(fs, "/big", content(6 << 20)))
          .hasMessageContaining("NoSuchUpload");
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void randomFaultsAreSurvived(long seed) throws IOException {
    Configuration conf = clients.settings();
    conf.set("fs.s3a.attempts.maximum", "3"); // RequestTimeout is retried by the SDK alone
    conf.set("fs.s3a.retry.limit", "12");
    conf.set("fs.s3a.retry.interval", "1ms");
    conf.set("fs.s3a.retry.throttle.limit", "12");
    conf.set("fs.s3a.retry.throttle.interval", "1ms");
    EnumSet<RequestKind> kinds = EnumSet.of(PUT_OBJECT, GET_OBJECT, HEAD_OBJECT, LIST, UPLOAD_PART);
    FaultPlan plan = FaultPlan.seeded(seed, 0.2, kinds);
    endpoint.faults(plan);
    try (FileSystem fs = clients.s3a(conf)) {
      for (int i = 0; i < 20; i++) {
        write(fs, "/d/" + i, CONTENT);
        assertThat(read(fs, "/d/" + i)).isEqualTo(CONTENT);
      }
      assertThat(fs.listStatus(new Path("/d"))).hasSize(20);
    }
    assertThat(plan.fired()).isPositive();
  }

  private HttpResponse<String> answer(Fault fault) throws Exception {
    clients.strike(FaultRule.on(GET_OBJECT).gives(fault));
    return clients.send("GET", "/k", "");
  }

  private List<Integer> statuses(RequestKind kind) {
    return endpoint.requests().stream()
        .filter(request -> request.kind() == kind)
        .map(Request::status)
        .toList();
  }

  private static String causes(Throwable thrown) {
    String message = String.valueOf(thrown);
    return thrown.getCause() == null ? message : message + "; " + causes(thrown.getCause());
  }
}
