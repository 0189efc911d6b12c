/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.hadoop.AnonymousAccess;
import io.github.flytehadoop.testkit.Providers;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.TestSecrets;
import io.github.flytehadoop.testkit.s3.Fault;
import io.github.flytehadoop.testkit.s3.FaultPlan;
import io.github.flytehadoop.testkit.s3.FaultRule;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import io.github.flytehadoop.transfer.BlobDimensionality;
import io.github.flytehadoop.transfer.RawData;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a user reads when a store says no or does not answer: one line, why, and what to do. */
class S3MessagesTest {
  @TempDir Path temp;
  private final S3Endpoint s3 = S3Endpoint.start();
  private FileAccessProvider provider;

  @BeforeEach
  void start() throws Exception {
    s3.createBucket("b");
    provider =
        Providers.on(s3, "b", temp.resolve("sandbox"))
            .anonymousAccess(AnonymousAccess.NEVER)
            .build();
  }

  @AfterEach
  void stop() {
    provider.close();
    s3.close();
  }

  private static TransferException failureOf(ThrowingCallable call) {
    TransferException failure = catchThrowableOfType(TransferException.class, call);
    assertThat(failure).isNotNull();
    assertThat(failure.getMessage())
        .startsWith("Cannot ")
        .endsWith(".")
        .hasLineCount(1)
        .hasSizeLessThan(300)
        .doesNotContain("(Service:", "Exception:", "java.");
    return failure;
  }

  private ThrowingCallable writing(String bucket) {
    return () -> {
      try (var out = provider.openWrite("s3://" + bucket + "/raw/f")) {
        out.write(1);
        out.commit();
      }
    };
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "403, AccessDenied, ACCESS_DENIED, scripted fault",
    "403, InvalidAccessKeyId, NO_CREDENTIALS, does not know this access key",
    "403, SignatureDoesNotMatch, NO_CREDENTIALS, secret key does not fit",
    "400, ExpiredToken, NO_CREDENTIALS, token has expired",
    "400, InvalidToken, NO_CREDENTIALS, token is not valid",
    "403, RequestTimeTooSkewed, ACCESS_DENIED, clocks",
    "404, NoSuchBucket, NOT_FOUND, bucket does not exist",
    "400, AuthorizationHeaderMalformed, UNSUPPORTED, region is wrong",
    "301, PermanentRedirect, UNSUPPORTED, another region",
    "400, InvalidRequest, UNSUPPORTED, scripted fault (InvalidRequest)",
    "501, NotImplemented, UNSUPPORTED, cannot do this",
    "403, InvalidObjectState, UNSUPPORTED, in an archive",
  })
  @Rule({"B06", "B70", "B71", "B76", "F14", "F15", "F16", "W-38"})
  void aWriteThatIsRefusedSaysWhy(int status, String code, FailureKind kind, String why) {
    s3.faults(FaultPlan.of(FaultRule.on().gives(Fault.status(status, code))));
    TransferException failure = failureOf(writing("b"));
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.recoverable()).isFalse();
    assertThat(failure.getMessage()).contains(why, "s3://b/raw/f");
    int tries = s3.requests().size();
    TransferException listing =
        failureOf(
            () ->
                provider.getData("s3://b/raw", temp.resolve("out"), BlobDimensionality.MULTIPART));
    assertThat(listing.recoverable()).isFalse();
    assertThat(tries).as("requests of a failure that stays").isLessThanOrEqualTo(3);
  }

  @Test
  @Rule({"B06", "W-17"})
  void aBucketThatIsNotThereIsNamed() {
    assertThat(failureOf(writing("absent")).getMessage())
        .isEqualTo(
            "Cannot write s3://absent/raw/f: the bucket does not exist (NoSuchBucket). Check its"
                + " name and the endpoint, or create it.");
  }

  @Test
  @Rule("F18")
  void aLoginPageIsNoObjectStore() {
    s3.faults(FaultPlan.of(FaultRule.on().gives(Fault.html())));
    for (ThrowingCallable call :
        new ThrowingCallable[] {
          writing("b"),
          () -> provider.putRawData(RawData.bytes(new byte[1])),
          () -> provider.exists("s3://b/raw/f"),
          () -> provider.getData("s3://b/raw", temp.resolve("o"), BlobDimensionality.MULTIPART)
        }) {
      assertThat(failureOf(call).getMessage()).contains("not that of an object store");
    }
  }

  private FileAccessProvider at(String endpoint) throws IOException {
    DataConfig config = Providers.config(URI.create(endpoint), "tester", TestSecrets.S3_SECRET_KEY);
    return FileAccessProvider.builder()
        .localSandboxDir(temp.resolve("other"))
        .rawOutputPrefix("s3://b/raw")
        .dataConfig(config)
        .build();
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  @Test
  @Rule("F01")
  void aRefusedConnectionNamesHostAndPort() throws Exception {
    int port = closedPort();
    try (FileAccessProvider refused = at("http://127.0.0.1:" + port)) {
      TransferException failure = failureOf(() -> refused.putRawData(RawData.bytes(new byte[1])));
      assertThat(failure.kind()).isEqualTo(FailureKind.NETWORK);
      assertThat(failure.getMessage()).contains("nobody answers at 127.0.0.1:" + port);
      assertThat(failureOf(() -> refused.exists("hdfs://127.0.0.1:" + port + "/x")).getMessage())
          .contains("127.0.0.1:" + port);
    }
  }

  @Test
  @Rule("F02")
  void anUnknownHostIsNamed() throws Exception {
    try (FileAccessProvider unknown = at("http://no-such-host.invalid:9000")) {
      for (String path : new String[] {"s3://b/x", "hdfs://no-such-host.invalid:8020/x"}) {
        TransferException failure = failureOf(() -> unknown.exists(path));
        assertThat(failure.kind()).isEqualTo(FailureKind.NETWORK);
        assertThat(failure.getMessage()).contains("the host no-such-host.invalid is unknown");
      }
    }
  }
}
