/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.config.S3Config;
import io.github.flytehadoop.testkit.MiniHdfs;
import io.github.flytehadoop.testkit.TestSecrets;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * A provider on one store, with a place of its own there that a test can look at and change behind
 * the provider's back.
 */
abstract class Site implements AutoCloseable {
  /** The stores that the facade is tried on. */
  enum Kind {
    LOCAL,
    HDFS,
    S3
  }

  private static final AtomicInteger BUCKETS = new AtomicInteger();

  private static final class SharedS3 {
    static final S3Endpoint ENDPOINT = S3Endpoint.start();
  }

  private final String root;
  private final FileAccessProvider provider;

  private Site(String root, FileAccessProvider.Builder builder) throws IOException {
    this.root = root;
    this.provider = builder.rawOutputPrefix(root + "/raw").build();
  }

  static Site open(Kind kind, Path temp) throws IOException {
    return open(kind, temp, builder -> builder);
  }

  static Site open(Kind kind, Path temp, UnaryOperator<FileAccessProvider.Builder> settings)
      throws IOException {
    FileAccessProvider.Builder builder =
        settings.apply(FileAccessProvider.builder().localSandboxDir(temp.resolve("sandbox")));
    return switch (kind) {
      case LOCAL -> new Local(temp.resolve("store"), builder.dataConfig(DataConfig.defaults()));
      case HDFS -> new Hdfs(MiniHdfs.shared(), builder.dataConfig(DataConfig.defaults()));
      case S3 -> s3(SharedS3.ENDPOINT, builder);
    };
  }

  /** A site on an endpoint of one's own, whose faults and requests are then one's own too. */
  static S3 s3(S3Endpoint endpoint, FileAccessProvider.Builder builder) throws IOException {
    String bucket = "site-" + BUCKETS.incrementAndGet();
    endpoint.createBucket(bucket);
    return new S3(endpoint, bucket, builder.dataConfig(config(endpoint)));
  }

  static DataConfig config(S3Endpoint endpoint) {
    S3Config s3 =
        S3Config.builder()
            .endpoint(endpoint.uri().toString())
            .accessKeyId(TestSecrets.S3_ACCESS_KEY)
            .secretAccessKey(TestSecrets.S3_SECRET_KEY)
            .build();
    return DataConfig.builder().s3(s3).build();
  }

  final FileAccessProvider provider() {
    return provider;
  }

  /** Where everything of this site is, without a separator at its end. */
  final String root() {
    return root;
  }

  final String uri(String relative) {
    return root + "/" + relative;
  }

  /** Paths of all files, temporary ones and pending uploads included. */
  abstract List<String> everything() throws IOException;

  abstract byte[] bytes(String relative) throws IOException;

  abstract void putDirectly(String relative, byte[] bytes) throws IOException;

  abstract void deleteDirectly(String relative) throws IOException;

  /** User metadata as the store itself tells it. */
  abstract Map<String, String> metadata(String relative) throws IOException;

  @Override
  public void close() {
    provider.close();
  }

  private static final class Local extends Site {
    private final Path directory;

    Local(Path directory, FileAccessProvider.Builder builder) throws IOException {
      super(directory.toString(), builder);
      this.directory = Files.createDirectories(directory);
    }

    @Override
    List<String> everything() throws IOException {
      try (Stream<Path> paths = Files.walk(directory)) {
        return paths
            .filter(Files::isRegularFile)
            .map(path -> directory.relativize(path).toString())
            .sorted()
            .toList();
      }
    }

    @Override
    byte[] bytes(String relative) throws IOException {
      return Files.readAllBytes(directory.resolve(relative));
    }

    @Override
    void putDirectly(String relative, byte[] bytes) throws IOException {
      Path file = directory.resolve(relative);
      Files.createDirectories(file.getParent());
      Files.write(file, bytes);
    }

    @Override
    void deleteDirectly(String relative) throws IOException {
      Files.delete(directory.resolve(relative));
    }

    @Override
    Map<String, String> metadata(String relative) {
      return Map.of();
    }
  }

  private static final class Hdfs extends Site {
    private final FileSystem hdfs;

    Hdfs(MiniHdfs cluster, FileAccessProvider.Builder builder) throws IOException {
      super(cluster.newDirectory(), builder.hadoopConfiguration(cluster.configuration()));
      this.hdfs = cluster.newFileSystem();
    }

    private org.apache.hadoop.fs.Path path(String relative) {
      String path = uri(relative).replaceFirst("^hdfs://[^/]*", "");
      return new org.apache.hadoop.fs.Path("hdfs", hdfs.getUri().getAuthority(), path);
    }

    @Override
    List<String> everything() throws IOException {
      List<String> found = new ArrayList<>();
      String below = path("x").getParent().toUri().getPath();
      RemoteIterator<LocatedFileStatus> files = hdfs.listFiles(path("x").getParent(), true);
      while (files.hasNext()) {
        found.add(files.next().getPath().toUri().getPath().substring(below.length() + 1));
      }
      return found.stream().sorted().toList();
    }

    @Override
    byte[] bytes(String relative) throws IOException {
      try (var in = hdfs.open(path(relative))) {
        return in.readAllBytes();
      }
    }

    @Override
    void putDirectly(String relative, byte[] bytes) throws IOException {
      try (var out = hdfs.create(path(relative))) {
        out.write(bytes);
      }
    }

    @Override
    void deleteDirectly(String relative) throws IOException {
      hdfs.delete(path(relative), false);
    }

    @Override
    Map<String, String> metadata(String relative) throws IOException {
      Map<String, String> metadata = new TreeMap<>();
      hdfs.getXAttrs(path(relative))
          .forEach(
              (name, value) ->
                  metadata.put(
                      name.substring("user.".length()), value == null ? "" : new String(value)));
      return metadata;
    }

    @Override
    public void close() {
      super.close();
      org.apache.hadoop.io.IOUtils.closeStream(hdfs);
    }
  }

  /** A bucket. */
  static final class S3 extends Site {
    private static final String METADATA = "x-amz-meta-";

    /** Which the library puts on objects for itself. */
    private static final String MARK = METADATA + "flyte-writer";

    private final S3Endpoint endpoint;
    private final String bucket;

    private S3(S3Endpoint endpoint, String bucket, FileAccessProvider.Builder builder)
        throws IOException {
      super("s3://" + bucket, builder);
      this.endpoint = endpoint;
      this.bucket = bucket;
    }

    S3Endpoint endpoint() {
      return endpoint;
    }

    String bucket() {
      return bucket;
    }

    @Override
    List<String> everything() {
      List<String> found = new ArrayList<>(endpoint.keys(bucket));
      endpoint.pendingUploads(bucket).forEach(key -> found.add(key + " (pending upload)"));
      return found;
    }

    @Override
    byte[] bytes(String relative) {
      return endpoint.bytes(bucket, relative);
    }

    @Override
    void putDirectly(String relative, byte[] bytes) {
      endpoint.putDirectly(bucket, relative, bytes);
    }

    @Override
    void deleteDirectly(String relative) {
      endpoint.deleteDirectly(bucket, relative);
    }

    @Override
    Map<String, String> metadata(String relative) {
      Map<String, String> metadata = new TreeMap<>();
      endpoint
          .metadata(bucket, relative)
          .forEach(
              (name, value) -> {
                if (name.startsWith(METADATA) && !name.equals(MARK)) {
                  metadata.put(name.substring(METADATA.length()), value);
                }
              });
      return metadata;
    }
  }
}
