/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3;

import static io.github.flytehadoop.testkit.s3.RequestKind.GET_OBJECT;
import static io.github.flytehadoop.testkit.s3.RequestKind.PUT_OBJECT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.flytehadoop.hadoop.s3.crt.NativeLibrary;
import io.github.flytehadoop.hadoop.s3.message.S3Answer;
import io.github.flytehadoop.hadoop.s3.message.S3Message;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.s3.Fault;
import io.github.flytehadoop.testkit.s3.FaultPlan;
import io.github.flytehadoop.testkit.s3.FaultRule;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import io.github.flytehadoop.testkit.s3.S3aKeys;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpMethod;

/** Both clients on one server, which verifies every signature. */
@Timeout(60)
class S3ConnectionTest {
  private static final String BUCKET = "b";
  private static final byte[] CONTENT = "content".getBytes(UTF_8);

  private final S3Endpoint s3 = S3Endpoint.start();

  @BeforeEach
  void start() {
    s3.createBucket(BUCKET);
    s3.verifyingSignature(identity -> identity + "-secret");
  }

  @AfterEach
  void stop() {
    s3.close();
  }

  private Configuration settings() {
    Configuration conf = S3aKeys.of(s3.uri(), "alice");
    conf.set("fs.s3a.attempts.maximum", "1");
    conf.set("fs.s3a.retry.limit", "1");
    conf.set("fs.s3a.retry.throttle.limit", "1");
    conf.set("fs.s3a.retry.interval", "1ms");
    conf.set("fs.s3a.retry.throttle.interval", "1ms");
    conf.set("fs.s3a.connection.timeout", "1s");
    return conf;
  }

  private S3Connection connection() {
    return new S3Connection(S3ClientSettings.of(BUCKET, settings()));
  }

  private static S3Message put(String key) {
    return new S3Message(
        SdkHttpMethod.PUT,
        key,
        Map.of(),
        Map.of("x-amz-meta-task", "a  b", "Content-Encoding", "gzip", "If-None-Match", "*"),
        CONTENT);
  }

  private static S3Message get(String key) {
    return new S3Message(SdkHttpMethod.GET, key, Map.of(), Map.of("Range", "bytes=2-4"), null);
  }

  @Test
  void theNativeLibraryIsHere() {
    assertThat(NativeLibrary.problem()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "k",
        "a b/c+d",
        "100%/%41",
        "\u00fc/\ud83d\ude00",
        "x=1&y=2?z#f",
        "~-._!*'()",
        ":@,;$"
      })
  void keysAndHeadersAreThoseOfTheSdk(String key) throws Exception {
    try (S3Connection connection = connection()) {
      S3Answer put = connection.send(put(key));
      Map<String, String> written = s3.metadata(BUCKET, key);
      assertThat(s3.bytes(BUCKET, key)).isEqualTo(CONTENT);
      assertThat(connection.send(get(key)).body()).asString(UTF_8).isEqualTo("nte");
      s3.deleteDirectly(BUCKET, key);
      var again =
          connection.upload(
              ways ->
                  ways.sdk()
                      .putObject(
                          p ->
                              p.bucket(BUCKET)
                                  .key(key)
                                  .metadata(Map.of("task", "a  b"))
                                  .contentEncoding("gzip")
                                  .ifNoneMatch("*"),
                          RequestBody.fromBytes(CONTENT)));
      assertThat(put.header("ETag")).isEqualTo(again.eTag());
      assertThat(written).containsAllEntriesOf(Map.of("x-amz-meta-task", "a  b"));
      assertThat(s3.metadata(BUCKET, key)).containsEntry("content-encoding", "gzip");
      assertThat(connection.requests()).isEqualTo(Map.of("PUT", 2L, "GET", 1L));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "403,AccessDenied,1",
    "404,NoSuchKey,1",
    "404,NoSuchBucket,1",
    "412,PreconditionFailed,1",
    "400,ExpiredToken,1",
    "501,NotImplemented,1",
    "403,RequestTimeTooSkewed,3",
    "500,InternalError,3",
    "503,SlowDown,3",
    "429,TooManyRequests,3"
  })
  void refusalsAndTriesAreTheSameInBoth(int status, String code, int tries) throws Exception {
    s3.faults(FaultPlan.of(FaultRule.on(GET_OBJECT).gives(Fault.status(status, code))));
    try (S3Connection connection = connection()) {
      AwsServiceException natively =
          catchThrowableOfType(AwsServiceException.class, () -> connection.send(get("k")));
      assertThat(s3.count(GET_OBJECT)).isEqualTo(tries);
      s3.resetRequests();
      AwsServiceException sdk =
          catchThrowableOfType(
              AwsServiceException.class,
              () ->
                  connection.call(
                      client -> client.getObjectAsBytes(g -> g.bucket(BUCKET).key("k"))));
      assertThat(s3.count(GET_OBJECT)).isEqualTo(tries);
      assertThat(natively.statusCode()).isEqualTo(sdk.statusCode());
      assertThat(natively.awsErrorDetails().errorCode())
          .isEqualTo(sdk.awsErrorDetails().errorCode());
      assertThat(natively.awsErrorDetails().errorMessage())
          .isEqualTo(sdk.awsErrorDetails().errorMessage());
      assertThat(natively.requestId()).isEqualTo(sdk.requestId());
    }
  }

  @Test
  @Rule({"F03", "F04", "F06"})
  void brokenConnectionsAreTriedAgain() throws Exception {
    List<Fault> faults =
        List.of(Fault.resetRequest(3), Fault.loseReply(), Fault.refuse(), Fault.internalError());
    try (S3Connection connection = connection()) {
      for (Fault fault : faults) {
        s3.deleteDirectly(BUCKET, "k");
        s3.faults(FaultPlan.of(FaultRule.on(PUT_OBJECT).first(2).gives(fault)));
        s3.resetRequests();
        connection.send(new S3Message(SdkHttpMethod.PUT, "k", Map.of(), Map.of(), CONTENT));
        assertThat(s3.bytes(BUCKET, "k")).isEqualTo(CONTENT);
        assertThat(s3.count(PUT_OBJECT)).as(fault.toString()).isEqualTo(3);
      }
      s3.faults(FaultPlan.of(FaultRule.on(GET_OBJECT).first(2).gives(Fault.shortBody(1))));
      assertThat(connection.send(get("k")).body()).asString(UTF_8).isEqualTo("nte");
    }
  }

  /** A server that accepts a connection and takes nothing from it. */
  @ParameterizedTest
  @ValueSource(strings = {"native", "sdk"})
  @Rule("F05")
  void anUploadThatNobodyTakesIsGivenUp(String client) throws Exception {
    try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Configuration conf = settings();
      conf.set("fs.s3a.endpoint", "http://127.0.0.1:" + deaf.getLocalPort());
      conf.set("fs.s3a.attempts.maximum", "0");
      conf.set("fs.s3a.retry.limit", "0");
      byte[] much = new byte[32 << 20];
      try (S3Connection connection = new S3Connection(S3ClientSettings.of(BUCKET, conf))) {
        Throwable failure =
            catchThrowable(
                () -> {
                  if (client.equals("native")) {
                    connection.send(
                        new S3Message(SdkHttpMethod.PUT, "k", Map.of(), Map.of(), much));
                  } else {
                    connection.upload(
                        ways ->
                            ways.sdk()
                                .putObject(
                                    p -> p.bucket(BUCKET).key("k"),
                                    RequestBody.fromContentProvider(
                                        () -> new ByteArrayInputStream(much), much.length, "x/y")));
                  }
                });
        Throwable root = failure.getCause() == null ? failure : failure.getCause();
        assertThat(root).isInstanceOf(IOException.class);
      }
    }
  }

  @Test
  void memoryIsBounded() throws Exception {
    try (S3Connection connection = connection()) {
      assertThat(connection.reserve((4 << 20) + 1)).as("too large").isFalse();
      int taken = 0;
      while (connection.reserve(4 << 20)) {
        taken++;
      }
      assertThat(taken).isEqualTo(16);
      connection.release(4 << 20);
      assertThat(connection.reserve(4 << 20)).isTrue();
    }
  }
}
