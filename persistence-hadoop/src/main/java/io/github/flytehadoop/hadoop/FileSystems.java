/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop;

import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.hadoop.overlay.Overlay;
import io.github.flytehadoop.hadoop.s3.S3ClientSettings;
import io.github.flytehadoop.hadoop.s3.S3Connection;
import io.github.flytehadoop.location.Location;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

  private final Places places;
  private final Configuration base;
  private final HadoopSettings shared;
  private final ConcurrentMap<Key, Slot> slots = new ConcurrentHashMap<>();
  private final ConcurrentMap<Key, S3Connection> s3 = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /** A registry that has made nothing yet; the base Configuration is copied. */
  public FileSystems(DataConfig dataConfig, Configuration base, Map<String, String> environment) {
    this.base = new Configuration(base);
    this.places = new ConfiguredPlaces(dataConfig, Map.copyOf(environment), this.base);
    this.shared = HadoopSettings.shared(dataConfig, environment);
    UnixIdentity.ensureLoginUser(this.base, environment);
  }

  /** A worker's registry: the places of its job over the worker's own Configuration. */
  public FileSystems(ShippedPlaces places, Configuration base, Map<String, String> environment) {
    this.base = new Configuration(base);
    this.places = places;
    this.shared = HadoopSettings.of(new Overlay());
    UnixIdentity.ensureLoginUser(this.base, environment);
  }

  /** The base Configuration with the settings that Spark, MapReduce and DistCp need: a new copy. */
  public Configuration shared() {
    return shared.applyTo(base);
  }

  /**
   * What workers need for the stores of these locations. Values that the base Configuration has
   * from elsewhere than Hadoop's defaults travel too: a cluster's own files may not be where
   * workers are.
   */
  public ShippedPlaces ship(Collection<Location> locations) {
    Map<String, String> own = ownValues();
    Map<String, Place> shipped = new HashMap<>();
    for (Location location : locations) {
      for (Access access : Access.values()) {
        try {
          Place place = places.of(location, FileSystemOptions.defaults().withAccess(access));
          Map<String, String> values = new HashMap<>(own);
          values.putAll(place.settings().asMap());
          shipped.put(ShippedPlaces.name(location, access), place.with(values));
        } catch (UnsupportedOperationException noAnonymous) {
          LOG.debug("{} has no {}", location, access);
        }
      }
    }
    return new ShippedPlaces(shipped);
  }

  private Map<String, String> ownValues() {
    Map<String, String> own = new HashMap<>();
    for (Map.Entry<String, String> entry : base) {
      String[] sources = base.getPropertySources(entry.getKey());
      boolean isDefault =
          sources != null
              && sources.length > 0
              && String.valueOf(sources[0]).endsWith("-default.xml");
      if (!isDefault && (entry.getKey().startsWith("fs.") || entry.getKey().startsWith("dfs."))) {
        own.put(entry.getKey(), entry.getValue());
      }
    }
    return own;
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
    requireHost(location);
    Place place = places.of(location, options);
    String root = respelled(place.root(), location, spelling);
    return slots
        .computeIfAbsent(new Key(root, options), key -> new Slot())
        .get(
            () -> {
              KerberosLogin.ensure(base);
              return MissingJars.open(new Path(root).toUri(), place.settings().applyTo(base));
            });
  }

  /**
   * The connection to the bucket of a location, made when it is first asked for and closed with
   * this.
   *
   * @throws io.github.flytehadoop.error.ConfigException when a setting of it cannot be used
   */
  public S3Connection s3(Location location, FileSystemOptions options) throws IOException {
    if (closed) {
      throw new IllegalStateException("Cannot open " + location + ": this provider is closed.");
    }
    KerberosLogin.ensure(base); // a credential store may be on HDFS
    return s3.computeIfAbsent(
        new Key(location.authority(), options),
        key ->
            new S3Connection(
                S3ClientSettings.of(location.authority(), configuration(location, options))));
  }

  /** What the file system of a location is made with: a copy, which holds secrets. */
  public Configuration configuration(Location location, FileSystemOptions options) {
    return places.of(location, options).settings().applyTo(base);
  }

  /** What the file system of a location is made with: a copy, which holds secrets. */
  public Configuration configuration(Location location) {
    return configuration(location, FileSystemOptions.defaults());
  }

  /** The base Configuration: a copy. */
  public Configuration base() {
    return new Configuration(base);
  }

  /**
   * Refuses a scheme that nobody knows; a worker's places are known already.
   *
   * @param others what is known beside Hadoop's file systems
   * @throws IllegalArgumentException with the known ones and what to do
   */
  public void requireKnown(Location location, Set<String> others) {
    if (places instanceof ConfiguredPlaces configured && !configured.knows(location.scheme())) {
      throw MissingJars.unknown(location.scheme(), others);
    }
  }

  private static String respelled(String root, Location location, String spelling) {
    return spelling.equals(location.scheme())
        ? root
        : spelling + root.substring(root.indexOf("://"));
  }

  /** Only HDFS may leave its host to {@code fs.defaultFS}. */
  private void requireHost(Location location) {
    URI byDefault = FileSystem.getDefaultUri(base);
    if (location.scheme().equals("hdfs")
        && location.authority().isEmpty()
        && !"hdfs".equals(byDefault.getScheme())) {
      throw new IllegalArgumentException(
          "Cannot open "
              + location
              + ": it names no host and fs.defaultFS is "
              + byDefault
              + ". Write hdfs://namenode:8020/path, or set fs.defaultFS.");
    }
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
    s3.values()
        .forEach(
            connection ->
                connection.requests().forEach((kind, count) -> sum.merge(kind, count, Long::sum)));
    return sum;
  }

  /** Closes every file system that was made; harmless when repeated. */
  @Override
  public void close() {
    closed = true;
    List<Slot> made = new ArrayList<>(slots.values());
    slots.clear();
    made.forEach(Slot::close);
    List<S3Connection> connections = new ArrayList<>(s3.values());
    s3.clear();
    connections.forEach(S3Connection::close);
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
