/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import static io.github.flytehadoop.testkit.s3.RequestKind.DELETE_OBJECT;
import static io.github.flytehadoop.testkit.s3.RequestKind.DELETE_OBJECTS;
import static io.github.flytehadoop.testkit.s3.RequestKind.LIST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.testkit.Providers;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.s3.Corruption;
import io.github.flytehadoop.testkit.s3.Fault;
import io.github.flytehadoop.testkit.s3.FaultPlan;
import io.github.flytehadoop.testkit.s3.FaultRule;
import io.github.flytehadoop.testkit.s3.RequestKind;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import io.github.flytehadoop.transfer.BlobDimensionality;
import io.github.flytehadoop.transfer.CopyOptions;
import io.github.flytehadoop.transfer.Depth;
import io.github.flytehadoop.transfer.RawData;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What gateways and other stores do that Amazon does not, with both clients. */
@Timeout(120)
@Tag("slow")
class S3GatewaysTest {
  private static final int PART = 5 << 20;

  @TempDir Path temp;
  private final S3Endpoint s3 = S3Endpoint.start();
  private final S3Endpoint other = S3Endpoint.start();

  @BeforeEach
  void start() {
    s3.createBucket("b");
    other.createBucket("b");
  }

  @AfterEach
  void stop() {
    s3.close();
    other.close();
  }

  private FileAccessProvider provider(String client, String... keys) throws Exception {
    Configuration conf = new Configuration();
    conf.set("fs.flyte.client", client);
    for (int i = 0; i < keys.length; i += 2) {
      conf.set(keys[i], keys[i + 1]);
    }
    return Providers.on(s3, "b", temp.resolve("sandbox"))
        .hadoopConfiguration(conf)
        .transferLimits(
            io.github.flytehadoop.transfer.TransferLimits.defaults().withPartSizeBytes(PART))
        .build();
  }

  /** Something of every kind of request. */
  private void everything(FileAccessProvider provider) throws Exception {
    Path in = Files.createDirectories(temp.resolve("in"));
    Files.write(in.resolve("small"), new byte[100]);
    Files.write(in.resolve("large"), new byte[2 * PART + 1]);
    provider.putData(in, "s3://b/d", BlobDimensionality.MULTIPART);
    provider.putRawData(RawData.stream(new ByteArrayInputStream(new byte[2 * PART])));
    provider.getData("s3://b/d", temp.resolve("out"), BlobDimensionality.MULTIPART);
    assertThat(temp.resolve("out/large")).hasSize(2 * PART + 1);
    provider.stat("s3://b/d/small");
    provider.copy(
        "s3://b/d/small",
        "s3://b/copied",
        CopyOptions.defaults().withShape(BlobDimensionality.SINGLE));
    provider.delete("s3://b/d", Depth.TREE);
    provider.delete("s3://b/copied", Depth.CHILDREN);
    assertThat(s3.pendingUploads("b")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "sdk"})
  void conditionsHaveTheirQuotes(String client) throws Exception {
    List<String> conditions = new ArrayList<>();
    s3.onHead(head -> head.header("if-match").ifPresent(conditions::add));
    s3.onHead(head -> head.header("x-amz-copy-source-if-match").ifPresent(conditions::add));
    try (FileAccessProvider provider = provider(client)) {
      everything(provider);
    }
    assertThat(conditions).isNotEmpty().allMatch(etag -> etag.matches("\"[^\"]+\""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "sdk"})
  void headersOfTheUserAreOnEveryRequest(String client) throws Exception {
    List<String> without = new ArrayList<>();
    s3.onHead(
        head -> {
          boolean all =
              head.header("x-team").orElse("").equals("a")
                  && head.header("x-amz-request-payer").orElse("").equals("requester")
                  && head.header("user-agent").orElse("").startsWith("us");
          if (!all) {
            without.add(head.method() + " " + head.path());
          }
        });
    try (FileAccessProvider provider =
        provider(
            client,
            "fs.s3a.client.s3.custom.headers",
            "x-team=a",
            "fs.s3a.requester.pays.enabled",
            "true",
            "fs.s3a.user.agent.prefix",
            "us")) {
      everything(provider);
    }
    assertThat(without).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "sdk"})
  void objectsAreMadeWithAclClassAndEncryption(String client) throws Exception {
    List<String> without = new ArrayList<>();
    s3.onHead(
        head -> {
          boolean creates =
              head.method().equals("PUT") && !head.query().containsKey("uploadId")
                  || head.method().equals("POST") && head.query().containsKey("uploads");
          if (creates
              && !(head.header("x-amz-acl").orElse("").equals("bucket-owner-full-control")
                  && head.header("x-amz-storage-class").orElse("").equals("STANDARD_IA")
                  && head.header("x-amz-server-side-encryption").orElse("").equals("AES256"))) {
            without.add(head.method() + " " + head.path());
          }
        });
    try (FileAccessProvider provider =
        provider(
            client,
            "fs.s3a.acl.default",
            "BucketOwnerFullControl",
            "fs.s3a.create.storage.class",
            "standard_ia",
            "fs.s3a.encryption.algorithm",
            "AES256")) {
      everything(provider);
    }
    assertThat(without).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "sdk"})
  void aStoreWithoutBulkDeletesIsAskedOneByOne(String client) throws Exception {
    s3.faults(
        FaultPlan.of(FaultRule.on(DELETE_OBJECTS).gives(Fault.status(501, "NotImplemented"))));
    try (FileAccessProvider provider = provider(client)) {
      everything(provider);
    }
    assertThat(s3.keys("b")).allMatch(key -> key.startsWith("raw/"));
    assertThat(s3.count(DELETE_OBJECTS)).isEqualTo(1);
    assertThat(s3.count(DELETE_OBJECT)).isEqualTo(3);
  }

  static Stream<Fault> contradictions() {
    return Stream.of(Corruption.repeatedToken(), Corruption.missingToken(), Corruption.samePage());
  }

  @ParameterizedTest
  @org.junit.jupiter.params.provider.MethodSource("contradictions")
  @Rule("F28")
  void aListingThatContradictsItselfEnds(Fault lie) throws Exception {
    for (int i = 0; i < 1500; i++) {
      s3.putDirectly("b", "d/%04d".formatted(i), new byte[1]);
    }
    s3.faults(FaultPlan.of(FaultRule.on(LIST).gives(lie)));
    try (FileAccessProvider provider = provider("native")) {
      TransferException failure =
          catchThrowableOfType(
              TransferException.class,
              () ->
                  provider.getData("s3://b/d", temp.resolve("out"), BlobDimensionality.MULTIPART));
      assertThat(failure.kind()).isEqualTo(FailureKind.UNSUPPORTED);
      assertThat(failure).hasMessageContaining("inconsistent");
    }
    assertThat(s3.count(LIST)).as("pages, and whether it is a file").isLessThanOrEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "sdk"})
  @Rule("F15")
  void aWrongClockIsCorrectedForEveryVerb(String client) throws Exception {
    s3.clock(Duration.ofMinutes(50));
    try (FileAccessProvider provider = provider(client)) {
      everything(provider);
      s3.resetRequests();
      provider.stat("s3://b/raw");
      assertThat(s3.requests()).as("the clock is known").allMatch(r -> r.status() != 403);
    }
  }

  /** One verb of a provider. */
  private interface Verb {
    void run(FileAccessProvider provider) throws Exception;
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "sdk"})
  @Rule("F15")
  void aWrongClockIsCorrectedWhateverComesFirst(String client) throws Exception {
    Path in = Files.write(temp.resolve("f"), new byte[100]);
    s3.putDirectly("b", "d/f", new byte[100]);
    s3.clock(Duration.ofMinutes(50));
    List<Verb> verbs =
        List.of(
            provider -> provider.stat("s3://b/d/f"),
            provider -> provider.exists("s3://b/d/f"),
            provider ->
                provider.getData("s3://b/d/f", temp.resolve("got"), BlobDimensionality.SINGLE),
            provider -> provider.putData(in, "s3://b/put", BlobDimensionality.SINGLE),
            provider ->
                provider.copy(
                    "s3://b/d/f",
                    "s3://b/copied",
                    CopyOptions.defaults().withShape(BlobDimensionality.SINGLE)),
            provider -> provider.delete("s3://b/d", Depth.TREE));
    for (Verb verb : verbs) {
      try (FileAccessProvider provider = provider(client)) {
        verb.run(provider);
      }
    }
    assertThat(s3.keys("b")).containsExactlyInAnyOrder("copied", "put");
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "sdk"})
  @Rule("F16")
  void aBucketElsewhereIsFollowedByEveryVerb(String client) throws Exception {
    s3.region("eu-west-9");
    try (FileAccessProvider provider = provider(client)) {
      everything(provider);
      assertThat(s3.requests().stream().filter(r -> r.status() == 301)).hasSizeLessThan(40);
      s3.resetRequests();
      provider.putRawData(RawData.bytes(new byte[10]));
      assertThat(s3.requests()).extracting("status").containsOnly(200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "sdk"})
  @Rule("F16")
  void aTemporaryRedirectIsFollowedWithTheBody(String client) throws Exception {
    s3.faults(FaultPlan.of(FaultRule.on().gives(Fault.redirect(other.uri()))));
    other.verifyingSignature(id -> io.github.flytehadoop.testkit.TestSecrets.S3_SECRET_KEY);
    Path file = Files.write(temp.resolve("f"), new byte[1000]);
    try (FileAccessProvider provider = provider(client)) {
      provider.putData(file, "s3://b/f");
      assertThat(other.bytes("b", "f")).hasSize(1000);
      provider.getData("s3://b/f", temp.resolve("g"));
      assertThat(temp.resolve("g")).hasSize(1000);
    }
    assertThat(s3.keys("b")).isEmpty();
    assertThat(other.count(RequestKind.PUT_OBJECT)).isEqualTo(1);
  }

  @Test
  void chunksThatAreRefusedOverPlainHttpAreLeftOut() throws Exception {
    s3.refusingChunks();
    try (FileAccessProvider provider = provider("sdk")) {
      everything(provider);
      s3.resetRequests();
      provider.putRawData(RawData.bytes(new byte[100]));
      assertThat(s3.requests()).as("remembered").hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "sdk"})
  @Rule("F01")
  void aClosedPortIsSaidSoSoon(String client) throws Exception {
    int port;
    try (java.net.ServerSocket free = new java.net.ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Configuration conf = new Configuration();
    conf.set("fs.flyte.client", client);
    Path file = Files.write(temp.resolve("f"), new byte[10]);
    io.github.flytehadoop.config.S3Config config =
        io.github.flytehadoop.config.S3Config.builder()
            .endpoint("http://127.0.0.1:" + port)
            .accessKeyId("a")
            .secretAccessKey(io.github.flytehadoop.testkit.TestSecrets.S3_SECRET_KEY)
            .build();
    try (FileAccessProvider provider =
        Providers.on(s3, "b", temp.resolve("sandbox"))
            .dataConfig(io.github.flytehadoop.config.DataConfig.builder().s3(config).build())
            .hadoopConfiguration(conf)
            .build()) {
      Instant start = Instant.now();
      TransferException failure =
          catchThrowableOfType(TransferException.class, () -> provider.putData(file, "s3://b/f"));
      assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(8));
      assertThat(failure).hasMessageContaining("127.0.0.1:" + port).hasMessageContaining("tried 4");
    }
  }

  /** Only S3A reads this key: our checks are not among what a user replaces with it. */
  @Test
  @Rule("F74")
  void aUsersInterceptorsDoNotSwitchChecksOff() throws Exception {
    s3.faults(FaultPlan.of(FaultRule.on().gives(Fault.html())));
    try (FileAccessProvider provider =
        provider(
            "native",
            "fs.s3a.audit.execution.interceptors",
            "io.github.flytehadoop.hadoop.s3.http.ThrottlingInterceptor")) {
      TransferException failure =
          catchThrowableOfType(
              TransferException.class, () -> provider.putRawData(RawData.bytes(new byte[1])));
      assertThat(failure).hasMessageContaining("not that of an object store");
    }
  }

  @Test
  @Rule("F95")
  void aLostAnswerToABeginningLeavesNoUpload() throws Exception {
    s3.faults(
        FaultPlan.of(FaultRule.on(RequestKind.CREATE_MULTIPART).nth(1).gives(Fault.loseReply())));
    Path file = Files.write(temp.resolve("f"), new byte[2 * PART]);
    try (FileAccessProvider provider = provider("native")) {
      provider.putData(file, "s3://b/f");
    }
    assertThat(s3.bytes("b", "f")).hasSize(2 * PART);
    assertThat(s3.pendingUploads("b")).isEmpty();
    assertThat(s3.count(RequestKind.CREATE_MULTIPART)).isEqualTo(2);
  }

  @Test
  void onlyTheEnvironmentOfAwsNamesTheEndpoint() throws Exception {
    Map<String, String> environment =
        Map.of(
            "AWS_ENDPOINT_URL_S3",
            s3.uri().toString(),
            "FLYTE_AWS_ACCESS_KEY_ID",
            "tester",
            "FLYTE_AWS_SECRET_ACCESS_KEY",
            io.github.flytehadoop.testkit.TestSecrets.S3_SECRET_KEY);
    var fileSystems =
        new io.github.flytehadoop.hadoop.FileSystems(
            io.github.flytehadoop.config.DataConfig.auto(null, environment),
            new Configuration(),
            environment);
    var at = io.github.flytehadoop.location.Location.parse("s3://b/k");
    try (fileSystems) {
      var store =
          new io.github.flytehadoop.store.registry.StoreRegistry(
                  fileSystems, io.github.flytehadoop.hadoop.AnonymousAccess.NEVER, PART)
              .of(at);
      try (var out = store.write(at, io.github.flytehadoop.store.WriteOptions.ofLength(1))) {
        out.write(1);
        out.commit();
      }
      assertThat(store.stat(at).lengthBytes()).isEqualTo(1);
      var hadoop = fileSystems.of(at, io.github.flytehadoop.hadoop.FileSystemOptions.defaults());
      assertThat(hadoop.exists(new org.apache.hadoop.fs.Path("s3://b/k"))).isTrue();
    }
    assertThat(s3.keys("b")).containsExactly("k");
  }
}
