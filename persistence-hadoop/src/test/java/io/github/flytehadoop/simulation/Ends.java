/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.simulation;

import io.github.flytehadoop.FileAccessProvider;
import io.github.flytehadoop.hadoop.AnonymousAccess;
import io.github.flytehadoop.testkit.FaultyFileSystem;
import io.github.flytehadoop.testkit.ForeignFileSystem;
import io.github.flytehadoop.testkit.MiniHdfs;
import io.github.flytehadoop.testkit.Providers;
import io.github.flytehadoop.testkit.ScriptedLocalFileSystem;
import io.github.flytehadoop.testkit.TestDirectories;
import io.github.flytehadoop.testkit.TestSecrets;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import io.github.flytehadoop.transfer.TransferLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;

/**
 * Both ends of the transfers of one program: two disks, or one by two names, and a provider that
 * reaches them.
 */
final class Ends implements AutoCloseable {
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final Set<String> HDFS = Set.of("hdfs", "localhost", "viewfs", "webhdfs");
  private static final Set<String> LOCAL = Set.of("local", "linked", "foreign", "mirror");
  private static final String MOUNT = "viewfs://simulated/mounted";
  private static final int PART_BYTES = 5 << 20;

  private final Step stores;
  private final int number = NUMBER.incrementAndGet();
  private final Path scratch = Servers.directory();
  private final Disk source;
  private final Disk target;
  private final FileAccessProvider provider;

  Ends(Step stores) throws IOException {
    this.stores = stores;
    this.source = disk(stores.get("from"), 0);
    boolean shared = stores.get("disks").equals("one");
    this.target = shared ? named(stores.get("to")) : disk(stores.get("to"), 1);
    this.provider = SteppedServices.shown(scratch, this::opened);
  }

  static boolean isHdfs(String kind) {
    return HDFS.contains(kind);
  }

  /** Whether two kinds may be two names of one disk. */
  static boolean mayShare(String kind, String other) {
    return kind.equals(other)
        ? !kind.equals("web")
        : (HDFS.contains(kind) && HDFS.contains(other))
            || (LOCAL.contains(kind) && LOCAL.contains(other));
  }

  private Disk disk(String kind, int which) throws IOException {
    if (HDFS.contains(kind)) {
      String directory = "/simulated/" + number + "-" + which;
      Servers.hdfs().mkdirs(new org.apache.hadoop.fs.Path(directory));
      return new HdfsDisk(Servers.hdfs(), directory, prefix(kind));
    }
    return switch (kind) {
      case "s3" -> new S3Disk(Servers.s3(), Servers.BUCKETS[which]);
      case "memory" -> new MemoryDisk("disk" + number + "-" + which);
      case "web" -> new WebDisk(Servers.web(), "disk" + number);
      default ->
          new LocalDisk(Files.createDirectory(scratch.resolve("disk" + which)), prefix(kind));
    };
  }

  /** The disk of the source by another name. */
  private Disk named(String kind) {
    if (source instanceof LocalDisk local) {
      return local.named(prefix(kind));
    }
    return source instanceof HdfsDisk hdfs
        ? new HdfsDisk(hdfs.behind(), hdfs.directory(), prefix(kind))
        : source;
  }

  private String prefix(String kind) {
    return switch (kind) {
      case "hdfs" -> MiniHdfs.shared().uri().toString();
      case "localhost" -> MiniHdfs.shared().uri().toString().replace("127.0.0.1", "localhost");
      case "viewfs" -> MOUNT;
      case "webhdfs" -> webHdfs();
      case "foreign" -> ForeignFileSystem.ROOT;
      case "mirror" -> "mirror://disk";
      case "linked" -> linkOfRoot();
      default -> "";
    };
  }

  /** A link to the root of all disks: every path of it is another name of a path. */
  private String linkOfRoot() {
    Path link = scratch.resolve("root");
    try {
      return (Files.exists(link) ? link : Files.createSymbolicLink(link, Path.of("/"))).toString();
    } catch (IOException failure) {
      throw new java.io.UncheckedIOException(failure);
    }
  }

  private static String webHdfs() {
    return MiniHdfs.shared().cluster().getHttpUri(0).replaceFirst("^http:", "webhdfs:");
  }

  /** What clients have to be told of the stores. */
  Map<String, String> settings() {
    Map<String, String> settings = new TreeMap<>();
    settings.put("fs.foreign.impl", ForeignFileSystem.class.getName());
    settings.put("fs.mirror.impl", ScriptedLocalFileSystem.class.getName());
    if (isHdfs(stores.get("from")) || isHdfs(stores.get("to"))) {
      String root = MiniHdfs.shared().uri().toString();
      settings.put("fs.defaultFS", root);
      settings.put("fs.viewfs.mounttable.simulated.link./mounted", root + "/");
      settings.put("dfs.replication", "1");
      settings.put("dfs.checksum.combine.mode", "COMPOSITE_CRC");
      settings.put("dfs.blocksize", "65536");
      if (stores.get("hdfs", "stepped").equals("stepped")) {
        settings.put("fs.hdfs.impl", FaultyFileSystem.class.getName());
      }
    }
    return settings;
  }

  private Configuration configuration() {
    Configuration conf = new Configuration(Servers.SETTINGS);
    settings().forEach(conf::set);
    return conf;
  }

  String streams() {
    return stores.get("streams", "1");
  }

  private FileAccessProvider opened() throws IOException {
    int streams = stores.number("streams", 1);
    FileAccessProvider.Builder builder =
        FileAccessProvider.builder()
            .localSandboxDir(scratch.resolve("sandbox"))
            .rawOutputPrefix(scratch.resolve("raw").toString())
            .hadoopConfiguration(configuration())
            .anonymousAccess(AnonymousAccess.NEVER)
            .transferLimits(
                TransferLimits.defaults()
                    .withFilesInFlight(streams)
                    .withPartsInFlight(streams)
                    .withPartSizeBytes(PART_BYTES)
                    .withAttempts(2)
                    .withTimeBudget(Duration.ofMillis(250)));
    S3Endpoint s3 = uses("s3") ? Servers.s3() : null;
    return (s3 == null
            ? builder
            : builder.dataConfig(
                Providers.config(s3.uri(), TestSecrets.S3_ACCESS_KEY, TestSecrets.S3_SECRET_KEY)))
        .build();
  }

  boolean uses(String kind) {
    return stores.get("from").equals(kind) || stores.get("to").equals(kind);
  }

  String kind(String side) {
    return stores.get(side.equals("source") ? "from" : "to");
  }

  Disk disk(String side) {
    return side.equals("source") ? source : target;
  }

  String root(String side) {
    return stores.get(side, side.equals("source") ? "data" : "copy");
  }

  /** What clients call a path below a root. */
  String uri(String side, String path) {
    String at = path.isEmpty() ? root(side) : root(side) + "/" + path;
    return disk(side).uri(at);
  }

  boolean isOneDisk() {
    return stores.get("disks").equals("one");
  }

  /** Whether one root lies in the other, or both are one. */
  boolean areOnePlace() {
    String one = root("source") + "/";
    String other = root("target") + "/";
    return isOneDisk() && (one.startsWith(other) || other.startsWith(one));
  }

  FileAccessProvider provider() {
    return provider;
  }

  Path scratch() {
    return scratch;
  }

  @Override
  public void close() throws IOException {
    provider.close();
    source.close();
    if (!isOneDisk()) {
      target.close();
    }
    TestDirectories.delete(scratch);
  }
}
