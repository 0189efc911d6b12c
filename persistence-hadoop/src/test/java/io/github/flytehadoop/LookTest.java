/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.flytehadoop.error.DataNotFoundException;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.error.UploadException;
import io.github.flytehadoop.hadoop.AnonymousAccess;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import io.github.flytehadoop.transfer.Depth;
import io.github.flytehadoop.transfer.ObjectStatus;
import io.github.flytehadoop.transfer.PendingOutput;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Seekable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LookTest {
  @TempDir Path temp;

  @ParameterizedTest
  @EnumSource(Site.Kind.class)
  @Rule("FAP-EX-1")
  void filesDirectoriesAndPrefixesExist(Site.Kind kind) throws Exception {
    try (Site site = Site.open(kind, temp)) {
      FileAccessProvider provider = site.provider();
      site.putDirectly("d/sub/x", new byte[1]);
      for (String there : List.of("d/sub/x", "d/sub", "d/sub/", "d")) {
        assertThat(provider.exists(site.uri(there))).as(there).isTrue();
      }
      for (String absent : List.of("d/su", "d/sub/x2", "d/sub/xy/", "e")) {
        assertThat(provider.exists(site.uri(absent))).as(absent).isFalse();
      }
      assertThat(provider.exists(site.root())).isTrue();
    }
  }

  @Test
  @Rule({"FAP-EX-1", "FAP-EX-2"})
  void aBucketThatIsNotThereDoesNotExist() throws Exception {
    try (Site site = Site.open(Site.Kind.S3, temp)) {
      assertThat(site.provider().exists("s3://no-such-bucket")).isFalse();
      assertThat(site.provider().exists("s3://no-such-bucket/key")).isFalse();
      assertThat(site.provider().exists(site.root() + "/")).isTrue();
    }
  }

  @Test
  @Rule({"FAP-EX-2", "W-17"})
  void invisibleFileIsNotReportedAbsent() throws Exception {
    for (AnonymousAccess policy : AnonymousAccess.values()) {
      FileAccessProvider.Builder builder =
          FileAccessProvider.builder()
              .localSandboxDir(temp.resolve("sandbox"))
              .anonymousAccess(policy);
      try (S3Endpoint endpoint = S3Endpoint.start();
          Site.S3 site = Site.s3(endpoint, builder)) {
        endpoint.identities(
            Map.of(io.github.flytehadoop.testkit.TestSecrets.S3_ACCESS_KEY, Set.of("other")));
        TransferException failure =
            catchThrowableOfType(
                TransferException.class, () -> site.provider().exists(site.uri("x")));
        assertThat(failure.kind()).isEqualTo(FailureKind.ACCESS_DENIED);
        assertThat(failure.recoverable()).isFalse();
        assertThat(failure.getSuppressed())
            .hasSize(policy == AnonymousAccess.ON_AUTH_FAILURE ? 1 : 0);
      }
    }
  }

  @Test
  @Rule("FAP-EX-2")
  void invalidPathIsRefused() throws Exception {
    try (Site site = Site.open(Site.Kind.LOCAL, temp)) {
      for (String path : List.of("", " ", "nope://x/y", "s3://")) {
        assertThatThrownBy(() -> site.provider().exists(path))
            .isInstanceOf(IllegalArgumentException.class);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Site.Kind.class)
  void aStatusSaysWhatIsThere(Site.Kind kind) throws Exception {
    try (Site site = Site.open(kind, temp)) {
      site.putDirectly("d/x", new byte[3]);
      ObjectStatus file = site.provider().stat(site.uri("d/x"));
      assertThat(file.uri()).isEqualTo(site.uri("d/x"));
      assertThat(file.length()).isEqualTo(3);
      assertThat(file.kind()).isEqualTo(ObjectStatus.Kind.FILE);
      assertThat(file.modified()).isAfter(java.time.Instant.EPOCH);
      assertThat(file.etag() != null).isEqualTo(kind == Site.Kind.S3);
      assertThat(file.checksum() != null).isEqualTo(kind == Site.Kind.HDFS);
      assertThat(site.provider().stat(site.uri("d")).isDirectory()).isTrue();
      assertThatThrownBy(() -> site.provider().stat(site.uri("e")))
          .isInstanceOf(DataNotFoundException.class);
    }
  }

  @ParameterizedTest
  @EnumSource(Site.Kind.class)
  void aChildIsItsRootASeparatorAndTheLiteralKey(Site.Kind kind) throws Exception {
    try (Site site = Site.open(kind, temp)) {
      site.putDirectly("d/a b%20#?", new byte[1]);
      site.putDirectly("d/sub/y", new byte[1]);
      for (String root : List.of(site.uri("d"), site.uri("d/"))) {
        try (Stream<ObjectStatus> children = site.provider().list(root, Depth.CHILDREN)) {
          assertThat(children)
              .extracting(ObjectStatus::uri)
              .containsExactlyInAnyOrder(site.uri("d/a b%20#?"), site.uri("d/sub"));
        }
        try (Stream<ObjectStatus> tree = site.provider().list(root, Depth.TREE)) {
          assertThat(tree)
              .extracting(ObjectStatus::uri)
              .containsExactlyInAnyOrder(site.uri("d/a b%20#?"), site.uri("d/sub/y"));
        }
      }
      assertThatThrownBy(() -> site.provider().list(site.uri("none"), Depth.TREE))
          .isInstanceOf(DataNotFoundException.class);
    }
  }

  @ParameterizedTest
  @EnumSource(Site.Kind.class)
  void aReaderCanSeek(Site.Kind kind) throws Exception {
    try (Site site = Site.open(kind, temp)) {
      site.putDirectly("x", "0123456789".getBytes(StandardCharsets.US_ASCII));
      try (InputStream in = site.provider().openRead(site.uri("x"))) {
        assertThat(in).isInstanceOf(Seekable.class);
        Seekable seekable = (Seekable) in;
        seekable.seek(7);
        assertThat(seekable.getPos()).isEqualTo(7);
        assertThat(in.read()).isEqualTo('7');
        seekable.seek(2);
        assertThat(in.readNBytes(3)).asString().isEqualTo("234");
        assertThat(seekable.getPos()).isEqualTo(5);
        assertThat(in.readAllBytes()).asString().isEqualTo("56789");
        seekable.seek(0);
        assertThat(in.read()).isEqualTo('0');
        assertThatThrownBy(() -> seekable.seek(-1)).isInstanceOf(java.io.IOException.class);
      }
      assertThatThrownBy(() -> site.provider().openRead(site.uri("none")))
          .isInstanceOf(DataNotFoundException.class);
    }
  }

  @ParameterizedTest
  @EnumSource(Site.Kind.class)
  @Rule({"W-24"})
  void onlyACommitPublishes(Site.Kind kind) throws Exception {
    try (Site site = Site.open(kind, temp)) {
      FileAccessProvider provider = site.provider();
      try (PendingOutput out = provider.openWrite(site.uri("d/left"))) {
        out.write(new byte[6 << 20]);
      }
      PendingOutput aborted = provider.openWrite(site.uri("d/aborted"));
      aborted.write(1);
      aborted.abort();
      aborted.abort();
      assertThatThrownBy(aborted::commit).isInstanceOf(IllegalStateException.class);
      aborted.close();
      assertThat(site.everything()).isEmpty();
      try (PendingOutput out = provider.openWrite(site.uri("d/kept"))) {
        assertThat(out.uri()).isEqualTo(site.uri("d/kept"));
        out.write("kept".getBytes(StandardCharsets.US_ASCII));
        assertThat(provider.exists(site.uri("d/kept"))).isFalse();
        out.commit();
        out.commit();
        assertThatThrownBy(() -> out.write(1)).isInstanceOf(IllegalStateException.class);
      }
      assertThat(site.everything()).containsExactly("d/kept");
      assertThat(site.bytes("d/kept")).asString().isEqualTo("kept");
      assertThatThrownBy(() -> provider.openWrite(site.uri("d/")))
          .isInstanceOf(TransferException.class);
    }
  }

  @Test
  @Rule({"W-34", "W-38"})
  void aRefusedCommitIsAnUploadException() throws Exception {
    FileAccessProvider.Builder builder =
        FileAccessProvider.builder().localSandboxDir(temp.resolve("sandbox"));
    try (S3Endpoint endpoint = S3Endpoint.start();
        Site.S3 site = Site.s3(endpoint, builder)) {
      PendingOutput out = site.provider().openWrite(site.uri("x"));
      out.write(1);
      endpoint.identities(Map.of());
      assertThatThrownBy(out::commit)
          .isInstanceOf(UploadException.class)
          .extracting("kind")
          .isEqualTo(FailureKind.NO_CREDENTIALS);
      out.close();
      assertThat(site.everything()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Site.Kind.class)
  void aDirectoryIsDeletedAsATreeOnly(Site.Kind kind) throws Exception {
    try (Site site = Site.open(kind, temp)) {
      FileAccessProvider provider = site.provider();
      site.putDirectly("d/x", new byte[1]);
      site.putDirectly("d/sub/y", new byte[1]);
      site.putDirectly("d2/z", new byte[1]);
      assertThatThrownBy(() -> provider.delete(site.uri("d"), Depth.CHILDREN))
          .isInstanceOf(TransferException.class)
          .hasMessageContaining("Depth.TREE");
      provider.delete(site.uri("d/x"), Depth.CHILDREN);
      assertThat(site.everything()).containsExactly("d/sub/y", "d2/z");
      provider.delete(site.uri("d/"), Depth.TREE);
      assertThat(site.everything()).containsExactly("d2/z");
      assertThatThrownBy(() -> provider.delete(site.uri("d"), Depth.TREE))
          .isInstanceOf(DataNotFoundException.class);
    }
  }
}
