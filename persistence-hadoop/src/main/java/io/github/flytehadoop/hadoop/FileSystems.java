/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop;

import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.hadoop.azure.AzureLocation;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.Scheme;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file systems of one {@link DataConfig}: made when first used, one for each bucket or cluster
 * and kind of access, and closed with this. Hadoop's own cache is not used, because it ignores the
 * Configuration: two identities on one bucket would share one instance.
 *
 * <p>This is where {@code s3://} becomes a {@code FileSystem}.
 */
public final class FileSystems implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FileSystems.class);

  private record Key(String root, FileSystemOptions options) {}

  private final DataConfig dataConfig;
  private final Configuration base;
  private final Map<String, String> environment;
  private final ConcurrentMap<Key, Slot> slots = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /** A registry that has made nothing yet; the base Configuration is copied. */
  public FileSystems(DataConfig dataConfig, Configuration base, Map<String, String> environment) {
    this.dataConfig = dataConfig;
    this.base = new Configuration(base);
    this.environment = Map.copyOf(environment);
    UnixIdentity.ensureLoginUser(this.base, this.environment);
  }

  /** The base Configuration with the settings that Spark, MapReduce and DistCp need: a new copy. */
  public Configuration shared() {
    return HadoopSettings.shared(dataConfig, environment).applyTo(base);
  }

  /** The file system of a location under its canonical scheme. */
  public FileSystem of(Location location, FileSystemOptions options) throws IOException {
    return of(location, location.scheme(), options);
  }

  /**
   * The file system of a location under another spelling of its scheme, such as {@code s3a}, so
   * that it takes paths of that spelling.
   *
   * @throws IllegalArgumentException when nobody knows the scheme
   * @throws IOException when the file system does not start; another call tries again
   */
  public FileSystem of(Location location, String spelling, FileSystemOptions options)
      throws IOException {
    if (closed) {
      throw new IllegalStateException("Cannot open " + location + ": this provider is closed.");
    }
    String root = root(location, spelling);
    return slots
        .computeIfAbsent(new Key(root, options), key -> new Slot())
        .get(() -> FileSystem.get(new Path(root).toUri(), configuration(location, options)));
  }

  private String root(Location location, String spelling) {
    return switch (location.scheme()) {
      case "abfs", "abfss" -> rootOf(AzureLocation.hadoopUri(location, dataConfig.azure()));
      case Scheme.FILE -> "file:///";
      default -> spelling + "://" + location.authority() + "/";
    };
  }

  private static String rootOf(String uri) {
    return uri.substring(0, uri.indexOf('/', uri.indexOf("://") + 3) + 1);
  }

  private Configuration configuration(Location location, FileSystemOptions options) {
    String scheme = location.scheme();
    if (isForeign(scheme)) {
      Configuration configuration = new Configuration(base);
      configuration.setBoolean("fs." + scheme + ".impl.disable.cache", true);
      options.overrides().forEach(configuration::set);
      return configuration;
    }
    return HadoopSettings.engine(location, dataConfig, environment, options).applyTo(base);
  }

  /** A scheme that only the user's own Configuration or class path knows. */
  private boolean isForeign(String scheme) {
    if (Scheme.known().contains(scheme)) {
      return false;
    }
    try {
      return FileSystem.getFileSystemClass(scheme, base) != null;
    } catch (IOException unknown) {
      return false;
    }
  }

  /** The URI that Hadoop knows a location by, without its path. */
  public URI uri(Location location) {
    return new Path(root(location, location.scheme())).toUri();
  }

  /** Requests that all clients have sent so far, by class; for stores whose clients count. */
  public Map<String, Long> requests() {
    Map<String, Long> sum = new TreeMap<>();
    for (Slot slot : slots.values()) {
      FileSystem fileSystem = slot.ifMade();
      if (fileSystem != null) {
        RequestCounts.of(fileSystem).forEach((kind, count) -> sum.merge(kind, count, Long::sum));
      }
    }
    return sum;
  }

  /** Closes every file system that was made; harmless when repeated. */
  @Override
  public void close() {
    closed = true;
    List<Slot> made = new ArrayList<>(slots.values());
    slots.clear();
    made.forEach(Slot::close);
  }

  private interface Making {
    FileSystem make() throws IOException;
  }

  /** Made once even when many threads ask; a failure is not remembered. */
  private static final class Slot {
    private @Nullable FileSystem made;

    synchronized FileSystem get(Making making) throws IOException {
      FileSystem known = made;
      if (known == null) {
        known = making.make();
        made = known;
      }
      return known;
    }

    synchronized @Nullable FileSystem ifMade() {
      return made;
    }

    synchronized void close() {
      FileSystem known = made;
      made = null;
      if (known != null) {
        try {
          known.close();
        } catch (IOException failure) {
          LOG.warn("{} did not close cleanly: {}", known.getUri(), failure.getMessage());
        }
      }
    }
  }
}
