/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.hdfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.flytehadoop.FileAccessProvider;
import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.error.DataNotFoundException;
import io.github.flytehadoop.testkit.FileServers;
import io.github.flytehadoop.testkit.TestDirectories;
import io.github.flytehadoop.testkit.TestSecrets;
import io.github.flytehadoop.transfer.BlobDimensionality;
import io.github.flytehadoop.transfer.Depth;
import io.github.flytehadoop.transfer.ObjectStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.apache.ftpserver.ftplet.FtpException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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
  void whatIsMissingIsNotFound(String protocol) {
    Throwable failure =
        catchThrowableOfType(
            DataNotFoundException.class,
            () -> provider.getData(root(protocol) + "/none", directory.resolve("none")));
    assertThat(failure).isNotNull();
    assertThat(failure.toString()).doesNotContain(TestSecrets.S3_SECRET_KEY);
  }
}
