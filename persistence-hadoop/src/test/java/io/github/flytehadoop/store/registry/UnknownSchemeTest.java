/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.flytehadoop.FileAccessProvider;
import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.hadoop.AnonymousAccess;
import io.github.flytehadoop.hadoop.FileSystems;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.ObjectWrite;
import io.github.flytehadoop.store.Store;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.TestDirectories;
import io.github.flytehadoop.transfer.RawData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Schemes of others, and what is said when nobody knows one. */
@Rule({"B03", "F58"})
class UnknownSchemeTest {
  /** As Hadoop finds a file system by its class alone. */
  public static final class FooFileSystem extends RawLocalFileSystem {
    @Override
    public String getScheme() {
      return "foo";
    }

    @Override
    public java.net.URI getUri() {
      return java.net.URI.create("foo://host/");
    }

    @Override
    protected void checkPath(org.apache.hadoop.fs.Path path) {}
  }

  private static StoreRegistry stores(Configuration base) {
    return new StoreRegistry(
        new FileSystems(DataConfig.defaults(), base, Map.of()), AnonymousAccess.NEVER, 1 << 20);
  }

  @Test
  void theKnownOnesAreListed() {
    assertThatThrownBy(() -> stores(new Configuration()).of(Location.parse("s5://bucket/key")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("s5", "hdfs", "s3 (also s3a, s3n)", "memory", "shelf")
        .hasMessageContaining("fs.s5.impl");
  }

  @Test
  void theJarOfAKnownStrangerIsNamed() {
    assertThatThrownBy(() -> stores(new Configuration()).of(Location.parse("oss://bucket/key")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("org.apache.hadoop:hadoop-aliyun");
  }

  /** Such as that of EMR, which knows no option of S3A. */
  @Test
  void aFileSystemOfOthersServesS3ByWhatTheyAllHave() throws IOException {
    Configuration base = new Configuration();
    base.setClass("fs.s3.impl", FooFileSystem.class, org.apache.hadoop.fs.FileSystem.class);
    Path directory = TestDirectories.scratch("s3impl");
    Location file = Location.parse("s3://bucket" + directory + "/file");
    Store store = stores(base).of(file);
    WriteOptions refuse =
        new WriteOptions(
            Attributes.UNKNOWN_LENGTH, Map.of("key", "value"), WriteOptions.Existing.REFUSE);
    try (ObjectWrite write = store.write(file, refuse)) {
      write.write(1);
      write.commit();
    }
    assertThat(store.stat(file).lengthBytes()).isEqualTo(1);
    assertThat(Files.list(directory)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "s3://bucket, org.apache.hadoop.fs.s3a, hadoop-aws",
    "abfs://container@account.dfs.core.windows.net, org.apache.hadoop.fs.azurebfs, hadoop-azure",
    "gs://bucket, com.google.cloud.hadoop, gcs-connector"
  })
  void aMissingJarIsNamed(String place, String hidden, String jar) {
    Configuration base = new Configuration();
    base.set("fs.flyte.client", "hadoop"); // ours needs no class of Hadoop's client
    base.setClassLoader(new HidingLoader(hidden));
    TransferException failure =
        catchThrowableOfType(
            TransferException.class, () -> stores(base).of(Location.parse(place + "/key")));
    assertThat(failure).isNotNull();
    assertThat(failure.kind()).isEqualTo(FailureKind.UNSUPPORTED);
    assertThat(failure).hasMessageContaining(jar).hasMessageContaining("class path");
  }

  private static final class HidingLoader extends ClassLoader {
    private final String hidden;

    HidingLoader(String hidden) {
      super(UnknownSchemeTest.class.getClassLoader());
      this.hidden = hidden;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith(hidden)) {
        throw new ClassNotFoundException(name);
      }
      return super.loadClass(name, resolve);
    }
  }

  @Test
  void aSchemeOfTheUsersConfigurationWorks() throws IOException {
    Configuration base = new Configuration();
    base.setClass("fs.foo.impl", FooFileSystem.class, org.apache.hadoop.fs.FileSystem.class);
    Path directory = TestDirectories.create("foo");
    Location file = Location.parse("foo://host" + directory + "/file");
    Store store = stores(base).of(file);
    try (ObjectWrite write = store.write(file, WriteOptions.ofLength(3))) {
      write.write(new byte[] {1, 2, 3});
      write.commit();
    }
    assertThat(Files.readAllBytes(directory.resolve("file"))).containsExactly(1, 2, 3);
  }

  @Test
  void aProviderWorksInMemory() throws IOException {
    Path directory = TestDirectories.create("memory");
    try (FileAccessProvider provider =
        FileAccessProvider.builder()
            .localSandboxDir(directory)
            .dataConfig(DataConfig.defaults())
            .rawOutputPrefix("memory://tests/raw")
            .build()) {
      String uri = provider.putRawData(RawData.bytes(new byte[] {1, 2, 3})).uri();
      Path copy = directory.resolve("copy");
      provider.getData(uri, copy);
      assertThat(uri).startsWith("memory://tests/raw/");
      assertThat(Files.readAllBytes(copy)).containsExactly(1, 2, 3);
      assertThatThrownBy(provider::rawOutputFileSystem)
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessageContaining("memory://");
      assertThatThrownBy(() -> provider.getFileSystemForPath("memory://tests/raw"))
          .isInstanceOf(UnsupportedOperationException.class);
    }
  }
}
