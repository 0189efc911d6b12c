/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.config.S3Config;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.hadoop.AnonymousAccess;
import io.github.flytehadoop.testkit.Providers;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.TestSecrets;
import io.github.flytehadoop.testkit.s3.Request;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import io.github.flytehadoop.transfer.BlobDimensionality;
import io.github.flytehadoop.transfer.RawData;
import io.github.flytehadoop.transfer.RawDataOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Providers with different credentials on one bucket, in one JVM, at the same time. */
class S3IdentitiesTest {
  private static final Map<String, String> SECRETS =
      Map.of("alice", TestSecrets.S3_SECRET_KEY, "bob", TestSecrets.UNKNOWN_SECRET_KEY);

  @TempDir Path temp;
  private final S3Endpoint s3 = S3Endpoint.start();

  @BeforeEach
  void start() {
    s3.createBucket("b");
    s3.createPublicBucket("open");
    s3.identities(Map.of("alice", Set.of("b", "open"), "bob", Set.of("b")));
    s3.verifyingSignature(SECRETS::get);
  }

  @AfterEach
  void stop() {
    s3.close();
  }

  private FileAccessProvider as(String identity) throws Exception {
    return Providers.on(s3, "b", temp.resolve(identity))
        .dataConfig(Providers.config(s3.uri(), identity, SECRETS.get(identity)))
        .build();
  }

  private static void put(FileAccessProvider provider, String name) throws Exception {
    provider.putRawData(
        RawData.text(name), RawDataOptions.defaults().withUploadPrefix("p").withFileName(name));
  }

  /** Who asked for keys with this in their name. */
  private Set<String> identitiesOf(String part) {
    return s3.requests().stream()
        .filter(request -> request.key().contains(part))
        .map(Request::identity)
        .collect(Collectors.toSet());
  }

  @Test
  @Rule({"FAP-FS-3", "FAP-FS-9", "W-12"})
  void eachSeesItsOwnIdentity() throws Exception {
    try (FileAccessProvider alice = as("alice");
        FileAccessProvider bob = as("bob")) {
      for (int i = 0; i < 5; i++) {
        put(alice, "alice-" + i);
        put(bob, "bob-" + i);
        alice.exists("s3://b/raw/p/alice-" + i);
        bob.getData("s3://b/raw/p/bob-" + i, temp.resolve("out/" + i));
      }
      assertThat(identitiesOf("alice-")).containsExactly("alice");
      assertThat(identitiesOf("bob-")).containsExactly("bob");
      s3.resetRequests();
      try (var in =
          bob.getFileSystem("s3a").open(new org.apache.hadoop.fs.Path("s3a://b/raw/p/alice-0"))) {
        assertThat(in.readAllBytes()).asString().isEqualTo("alice-0");
      }
      assertThat(identitiesOf("alice-0")).containsExactly("bob");
    }
  }

  @Test
  @Rule("FAP-FS-9")
  void closingOneDoesNotDisturbTheOther() throws Exception {
    try (FileAccessProvider bob = as("bob")) {
      FileSystem kept;
      try (FileAccessProvider alice = as("alice")) {
        put(alice, "alice");
        put(bob, "bob");
        kept = bob.getFileSystemForPath("s3a://b/raw");
      }
      put(bob, "later");
      assertThat(kept.exists(new org.apache.hadoop.fs.Path("s3a://b/raw/p/later"))).isTrue();
      bob.getData("s3://b/raw/p", temp.resolve("out"), BlobDimensionality.MULTIPART);
      assertThat(temp.resolve("out/later")).hasContent("later");
    }
    try (FileAccessProvider again = as("alice")) {
      assertThat(again.exists("s3://b/raw/p/later")).isTrue();
    }
  }

  @Test
  @Rule({"B70", "B71"})
  void aWrongSecretIsNamedWithoutBeingShown() throws Exception {
    try (FileAccessProvider wrong =
        Providers.on(s3, "b", temp.resolve("wrong"))
            .anonymousAccess(AnonymousAccess.NEVER)
            .dataConfig(Providers.config(s3.uri(), "alice", SECRETS.get("bob")))
            .build()) {
      TransferException failure =
          catchThrowableOfType(TransferException.class, () -> put(wrong, "x"));
      assertThat(failure.kind()).isEqualTo(FailureKind.NO_CREDENTIALS);
      assertThat(failure.getMessage()).contains("signature").doesNotContain(SECRETS.get("bob"));
    }
    assertThat(s3.keys("b")).isEmpty();
  }

  @Test
  @Rule({"W-16", "W-18", "W-19", "FAP-G-12", "B71"})
  void anonymousIsForReadsThatWereRefusedAndNothingElse() throws Exception {
    s3.putDirectly("open", "d/x", new byte[3]);
    s3.putDirectly("open", "d/y", new byte[3]);
    s3.putDirectly("b", "x", new byte[3]);
    DataConfig unknown = Providers.config(s3.uri(), "stranger", TestSecrets.UNKNOWN_SECRET_KEY);
    try (FileAccessProvider stranger =
            Providers.on(s3, "b", temp.resolve("stranger")).dataConfig(unknown).build();
        FileAccessProvider alice = as("alice")) {
      stranger.getData("s3://open/d/x", temp.resolve("x"));
      assertThat(identitiesOf("d/x")).containsExactlyInAnyOrder("stranger", S3Endpoint.ANONYMOUS);
      s3.resetRequests();
      stranger.getData("s3://open/d", temp.resolve("d"), BlobDimensionality.MULTIPART);
      assertThat(s3.requests()).extracting(Request::identity).containsOnly(S3Endpoint.ANONYMOUS);
      s3.resetRequests();
      alice.getData("s3://open/d/y", temp.resolve("y"));
      assertThat(s3.requests()).extracting(Request::identity).containsExactly("alice", "alice");
      s3.resetRequests();
      Path file = Files.write(temp.resolve("f"), new byte[1]);
      TransferException refused =
          catchThrowableOfType(
              TransferException.class, () -> stranger.putData(file, "s3://open/written"));
      assertThat(refused.kind()).isEqualTo(FailureKind.NO_CREDENTIALS);
      assertThat(s3.requests()).extracting(Request::identity).containsOnly("stranger");
      TransferException both =
          catchThrowableOfType(
              TransferException.class, () -> stranger.getData("s3://b/x", temp.resolve("z")));
      assertThat(both.getCause().getSuppressed()).as("the anonymous try").hasSize(1);
    }
  }

  @Test
  @Rule("W-16")
  void alwaysAnonymousSignsNoRead() throws Exception {
    s3.putDirectly("open", "x", new byte[3]);
    try (FileAccessProvider anonymous =
        Providers.on(s3, "b", temp.resolve("anonymous"))
            .anonymousAccess(AnonymousAccess.ALWAYS)
            .dataConfig(Providers.config(s3.uri(), "alice", SECRETS.get("alice")))
            .build()) {
      anonymous.getData("s3://open/x", temp.resolve("x"));
      assertThat(s3.requests()).extracting(Request::identity).containsOnly(S3Endpoint.ANONYMOUS);
      put(anonymous, "written");
      assertThat(identitiesOf("written")).containsExactly("alice");
    }
  }

  @Test
  @Rule("F14")
  void sessionTokensAreSent() throws Exception {
    DataConfig config =
        DataConfig.builder()
            .s3(
                S3Config.builder()
                    .endpoint(s3.uri().toString())
                    .accessKeyId("alice")
                    .secretAccessKey(SECRETS.get("alice"))
                    .sessionToken(TestSecrets.SESSION_TOKEN)
                    .build())
            .build();
    try (FileAccessProvider alice =
        Providers.on(s3, "b", temp.resolve("alice")).dataConfig(config).build()) {
      put(alice, "x");
    }
    assertThat(s3.keys("b")).containsExactly("raw/p/x");
  }
}
