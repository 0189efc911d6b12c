/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.hadoop.FileSystemOptions;
import io.github.flytehadoop.testkit.MiniHdfs;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.TestSecrets;
import io.github.flytehadoop.testkit.s3.Request;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileSystemLookupTest {
  @TempDir Path temp;

  private FileAccessProvider.Builder builder() {
    return FileAccessProvider.builder()
        .localSandboxDir(temp.resolve("sandbox"))
        .dataConfig(DataConfig.defaults())
        .rawOutputPrefix("s3://bucket/raw");
  }

  @Test
  @Rule({"FAP-FS-1", "W-10"})
  void noProtocolMeansThatOfThePrefixWithTheOptionsGiven() throws Exception {
    try (S3Endpoint endpoint = S3Endpoint.start();
        Site.S3 site = Site.s3(endpoint, sandboxed())) {
      FileAccessProvider provider = site.provider();
      assertThat(provider.getFileSystem("")).isSameAs(provider.getFileSystem());
      assertThat(provider.getFileSystem("s3")).isSameAs(provider.getFileSystem());
      FileSystem anonymous = provider.getFileSystem("", FileSystemOptions.anonymous());
      assertThat(anonymous).isNotSameAs(provider.getFileSystem());
      endpoint.createPublicBucket("public");
      provider
          .getFileSystemForPath("s3://public/", FileSystemOptions.anonymous())
          .listStatus(new org.apache.hadoop.fs.Path("s3://public/"));
      assertThat(endpoint.requests())
          .extracting(Request::identity)
          .containsOnly(S3Endpoint.ANONYMOUS);
    }
  }

  private FileAccessProvider.Builder sandboxed() {
    return FileAccessProvider.builder().localSandboxDir(temp.resolve("sandbox"));
  }

  @Test
  @Rule("FAP-FS-2")
  void localFilesAreOfTheMachine() throws Exception {
    try (FileAccessProvider provider = builder().build()) {
      FileSystem local = provider.getFileSystem("file");
      assertThat(local.getUri()).hasToString("file:///");
      assertThat(provider.getFileSystem("LOCAL")).isSameAs(local);
      assertThat(provider.sep(local)).isEqualTo(java.io.File.separator);
      assertThat(provider.getFileSystemForPath("relative/x")).isSameAs(local);
    }
  }

  @Test
  @Rule({"FAP-FS-3", "OPT-SO"})
  void overridesReachTheFileSystemAndNoOther() throws Exception {
    try (FileAccessProvider provider = builder().build()) {
      FileSystemOptions own = FileSystemOptions.with(Map.of("fs.s3a.threads.max", "17"));
      assertThat(provider.getFileSystem("s3", own).getConf().get("fs.s3a.threads.max"))
          .isEqualTo("17");
      assertThat(provider.getFileSystem("s3").getConf().get("fs.s3a.threads.max"))
          .isNotEqualTo("17");
    }
  }

  @Test
  @Rule({"FAP-FS-3", "W-5"})
  void oneFileSystemServesEveryBucketOfAProtocol() throws Exception {
    try (S3Endpoint endpoint = S3Endpoint.start()) {
      endpoint.createBucket("one");
      endpoint.createBucket("two");
      try (FileAccessProvider provider =
          builder()
              .dataConfig(Site.config(endpoint))
              .rawOutputPrefix(temp.resolve("raw").toString())
              .build()) {
        for (String spelling : new String[] {"s3", "s3a"}) {
          FileSystem every = provider.getFileSystem(spelling);
          for (String bucket : new String[] {"one", "two"}) {
            var path = new org.apache.hadoop.fs.Path(spelling + "://" + bucket + "/key");
            try (var out = every.create(path)) {
              out.write(bucket.getBytes(StandardCharsets.UTF_8));
            }
            assertThat(endpoint.bytes(bucket, "key")).asString().isEqualTo(bucket);
            assertThat(every.getFileStatus(path).getLen()).isEqualTo(3);
          }
          assertThat(every.toString()).contains(spelling);
        }
      }
    }
  }

  @Test
  @Rule({"FAP-FS-7", "W-5"})
  void aPathGetsAFileSystemThatTakesItsSpelling() throws Exception {
    try (FileAccessProvider provider = builder().build()) {
      assertThat(provider.getFileSystemForPath("s3://bucket/x")).isSameAs(provider.getFileSystem());
      assertThat(provider.getFileSystemForPath("s3a://bucket/x").getUri())
          .hasToString("s3a://bucket");
      assertThat(provider.getFileSystemForPath("S3A://other/x").getUri())
          .hasToString("s3a://other");
      assertThat(provider.getFileSystem("s3a").getUri()).hasToString("s3a://bucket");
    }
  }

  @Test
  @Rule("FAP-FS-8")
  void anAsynchronousLookupGivesTheSame() throws Exception {
    try (FileAccessProvider provider = builder().build()) {
      assertThat(
              provider
                  .getFileSystemForPathAsync("s3://bucket/x", FileSystemOptions.defaults())
                  .get(60, TimeUnit.SECONDS))
          .isSameAs(provider.getFileSystem());
      assertThat(provider.getFileSystemForPathAsync("nope://x/y", FileSystemOptions.defaults()))
          .failsWithin(60, TimeUnit.SECONDS)
          .withThrowableThat()
          .withCauseInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp", "sftp", "http", "https", "webhdfs", "swebhdfs"})
  @Rule("FAP-FS-4")
  void aProtocolOfHostsAsksForOne(String protocol) throws Exception {
    try (FileAccessProvider provider = builder().build()) {
      assertThatThrownBy(() -> provider.getFileSystem(protocol))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("getFileSystemForPath(\"" + protocol + "://host/\")");
    }
  }

  @Test
  @Rule("FAP-FS-4")
  void ftpIsOpenedByItsPath() throws Exception {
    try (FileAccessProvider provider = builder().build()) {
      assertThat(provider.getFileSystemForPath("ftp://ftp.example.org/pub/x").getUri().getHost())
          .isEqualTo("ftp.example.org");
    }
  }

  /** A store that only the caller knows. */
  public static final class Custom extends RawLocalFileSystem {
    @Override
    public URI getUri() {
      return URI.create("custom:///");
    }

    @Override
    public void initialize(URI uri, Configuration conf) {
      setConf(conf);
    }
  }

  @Test
  @Rule("FAP-FS-5")
  void aStoreOfTheCallersConfigurationGetsItsOverrides() throws Exception {
    Configuration base = new Configuration();
    base.set("fs.custom.impl", Custom.class.getName());
    try (FileAccessProvider provider = builder().hadoopConfiguration(base).build()) {
      FileSystemOptions own = FileSystemOptions.with(Map.of("custom.key", "value"));
      FileSystem custom = provider.getFileSystem("custom", own);
      assertThat(custom).isInstanceOf(Custom.class);
      assertThat(custom.getConf().get("custom.key")).isEqualTo("value");
      assertThat(provider.getFileSystem("custom")).isNotSameAs(custom);
    }
  }

  @Test
  @Rule({"FAP-FS-6", "W-11"})
  void hdfsNeedsNothingButItsAddress() throws Exception {
    MiniHdfs cluster = MiniHdfs.shared();
    try (FileAccessProvider provider = builder().build()) {
      FileSystem hdfs = provider.getFileSystemForPath(cluster.newDirectory());
      assertThat(hdfs.getUri()).isEqualTo(cluster.uri());
      assertThatThrownBy(() -> provider.getFileSystem("hdfs"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("fs.defaultFS");
    }
    try (FileAccessProvider provider =
        builder().hadoopConfiguration(cluster.configuration()).build()) {
      assertThat(provider.getFileSystem("hdfs").getUri()).isEqualTo(cluster.uri());
      assertThat(provider.getFileSystemForPath("hdfs:///tmp").getUri()).isEqualTo(cluster.uri());
    }
  }

  @ParameterizedTest
  @EnumSource(Site.Kind.class)
  @Rule({"FAP-FS-9", "W-12"})
  void writesOfOthersAreSeenAtOnce(Site.Kind kind) throws Exception {
    try (Site site = Site.open(kind, temp)) {
      FileAccessProvider provider = site.provider();
      String uri = site.uri("place/key");
      assertThat(provider.exists(uri)).isFalse();
      site.putDirectly("place/key", new byte[3]);
      assertThat(provider.exists(uri)).isTrue();
      assertThat(provider.stat(uri).length()).isEqualTo(3);
      site.putDirectly("place/key", new byte[5]);
      assertThat(provider.stat(uri).length()).isEqualTo(5);
      site.deleteDirectly("place/key");
      assertThat(provider.exists(uri)).isFalse();
    }
  }

  @Test
  @Rule({"FAP-FS-9", "W-12"})
  void twoIdentitiesOnOneBucketStayTwo() throws Exception {
    try (S3Endpoint endpoint = S3Endpoint.start();
        Site.S3 site = Site.s3(endpoint, sandboxed());
        FileAccessProvider other =
            builder()
                .dataConfig(
                    DataConfig.builder()
                        .s3(
                            Site.config(endpoint).s3().toBuilder()
                                .accessKeyId(TestSecrets.UNKNOWN_ACCESS_KEY)
                                .secretAccessKey(TestSecrets.UNKNOWN_SECRET_KEY)
                                .build())
                        .build())
                .rawOutputPrefix(site.root())
                .build()) {
      Path file = Files.writeString(temp.resolve("file"), "x");
      site.provider().putData(file, site.uri("one"));
      other.putData(file, site.uri("two"));
      assertThat(endpoint.requests())
          .extracting(Request::key, Request::identity)
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple("one", TestSecrets.S3_ACCESS_KEY),
              org.assertj.core.groups.Tuple.tuple("two", TestSecrets.UNKNOWN_ACCESS_KEY));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"nope", "flyte", "simplecache"})
  @Rule("W-5")
  void anUnknownProtocolIsRefusedWithTheKnown(String protocol) throws Exception {
    try (FileAccessProvider provider = builder().build()) {
      assertThatThrownBy(() -> provider.getFileSystem(protocol))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(protocol)
          .hasMessageContaining("hdfs");
      assertThatThrownBy(() -> provider.getFileSystem("s3://"))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
