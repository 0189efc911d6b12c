/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.hdfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.flytehadoop.FileAccessProvider;
import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.error.DataNotFoundException;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.hadoop.AnonymousAccess;
import io.github.flytehadoop.hadoop.FileSystems;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.ByteRange;
import io.github.flytehadoop.store.Store;
import io.github.flytehadoop.store.StoreTraits;
import io.github.flytehadoop.store.registry.StoreRegistry;
import io.github.flytehadoop.testkit.FileServers;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.TestDirectories;
import io.github.flytehadoop.testkit.TestSecrets;
import io.github.flytehadoop.transfer.BlobDimensionality;
import io.github.flytehadoop.transfer.Depth;
import io.github.flytehadoop.transfer.ObjectStatus;
import io.github.flytehadoop.transfer.TransferLimits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.ftpserver.ftplet.FtpException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** FTP and SFTP through Hadoop's own clients, as a user has them: files, directories, refusals. */
class FileServersTest {
  private static FileServers servers;
  private static FileAccessProvider provider;
  private static Path directory;

  @BeforeAll
  static void start() throws IOException, FtpException {
    servers = new FileServers();
    directory = TestDirectories.create("files");
    provider =
        FileAccessProvider.builder()
            .localSandboxDir(directory.resolve("sandbox"))
            .rawOutputPrefix(directory.resolve("raw").toString())
            .dataConfig(DataConfig.defaults())
            .hadoopConfiguration(servers.configuration())
            .transferLimits(TransferLimits.defaults().withPartSizeBytes(5 << 20))
            .build();
  }

  @AfterAll
  static void stop() throws IOException {
    provider.close();
    servers.close();
  }

  private static String root(String protocol) {
    return protocol.equals("ftp") ? servers.ftp() : servers.sftp();
  }

  private static Path file(String name, int length) throws IOException {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp", "sftp"})
  void aFileGoesThereAndBackAndIsReplaced(String protocol) throws IOException {
    String uri = root(protocol) + "/one/file";
    for (int length : new int[] {300_000, 0, 12}) {
      Path source = file("source", length);
      provider.putData(source, uri);
      Path copy = directory.resolve("copy");
      provider.getData(uri, copy);
      assertThat(Files.mismatch(source, copy)).isEqualTo(-1);
    }
    assertThat(provider.stat(uri).length()).isEqualTo(12);
    provider.delete(uri, Depth.TREE);
    assertThat(provider.exists(uri)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp", "sftp"})
  @Rule("F85")
  @Timeout(120)
  void aLargeFileComesInOneStream(String protocol) throws IOException {
    Path source = file("large", 12 << 20);
    String uri = root(protocol) + "/large";
    provider.putData(source, uri);
    Path copy = directory.resolve("copy-of-large");
    provider.getData(uri, copy);
    assertThat(Files.mismatch(source, copy)).isEqualTo(-1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp", "sftp"})
  @Rule("F85")
  @Timeout(120)
  void aStreamIsClosedEarly(String protocol) throws IOException {
    Path source = file("closed-early", 12 << 20);
    String uri = root(protocol) + "/closed-early";
    provider.putData(source, uri);
    for (int round = 0; round < 5; round++) {
      try (InputStream in = provider.openRead(uri)) {
        assertThat(in.readNBytes(1000)).isEqualTo(firstOf(source, 1000));
      }
    }
    provider.delete(uri, Depth.TREE);
  }

  private static byte[] firstOf(Path file, int length) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(length);
    }
  }

  private static Store store(String protocol) throws IOException {
    FileSystems fileSystems =
        new FileSystems(DataConfig.defaults(), servers.configuration(), Map.of());
    return new StoreRegistry(fileSystems, AnonymousAccess.NEVER, 5 << 20)
        .of(Location.parse(root(protocol)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp", "sftp"})
  @Timeout(120)
  void aRangeIsExact(String protocol) throws IOException {
    Path source = file("ranged", 300_000);
    Location at = Location.parse(root(protocol) + "/ranged");
    provider.putData(source, at.text());
    Store store = store(protocol);
    assertThat(store.traits().rangeReads()).isEqualTo(StoreTraits.RangeReads.STREAM);
    try (InputStream in = store.open(at, store.stat(at), new ByteRange(200_000, 50_000))) {
      assertThat(in.readAllBytes())
          .isEqualTo(Arrays.copyOfRange(Files.readAllBytes(source), 200_000, 250_000));
    }
  }

  /** FTP tells times to the minute, so the new file is given another one. */
  @ParameterizedTest
  @ValueSource(strings = {"ftp", "sftp"})
  @Rule("F70")
  @Timeout(120)
  void aFileReplacedWhileItIsReadIsSeenToBeAnother(String protocol) throws IOException {
    Path source = file("pinned", 300_000);
    Location at = Location.parse(root(protocol) + "/pinned");
    provider.putData(source, at.text());
    Store store = store(protocol);
    Attributes found = store.stat(at);
    Attributes planned =
        new Attributes(Attributes.Kind.FILE, found.lengthBytes(), found.modified(), null, null);
    Path served = servers.directory(protocol).resolve("pinned");
    try (InputStream in = store.open(at, planned, ByteRange.WHOLE)) {
      in.readNBytes(1000);
      Files.setLastModifiedTime(served, FileTime.from(Instant.now().minusSeconds(86_400)));
      assertThat(catchThrowableOfType(TransferException.class, in::readAllBytes).kind())
          .isEqualTo(FailureKind.SOURCE_CHANGED);
    }
    assertThat(
            catchThrowableOfType(
                    TransferException.class, () -> store.open(at, planned, ByteRange.WHOLE))
                .kind())
        .isEqualTo(FailureKind.SOURCE_CHANGED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp", "sftp"})
  @Rule("F66")
  void aReplacementLeavesNothingElse(String protocol) throws IOException {
    String uri = root(protocol) + "/replaced/file";
    provider.putData(file("first", 10), uri);
    provider.putData(file("second", 20), uri);
    try (Stream<Path> all = Files.list(servers.directory(protocol).resolve("replaced"))) {
      assertThat(all.map(path -> path.getFileName().toString())).containsExactly("file");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp", "sftp"})
  void aDirectoryGoesThereAndBack(String protocol) throws IOException {
    Path source = directory.resolve(protocol + "-tree");
    file(source.getFileName() + "/a b", 1000);
    file(source.getFileName() + "/deep/er/c", 2000);
    String uri = root(protocol) + "/tree";
    provider.putData(source, uri, BlobDimensionality.MULTIPART);
    try (var listed = provider.list(uri, Depth.TREE)) {
      assertThat(listed.map(ObjectStatus::uri))
          .containsExactlyInAnyOrder(uri + "/a b", uri + "/deep/er/c");
    }
    Path copy = directory.resolve(protocol + "-copy");
    provider.getData(uri, copy, BlobDimensionality.MULTIPART);
    assertThat(Files.mismatch(source.resolve("a b"), copy.resolve("a b"))).isEqualTo(-1);
    assertThat(Files.mismatch(source.resolve("deep/er/c"), copy.resolve("deep/er/c")))
        .isEqualTo(-1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp", "sftp"})
  void missingFileIsNotFound(String protocol) {
    Throwable failure =
        catchThrowableOfType(
            DataNotFoundException.class,
            () -> provider.getData(root(protocol) + "/none", directory.resolve("none")));
    assertThat(failure).isNotNull();
    assertThat(failure.toString()).doesNotContain(TestSecrets.S3_SECRET_KEY);
  }
}
