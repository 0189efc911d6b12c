/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop;

import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.hadoop.azure.AzureClientSettings;
import io.github.flytehadoop.hadoop.azure.AzureConnection;
import io.github.flytehadoop.hadoop.gcs.GcsClientSettings;
import io.github.flytehadoop.hadoop.gcs.GcsConnection;
import io.github.flytehadoop.hadoop.overlay.Overlay;
import io.github.flytehadoop.hadoop.s3.S3ClientSettings;
import io.github.flytehadoop.hadoop.s3.S3Connection;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.StoreKind;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
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

  private final FileSystemSpecs places;
  private final Configuration base;
  private final HadoopSettings shared;
  private final ConcurrentMap<Key, FileSystemSlot> slots = new ConcurrentHashMap<>();
  private final ConcurrentMap<Key, S3Connection> s3 = new ConcurrentHashMap<>();
  private final ConcurrentMap<Key, GcsConnection> gcs = new ConcurrentHashMap<>();
  private final ConcurrentMap<Key, AzureConnection> azure = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /** A registry that has made nothing yet; the base Configuration is copied. */
  public FileSystems(DataConfig dataConfig, Configuration base, Map<String, String> environment) {
    this.base = new Configuration(base);
    this.places = new FileSystemSpecsFromConfig(dataConfig, Map.copyOf(environment), this.base);
    this.shared = HadoopSettings.shared(dataConfig, environment);
    UnixIdentity.ensureLoginUser(this.base, environment);
  }

  /** A worker's registry: the places of its job over the worker's own Configuration. */
  public FileSystems(
      SerializableFileSystemSpecs places, Configuration base, Map<String, String> environment) {
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
  public SerializableFileSystemSpecs ship(Collection<Location> locations) {
    ShippedValues values = new ShippedValues(base);
    Map<String, FileSystemSpec> shipped = new HashMap<>();
    for (Location location : locations) {
      for (Access access : Access.values()) {
        try {
          FileSystemSpec place =
              places.of(location, FileSystemOptions.defaults().withAccess(access));
          shipped.put(
              SerializableFileSystemSpecs.name(location, access),
              place.with(values.of(place.settings())));
        } catch (UnsupportedOperationException noAnonymous) {
          LOG.debug("{} has no {}", location, access);
        }
      }
    }
    return new SerializableFileSystemSpecs(shipped);
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
      throw closed(location);
    }
    requireHost(location);
    FileSystemSpec place = places.of(location, options);
    String root = respelled(place.root(), location, spelling);
    return slots
        .computeIfAbsent(new Key(root, options), key -> new FileSystemSlot())
        .get(
            () -> {
              KerberosLogin.ensure(base);
              return FileSystemLoader.open(new Path(root).toUri(), place.settings().applyTo(base));
            });
  }

  /**
   * The connection to the bucket of a location, made when it is first asked for and closed with
   * this.
   *
   * @throws io.github.flytehadoop.error.ConfigException when a setting of it cannot be used
   * @throws IOException when a jar of the client is missing
   */
  public S3Connection s3(Location location, FileSystemOptions options) throws IOException {
    if (closed) {
      throw closed(location);
    }
    FileSystemLoader.requireSdk();
    KerberosLogin.ensure(base); // a credential store may be on HDFS
    return s3.computeIfAbsent(
        new Key(location.authority(), options),
        key ->
            new S3Connection(
                S3ClientSettings.of(location.authority(), configuration(location, options))));
  }

  /**
   * The connection that serves a location in Google Cloud Storage, made when it is first asked for
   * and closed with this. Making it needs neither credentials nor a network.
   *
   * @throws io.github.flytehadoop.error.ConfigException when a setting of it cannot be used
   * @throws IOException when a jar of the client is missing
   */
  public GcsConnection gcs(Location location, FileSystemOptions options) throws IOException {
    if (closed) {
      throw closed(location);
    }
    FileSystemLoader.requireGoogle();
    KerberosLogin.ensure(base); // a credential store may be on HDFS
    return gcs.computeIfAbsent(
        new Key(places.of(location, options).root(), options),
        key -> new GcsConnection(GcsClientSettings.of(configuration(location, options))));
  }

  /**
   * The connection to the container of a location, made when it is first asked for.
   *
   * @throws io.github.flytehadoop.error.ConfigException when a setting of it cannot be used
   * @throws IOException when a jar of the client, or something to log in with, is missing
   */
  public AzureConnection azure(Location location, FileSystemOptions options) throws IOException {
    if (closed) {
      throw closed(location);
    }
    FileSystemLoader.requireAzureSdk();
    KerberosLogin.ensure(base); // a credential store may be on HDFS
    URI root = root(location, options);
    Key key = new Key(root.toString(), options);
    AzureConnection known = azure.get(key);
    if (known == null) {
      known = new AzureConnection(AzureClientSettings.of(root, configuration(location, options)));
      azure.putIfAbsent(key, known);
    }
    return Objects.requireNonNull(azure.get(key));
  }

  /** The root of the file system of a location: scheme and authority, as Hadoop writes them. */
  public URI root(Location location, FileSystemOptions options) {
    return new Path(places.of(location, options).root()).toUri();
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
   * Refuses a scheme that nobody knows, where a worker's places are known already, and a location
   * whose settings cannot be used.
   *
   * @param others what is known beside Hadoop's file systems
   * @throws IllegalArgumentException with the known ones and what to do
   * @throws io.github.flytehadoop.error.ConfigException when a setting cannot be used
   */
  public void requireKnown(Location location, Set<String> others) {
    if (places instanceof FileSystemSpecsFromConfig configured
        && !configured.knows(location.scheme())) {
      throw FileSystemLoader.unknown(location.scheme(), others);
    }
    requireHost(location);
    FileSystemSpec place = places.of(location, FileSystemOptions.defaults());
    LOG.trace("{} is at {}", location, place.root());
  }

  private static String respelled(String root, Location location, String spelling) {
    return spelling.equals(location.scheme())
        ? root
        : spelling + root.substring(root.indexOf("://"));
  }

  private static IllegalStateException closed(Location location) {
    return Problem.cannot("open", location).because("this provider is closed").state();
  }

  /** Only HDFS may leave its host to {@code fs.defaultFS}. */
  private void requireHost(Location location) {
    URI byDefault = FileSystem.getDefaultUri(base);
    if (location.isOf(StoreKind.HDFS)
        && location.authority().isEmpty()
        && StoreKind.of(byDefault.getScheme()) != StoreKind.HDFS) {
      throw Problem.cannot("open", location)
          .because("it names no host and fs.defaultFS is " + byDefault)
          .remedy("Write hdfs://namenode:8020/path, or set fs.defaultFS.")
          .argument();
    }
  }

  /** Requests that all clients have sent so far, by class; for stores whose clients count. */
  public Map<String, Long> requests() {
    Map<String, Long> sum = new TreeMap<>();
    for (FileSystemSlot slot : slots.values()) {
      FileSystem fileSystem = slot.ifMade();
      if (fileSystem != null) {
        add(sum, RequestCounts.of(fileSystem));
      }
    }
    s3.values().forEach(connection -> add(sum, connection.requests()));
    gcs.values().forEach(connection -> add(sum, connection.requests()));
    azure.values().forEach(connection -> add(sum, connection.requests()));
    return sum;
  }

  private static void add(Map<String, Long> sum, Map<String, Long> more) {
    more.forEach((kind, count) -> sum.merge(kind, count, Long::sum));
  }

  /** Closes every file system that was made; harmless when repeated. */
  @Override
  public void close() {
    closed = true;
    List<FileSystemSlot> made = new ArrayList<>(slots.values());
    slots.clear();
    made.forEach(FileSystemSlot::close);
    List<S3Connection> connections = new ArrayList<>(s3.values());
    s3.clear();
    for (S3Connection connection : connections) { // no reference: it would look for the SDK
      connection.close();
    }
    gcs.values().forEach(connection -> connection.close()); // no reference: it would look for it
    gcs.clear();
  }
}
