/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.registry;

import io.github.flytehadoop.error.ConfigException;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.hadoop.Access;
import io.github.flytehadoop.hadoop.AnonymousAccess;
import io.github.flytehadoop.hadoop.Durability;
import io.github.flytehadoop.hadoop.FileSystemOptions;
import io.github.flytehadoop.hadoop.FileSystems;
import io.github.flytehadoop.hadoop.PartSize;
import io.github.flytehadoop.hadoop.azure.AzureClients;
import io.github.flytehadoop.hadoop.azure.AzureNamespace;
import io.github.flytehadoop.hadoop.gcs.GcsClients;
import io.github.flytehadoop.hadoop.s3.S3Clients;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.Scheme;
import io.github.flytehadoop.location.StoreKind;
import io.github.flytehadoop.store.CanonicalPlace;
import io.github.flytehadoop.store.Store;
import io.github.flytehadoop.store.StoreTraits;
import io.github.flytehadoop.store.Stores;
import io.github.flytehadoop.store.StoresHandle;
import io.github.flytehadoop.store.azure.AzureStore;
import io.github.flytehadoop.store.failure.HadoopFailures;
import io.github.flytehadoop.store.gcs.GcsStore;
import io.github.flytehadoop.store.hadoop.UploadBuffers;
import io.github.flytehadoop.store.hdfs.HdfsStore;
import io.github.flytehadoop.store.hdfs.RenamingStore;
import io.github.flytehadoop.store.local.LocalStagedFile;
import io.github.flytehadoop.store.local.LocalStore;
import io.github.flytehadoop.store.s3.S3Store;
import io.github.flytehadoop.store.s3.S3aStore;
import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the store of a location, and decides whether it may be read without credentials. */
public final class StoreRegistry implements Stores {
  private static final Logger LOG = LoggerFactory.getLogger(StoreRegistry.class);
  private static final int DEFAULT_PARTS_IN_FLIGHT = 32;
  private static final long LEAST_BLOCK_BYTES = 4L << 20;
  private static final long MOST_BLOCK_BYTES = 64L << 20;

  private final LocalStore local;
  private final FileSystems fileSystems;
  private final AnonymousAccess anonymous;
  private final long partSizeBytes;
  private final Semaphore partsInFlight;
  private final StoreProviders provided = new StoreProviders();
  private final ConcurrentMap<String, Store> stores = new ConcurrentHashMap<>();

  /** A registry over file systems that somebody else closes, with the usual parts in flight. */
  public StoreRegistry(FileSystems fileSystems, AnonymousAccess anonymous, long partSizeBytes) {
    this(fileSystems, anonymous, partSizeBytes, DEFAULT_PARTS_IN_FLIGHT);
  }

  /**
   * A registry over file systems that somebody else closes.
   *
   * @param partsInFlight the most parts that uploads to S3 send at once, over all files
   */
  public StoreRegistry(
      FileSystems fileSystems, AnonymousAccess anonymous, long partSizeBytes, int partsInFlight) {
    this.local = new LocalStore(LocalStagedFile.Opener.PLAIN, Durability.of(fileSystems.base()));
    this.fileSystems = fileSystems;
    this.anonymous = anonymous;
    this.partSizeBytes = partSizeBytes;
    this.partsInFlight = new Semaphore(partsInFlight);
  }

  /**
   * The store that a location is in; cheap after the first time.
   *
   * @throws IllegalArgumentException when nobody knows the scheme
   */
  @Override
  public Store of(Location location) throws IOException {
    if (location.isLocal()) {
      return local;
    }
    String place = location.root();
    Store known = stores.get(place);
    if (known != null) {
      return known;
    }
    Store made = make(location);
    Store first = stores.putIfAbsent(place, made);
    return first == null ? made : first;
  }

  @Override
  public CanonicalPlace placeOf(Location location) throws IOException {
    return new CanonicalPlaces(this, fileSystems.base()).of(location);
  }

  /** Making a file system. */
  public interface Opening {
    /** The file system, or why there is none. */
    FileSystem open() throws IOException;
  }

  /**
   * A file system for callers, or a failure that is classified as that of a transfer would be.
   *
   * @throws io.github.flytehadoop.error.TransferException when it does not start
   * @throws UnsupportedOperationException when the store of the location is no file system
   */
  public FileSystem opening(Location location, Opening opening) throws IOException {
    if (!hasFileSystem(location)) {
      throw Problem.cannot("give a Hadoop file system of", location.scheme() + "://")
          .because("this store has none")
          .remedy("Use openRead, openWrite, list and the transfers.")
          .made(UnsupportedOperationException::new);
    }
    try {
      return opening.open();
    } catch (IOException failure) {
      throw notOpened(location, failure);
    }
  }

  /** All that the GCS client does before its first request is to look for credentials. */
  private static TransferException notOpened(Location location, IOException failure) {
    boolean missing =
        HadoopFailures.kindOf(failure, FailureKind.CONFLICT) == FailureKind.UNSUPPORTED;
    return location.isOf(StoreKind.GCS) && !missing
        ? HadoopFailures.ofKind(FailureKind.NO_CREDENTIALS, "open", location, failure)
        : HadoopFailures.of("open", location, failure);
  }

  /** Whether a Hadoop file system serves a location, rather than a store without one. */
  public boolean hasFileSystem(Location location) {
    return !provided.schemes().contains(location.scheme())
        || Scheme.known().contains(location.scheme());
  }

  /**
   * Refuses a location that no store can be made for, and settings of it that cannot be used,
   * without a request or a look for credentials.
   *
   * @throws IllegalArgumentException in words
   * @throws ConfigException when a setting cannot be used
   */
  public void requireKnown(Location location) {
    if (!location.isLocal() && !provided.schemes().contains(location.scheme())) {
      fileSystems.requireKnown(location, provided.schemes());
    }
  }

  private Store make(Location location) throws IOException {
    Store foreign = provided.open(location, fileSystems.base());
    if (foreign != null) {
      return foreign;
    }
    fileSystems.requireKnown(location, provided.schemes());
    StoreTraits traits = traitsWithAnonymous(location);
    if (traits == null || anonymous == AnonymousAccess.NEVER) {
      return open(location, Access.CREDENTIALS);
    }
    return new AnonymousFallbackStore(
        location, traits, anonymous, access -> open(location, access));
  }

  /** Of a store that knows anonymous access; loads the classes of no other. */
  private @Nullable StoreTraits traitsWithAnonymous(Location location) {
    return switch (location.family()) {
      case S3 -> s3Traits(location.authority(), fileSystems.configuration(location));
      case GCS ->
          GcsClients.needsHadoop(fileSystems.configuration(location)).isEmpty()
              ? GcsStore.TRAITS
              : null;
      default -> null;
    };
  }

  private static @Nullable StoreTraits s3Traits(String bucket, Configuration conf) {
    if (S3Clients.isForeign(conf)) {
      return null;
    }
    return S3Clients.needsHadoop(bucket, conf).isEmpty() ? S3Store.TRAITS : S3aStore.TRAITS;
  }

  private Store open(Location location, Access access) throws IOException {
    FileSystemOptions options = FileSystemOptions.defaults().withAccess(access);
    try {
      return switch (location.family()) {
        case S3 -> s3(location, options);
        case GCS -> gcs(location, options);
        case AZURE -> azure(location, options);
        case HDFS -> new HdfsStore(fileSystems.of(location, options));
        default -> RenamingStore.of(fileSystems.of(location, options));
      };
    } catch (IOException failure) {
      throw notOpened(location, failure);
    } catch (IllegalStateException refused) {
      if (location.isOf(StoreKind.SFTP)) { // all that its client looks for at the start
        throw HadoopFailures.ofKind(FailureKind.NO_CREDENTIALS, "open", location, refused);
      }
      throw refused;
    } catch (IllegalArgumentException refused) {
      if (refused.getCause() instanceof UnknownHostException) {
        throw HadoopFailures.of("open", location, refused);
      }
      if (location.isOf(StoreKind.GCS) && !(refused instanceof ConfigException)) {
        throw HadoopFailures.ofKind(FailureKind.NO_CREDENTIALS, "open", location, refused);
      }
      throw refused;
    }
  }

  /** Our own client, unless settings ask for what only the connector does. */
  private Store gcs(Location location, FileSystemOptions options) throws IOException {
    Optional<String> needed = GcsClients.needsHadoop(fileSystems.configuration(location, options));
    if (needed.isEmpty()) {
      return new GcsStore(fileSystems.gcs(location, options), location.authority(), partSizeBytes);
    }
    LOG.debug("{} is served by Hadoop's own file system, because of {}", location, needed.get());
    return RenamingStore.of(fileSystems.of(location, options));
  }

  /** Our own client, unless the bucket needs what only S3A does. */
  private Store s3(Location location, FileSystemOptions options) throws IOException {
    Configuration conf = fileSystems.configuration(location, options);
    Optional<String> needed = S3Clients.needsHadoop(location.authority(), conf);
    if (needed.isEmpty()) {
      return new S3Store(fileSystems.s3(location, options), conf, partSizeBytes, partsInFlight);
    }
    LOG.debug("{} is served by Hadoop's own file system, because of {}", location, needed.get());
    FileSystem fileSystem = fileSystems.of(location, options);
    return S3Clients.isForeign(conf)
        ? RenamingStore.of(fileSystem)
        : new S3aStore(fileSystem, length -> withParts(location, options, length), partSizeBytes);
  }

  /** Our own client, unless the container needs what only Hadoop's file system does. */
  private Store azure(Location location, FileSystemOptions options) throws IOException {
    URI root = fileSystems.root(location, options);
    Configuration conf = fileSystems.configuration(location, options);
    Optional<String> needed = AzureClients.needsHadoop(root, conf);
    if (needed.isPresent()) {
      LOG.debug("{} is served by Hadoop's own file system, because of {}", location, needed.get());
      return RenamingStore.of(fileSystems.of(location, options), AzureStore.NAMES);
    }
    int blockBytes = (int) Math.min(MOST_BLOCK_BYTES, Math.max(LEAST_BLOCK_BYTES, partSizeBytes));
    AzureNamespace namespace = AzureNamespace.of(root, conf);
    return AzureStore.of(
        root,
        () -> fileSystems.of(location, options),
        fileSystems.azure(location, options),
        namespace,
        blockBytes);
  }

  /**
   * S3A holds a whole part in memory for each stream and fixes its size per instance: small files
   * get an instance with the smallest parts, huge ones one whose parts are enough (W-6).
   */
  private FileSystem withParts(Location location, FileSystemOptions options, long lengthBytes)
      throws IOException {
    long size = UploadBuffers.partSizeFor(lengthBytes, partSizeBytes);
    Map<String, String> keys = new TreeMap<>(PartSize.keys(location.scheme(), size));
    return fileSystems.of(location, options.withOverrides(keys));
  }

  @Override
  public StoresHandle ship(Collection<Location> locations) {
    List<Location> remote =
        locations.stream().filter(at -> !at.isLocal() && hasFileSystem(at)).toList();
    return new SerializableStores(fileSystems.ship(remote), anonymous, partSizeBytes);
  }

  @Override
  public Map<String, Long> requests() {
    return fileSystems.requests();
  }
}
