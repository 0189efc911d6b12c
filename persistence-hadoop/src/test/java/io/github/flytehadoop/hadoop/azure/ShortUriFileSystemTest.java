/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flytehadoop.config.AzureBlobStorageConfig;
import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.hadoop.HadoopConfigurations;
import io.github.flytehadoop.testkit.AzureServer;
import io.github.flytehadoop.testkit.RequireStores;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;

/** Code that makes its own file systems opens the short form of Azure's URIs too. */
class ShortUriFileSystemTest {
  private static Configuration account(String name) {
    AzureBlobStorageConfig azure = AzureBlobStorageConfig.builder().accountName(name).build();
    return HadoopConfigurations.of(
        DataConfig.builder().azure(azure).build(), new Configuration(false));
  }

  @Test
  void aUriWithoutAnAccountGetsTheConfiguredOne() throws IOException {
    Configuration configuration = account("acct");
    assertThat(ShortUriFileSystem.complete(URI.create("abfs://data/x/y"), configuration))
        .hasToString("abfss://data@acct.dfs.core.windows.net/");
    assertThat(ShortUriFileSystem.complete(URI.create("az://data"), configuration))
        .hasToString("abfss://data@acct.dfs.core.windows.net/");
  }

  @Test
  void aUriWithAnAccountKeepsIt() throws IOException {
    URI complete = URI.create("abfs://data@other.dfs.core.windows.net/x");
    assertThat(ShortUriFileSystem.complete(complete, account("acct")))
        .hasToString("abfs://data@other.dfs.core.windows.net/");
  }

  @Test
  void withoutAnAccountItSaysWhatToDo() {
    URI uri = URI.create("abfs://data/x");
    assertThatThrownBy(() -> ShortUriFileSystem.complete(uri, new Configuration(false)))
        .hasMessageContaining("FLYTE_AZURE_STORAGE_ACCOUNT_NAME")
        .hasMessageContaining("abfss://data@ACCOUNT.dfs.core.windows.net/PATH");
  }

  @Test
  @RequireStores("azure")
  void hadoopsOwnCallsTakeTheShortForm() throws IOException {
    AzureServer server = AzureServer.shared();
    Configuration configuration = HadoopConfigurations.of(server.dataConfig(), new Configuration());
    Path root = new Path("abfs://" + server.newContainer());
    try (FileSystem fileSystem = FileSystem.newInstance(root.toUri(), configuration)) {
      Path file = new Path(root, "directory/file");
      try (OutputStream out = fileSystem.create(file)) {
        out.write(7);
      }
      try (InputStream in = fileSystem.open(file)) {
        assertThat(in.read()).isEqualTo(7);
      }
      assertThat(fileSystem.listStatus(root)).extracting(FileStatus::isDirectory).contains(true);
      assertThat(fileSystem.rename(file, new Path(root, "directory/other"))).isTrue();
      assertThat(fileSystem.listStatus(new Path(root, "directory")))
          .extracting(FileStatus::getPath)
          .containsExactly(fileSystem.makeQualified(new Path(root, "directory/other")));
      assertThat(fileSystem.delete(new Path(root, "directory"), true)).isTrue();
      assertThat(fileSystem.exists(file)).isFalse();
    }
  }

  @Test
  @RequireStores("azure")
  void oneThatNobodyClosesKeepsNoJvmAlive() throws IOException {
    AzureServer server = AzureServer.shared();
    Configuration configuration = HadoopConfigurations.of(server.dataConfig(), new Configuration());
    Path root = new Path("abfs://" + server.newContainer() + "/");
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    try (FileSystem fileSystem = FileSystem.newInstance(root.toUri(), configuration)) {
      fileSystem.create(new Path(root, "file")).close();
      assertThat(Thread.getAllStackTraces().keySet())
          .filteredOn(thread -> !thread.isDaemon() && !before.contains(thread))
          .isEmpty();
    }
  }
}
