/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.config.S3Config;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.hadoop.AnonymousAccess;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.TestSecrets;
import io.github.flytehadoop.testkit.s3.Corruption;
import io.github.flytehadoop.testkit.s3.Fault;
import io.github.flytehadoop.testkit.s3.FaultPlan;
import io.github.flytehadoop.testkit.s3.FaultRule;
import io.github.flytehadoop.testkit.s3.Request;
import io.github.flytehadoop.testkit.s3.RequestKind;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import io.github.flytehadoop.transfer.Depth;
import io.github.flytehadoop.transfer.TransferLimits;
import io.github.flytehadoop.transfer.TransferReport;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnonymousAccessTest {
  @TempDir Path temp;
  private final S3Endpoint endpoint = S3Endpoint.start();

  @BeforeEach
  void fillAPublicAndAPrivateBucket() {
    endpoint.createPublicBucket("public");
    endpoint.createBucket("private");
    endpoint.createBucket("own");
    endpoint.putDirectly("public", "d/x", new byte[] {1});
    endpoint.putDirectly("public", "d/y", new byte[] {2, 2});
    endpoint.putDirectly("private", "x", new byte[] {3});
  }

  @AfterEach
  void stop() {
    endpoint.close();
  }

  private FileAccessProvider open(DataConfig config, AnonymousAccess policy) throws Exception {
    Configuration base = new Configuration();
    // a machine without any credentials, whatever machine this runs on
    base.set(
        "fs.s3a.aws.credentials.provider",
        "software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider");
    return FileAccessProvider.builder()
        .localSandboxDir(temp.resolve("sandbox"))
        .rawOutputPrefix("s3://own/raw")
        .hadoopConfiguration(base)
        .dataConfig(config)
        .transferLimits(TransferLimits.defaults().withAttempts(1))
        .anonymousAccess(policy)
        .build();
  }

  /** Credentials that are good for one bucket. */
  private DataConfig strangers() {
    endpoint.identities(Map.of(TestSecrets.S3_ACCESS_KEY, Set.of("own")));
    return Site.config(endpoint);
  }

  /** Credentials that the store does not know. */
  private DataConfig unknown() {
    endpoint.identities(Map.of("somebody else", S3Endpoint.ALL_BUCKETS));
    return Site.config(endpoint);
  }

  private DataConfig without() {
    return DataConfig.builder()
        .s3(S3Config.builder().endpoint(endpoint.uri().toString()).build())
        .build();
  }

  private long anonymousRequests() {
    return endpoint.requests().stream()
        .filter(request -> request.identity().equals(S3Endpoint.ANONYMOUS))
        .count();
  }

  private void readEverything(FileAccessProvider provider) throws Exception {
    assertThat(provider.exists("s3://public/d/x")).isTrue();
    assertThat(provider.exists("s3://public/none")).isFalse();
    assertThat(provider.stat("s3://public/d/y").length()).isEqualTo(2);
    try (Stream<?> tree = provider.list("s3://public/d", Depth.TREE)) {
      assertThat(tree).hasSize(2);
    }
    try (InputStream in = provider.openRead("s3://public/d/x")) {
      assertThat(in.readAllBytes()).containsExactly(1);
    }
    TransferReport one = provider.getData("s3://public/d/x", temp.resolve("x"));
    assertThat(one.uri()).isEqualTo(temp.resolve("x").toString());
    assertThat(temp.resolve("x")).hasBinaryContent(new byte[] {1});
    provider.downloadDirectory("s3://public/d", temp.resolve("d"));
    assertThat(temp.resolve("d/y")).hasBinaryContent(new byte[] {2, 2});
  }

  @Test
  @Rule({"W-16", "W-18", "FAP-EX-2", "FAP-G-1", "FAP-G-2"})
  void credentialsThatMayNotSeeAPublicBucketDoNotHinder() throws Exception {
    try (FileAccessProvider provider = open(unknown(), AnonymousAccess.ON_AUTH_FAILURE)) {
      readEverything(provider);
      assertThat(
              endpoint.requests().stream()
                  .filter(request -> request.bucket().equals("public"))
                  .filter(request -> !request.identity().equals(S3Endpoint.ANONYMOUS)))
          .as("what worked is remembered for the bucket")
          .hasSize(1);
    }
  }

  @Test
  @Rule("F100")
  void bytesOfAPublicBucketAreComparedWithTheirDigestAsAllOthers() throws Exception {
    endpoint.putDirectly("public", "large", new byte[100_000]);
    try (FileAccessProvider provider = open(unknown(), AnonymousAccess.ON_AUTH_FAILURE)) {
      provider.stat("s3://public/large"); // which is when it is found to be public
    }
    endpoint.faults(
        FaultPlan.of(FaultRule.on(RequestKind.GET_OBJECT).gives(Corruption.flipDownloadedBit(77))));
    try (FileAccessProvider provider = open(unknown(), AnonymousAccess.ON_AUTH_FAILURE)) {
      TransferException failure =
          catchThrowableOfType(
              TransferException.class,
              () -> {
                try (InputStream in = provider.openRead("s3://public/large")) {
                  in.readAllBytes();
                }
              });
      assertThat(failure).as("a bit was flipped on the way").isNotNull();
      assertThat(failure.kind()).isEqualTo(FailureKind.INTEGRITY);
    }
  }

  @Test
  @Rule({"W-16", "W-18", "FAP-G-3"})
  void noCredentialsAtAllDoNotHinder() throws Exception {
    try (FileAccessProvider provider = open(without(), AnonymousAccess.ON_AUTH_FAILURE)) {
      readEverything(provider);
      assertThat(endpoint.requests())
          .extracting(Request::identity)
          .containsOnly(S3Endpoint.ANONYMOUS);
    }
  }

  @Test
  @Rule({"W-18", "FAP-G-2"})
  void aListedFileThatIsRefusedIsReadAnonymously() throws Exception {
    try (FileAccessProvider provider =
        open(Site.config(endpoint), AnonymousAccess.ON_AUTH_FAILURE)) {
      try (Stream<?> tree = provider.list("s3://public/d", Depth.TREE)) {
        assertThat(tree).hasSize(2);
      }
      endpoint.faults(
          FaultPlan.of(
              FaultRule.on(RequestKind.GET_OBJECT)
                  .nth(1)
                  .gives(Fault.status(403, "AccessDenied"))));
      try (InputStream in = provider.openRead("s3://public/d/y")) {
        assertThat(in.readAllBytes()).containsExactly(2, 2);
      }
    }
  }

  @Test
  @Rule({"W-16", "W-17", "W-18"})
  void whenBothAreRefusedBothAreTold() throws Exception {
    try (FileAccessProvider provider = open(strangers(), AnonymousAccess.ON_AUTH_FAILURE)) {
      TransferException failure =
          catchThrowableOfType(
              TransferException.class,
              () -> provider.getData("s3://private/x", temp.resolve("out")));
      assertThat(failure.kind()).isEqualTo(FailureKind.ACCESS_DENIED);
      assertThat(failure.getCause().getSuppressed())
          .singleElement()
          .isInstanceOf(TransferException.class);
      assertThat(failure).hasMessageContaining("s3://private/x");
    }
    try (FileAccessProvider provider = open(without(), AnonymousAccess.ON_AUTH_FAILURE)) {
      TransferException failure =
          catchThrowableOfType(TransferException.class, () -> provider.exists("s3://private/x"));
      assertThat(failure.kind()).isEqualTo(FailureKind.NO_CREDENTIALS);
      assertThat(failure.getSuppressed()).hasSize(1);
    }
  }

  @Test
  @Rule("W-18")
  void aBucketOfBothKindsIsReadBothWays() throws Exception {
    try (FileAccessProvider provider =
        open(Site.config(endpoint), AnonymousAccess.ON_AUTH_FAILURE)) {
      endpoint.faults(
          FaultPlan.of(
              FaultRule.on(RequestKind.HEAD_OBJECT)
                  .nth(1)
                  .gives(Fault.status(403, "AccessDenied"))));
      assertThat(provider.exists("s3://public/d/x")).isTrue();
      assertThat(anonymousRequests()).isEqualTo(1);
      endpoint.faults(
          FaultPlan.of(
              FaultRule.on(RequestKind.HEAD_OBJECT)
                  .nth(1)
                  .gives(Fault.status(403, "AccessDenied"))));
      endpoint.resetRequests();
      assertThat(provider.exists("s3://public/d/y")).isTrue();
      assertThat(endpoint.requests())
          .extracting(Request::identity)
          .containsExactly(S3Endpoint.ANONYMOUS, TestSecrets.S3_ACCESS_KEY);
    }
  }

  @Test
  @Rule({"W-19", "FAP-G-4"})
  void noOtherFailureIsTriedAnonymously() throws Exception {
    try (FileAccessProvider provider =
        open(
            DataConfig.builder()
                .s3(Site.config(endpoint).s3().toBuilder().retries(0).build())
                .build(),
            AnonymousAccess.ON_AUTH_FAILURE)) {
      Path file = Files.writeString(temp.resolve("file"), "in the way");
      catchThrowableOfType(
          TransferException.class,
          () -> provider.getData("s3://public/d/x", file.resolve("below")));
      for (Fault fault : new Fault[] {Fault.slowDown(), Fault.internalError(), Fault.refuse()}) {
        endpoint.faults(FaultPlan.of(FaultRule.on(RequestKind.GET_OBJECT).gives(fault)));
        TransferException failure =
            catchThrowableOfType(
                TransferException.class,
                () -> provider.getData("s3://public/d/x", temp.resolve("out")));
        assertThat(failure.recoverable()).as(fault.toString()).isTrue();
      }
      assertThat(provider.exists("s3://public/none")).isFalse();
      assertThat(anonymousRequests()).isZero();
    }
  }

  @Test
  @Rule({"W-16", "W-18"})
  void writesAlwaysUseCredentials() throws Exception {
    try (FileAccessProvider provider = open(strangers(), AnonymousAccess.ALWAYS)) {
      Path file = Files.writeString(temp.resolve("file"), "x");
      provider.putData(file, "s3://own/x");
      TransferException failure =
          catchThrowableOfType(
              TransferException.class, () -> provider.putData(file, "s3://public/new"));
      assertThat(failure.kind()).isEqualTo(FailureKind.ACCESS_DENIED);
      assertThat(anonymousRequests()).isZero();
      readEverything(provider);
      assertThat(endpoint.requests())
          .filteredOn(request -> request.bucket().equals("public"))
          .filteredOn(request -> request.kind() != RequestKind.PUT_OBJECT)
          .extracting(Request::identity)
          .containsOnly(S3Endpoint.ANONYMOUS);
    }
  }

  @Test
  @Rule({"W-16", "W-18"})
  void neverMeansNever() throws Exception {
    try (FileAccessProvider provider = open(unknown(), AnonymousAccess.NEVER)) {
      TransferException failure =
          catchThrowableOfType(
              TransferException.class,
              () -> provider.getData("s3://public/d/x", temp.resolve("out")));
      assertThat(failure.kind()).isEqualTo(FailureKind.ACCESS_DENIED);
      assertThat(anonymousRequests()).isZero();
    }
  }
}
