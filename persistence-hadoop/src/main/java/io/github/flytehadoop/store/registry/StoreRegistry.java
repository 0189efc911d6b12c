/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.registry;

import io.github.flytehadoop.error.ConfigException;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.hadoop.Access;
import io.github.flytehadoop.hadoop.AnonymousAccess;
import io.github.flytehadoop.hadoop.Durability;
import io.github.flytehadoop.hadoop.FileSystemOptions;
import io.github.flytehadoop.hadoop.FileSystems;
import io.github.flytehadoop.hadoop.PartSize;
import io.github.flytehadoop.hadoop.gcs.GcsSettings;
import io.github.flytehadoop.hadoop.s3.S3Clients;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.Scheme;
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
import io.github.flytehadoop.store.local.LocalStore;
import io.github.flytehadoop.store.local.LocalTarget;
import io.github.flytehadoop.store.s3.S3Store;
import io.github.flytehadoop.store.s3.S3aStore;
import java.io.IOException;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.azurebfs.AzureBlobFileSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the store of a location, and decides whether it may be read without credentials. */
public final class StoreRegistry implements Stores {
  private static final Logger LOG = LoggerFactory.getLogger(StoreRegistry.class);
  private static final long LEAST_BLOCK_BYTES = 4L << 20;
  private static final long MOST_BLOCK_BYTES = 64L << 20;

  private final LocalStore local;
  private final FileSystems fileSystems;
  private final AnonymousAccess anonymous;
  private final long partSizeBytes;
  private final ProvidedStores provided = new ProvidedStores();
  private final ConcurrentMap<String, Store> stores = new ConcurrentHashMap<>();

  /** A registry over file systems that somebody else closes. */
  public StoreRegistry(FileSystems fileSystems, AnonymousAccess anonymous, long partSizeBytes) {
    this.local = new LocalStore(LocalTarget.Opener.PLAIN, Durability.of(fileSystems.base()));
    this.fileSystems = fileSystems;
    this.anonymous = anonymous;
    this.partSizeBytes = partSizeBytes;
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
    String place = location.scheme() + "://" + location.authority();
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
      throw new UnsupportedOperationException(
          "Cannot give a Hadoop file system of "
              + location.scheme()
              + "://: this store has none. Use openRead, openWrite, list and the transfers.");
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
    return location.scheme().equals("gs") && !missing
        ? HadoopFailures.ofKind(FailureKind.NO_CREDENTIALS, "open", location, failure)
        : HadoopFailures.of("open", location, failure);
  }

  /** Whether a Hadoop file system serves a location, rather than a store without one. */
  public boolean hasFileSystem(Location location) {
    return !provided.schemes().contains(location.scheme())
        || Scheme.known().contains(location.scheme());
  }

  private Store make(Location location) throws IOException {
    Store foreign = provided.open(location, fileSystems.base());
    if (foreign != null) {
      return foreign;
    }
    fileSystems.requireKnown(location, provided.schemes());
    Map<String, StoreTraits> withAnonymous =
        Map.of(Scheme.S3, S3Store.TRAITS, "gs", GcsStore.TRAITS);
    StoreTraits traits = withAnonymous.get(location.scheme());
    if (traits == null || anonymous == AnonymousAccess.NEVER) {
      return open(location, Access.CREDENTIALS);
    }
    return new AnonymousFallback(location, traits, anonymous, access -> open(location, access));
  }

  private Store open(Location location, Access access) throws IOException {
    FileSystemOptions options = FileSystemOptions.defaults().withAccess(access);
    try {
      if (location.scheme().equals(Scheme.S3)) {
        return s3(location, options);
      }
      FileSystem fileSystem = fileSystems.of(location, options);
      return switch (location.scheme()) {
        case "gs" ->
            new GcsStore(fileSystem, length -> withParts(location, options, length), partSizeBytes);
        case "abfs", "abfss" -> azure(fileSystem);
        case "hdfs", "viewfs", "webhdfs", "swebhdfs" -> new HdfsStore(fileSystem);
        default -> RenamingStore.of(fileSystem);
      };
    } catch (IOException failure) {
      throw notOpened(location, failure);
    } catch (IllegalStateException refused) {
      if (location.scheme().equals("sftp")) { // all that its client looks for at the start
        throw HadoopFailures.ofKind(FailureKind.NO_CREDENTIALS, "open", location, refused);
      }
      throw refused;
    } catch (IllegalArgumentException refused) {
      if (refused.getCause() instanceof UnknownHostException) {
        throw HadoopFailures.of("open", location, refused);
      }
      if (location.scheme().equals("gs") && !(refused instanceof ConfigException)) {
        throw HadoopFailures.ofKind(FailureKind.NO_CREDENTIALS, "open", location, refused);
      }
      throw refused;
    }
  }

  /** Our own client, unless the bucket needs what only S3A does. */
  private Store s3(Location location, FileSystemOptions options) throws IOException {
    Configuration conf = fileSystems.configuration(location, options);
    Optional<String> needed = S3Clients.needsHadoop(location.authority(), conf);
    if (needed.isEmpty()) {
      return new S3Store(fileSystems.s3(location, options), conf, partSizeBytes);
    }
    LOG.debug("{} is served by Hadoop's own file system, because of {}", location, needed.get());
    return new S3aStore(
        fileSystems.of(location, options),
        length -> withParts(location, options, length),
        partSizeBytes);
  }

  /** A user may have chosen another implementation, of which only the Hadoop API is known. */
  private Store azure(FileSystem fileSystem) throws IOException {
    int blockBytes = (int) Math.min(MOST_BLOCK_BYTES, Math.max(LEAST_BLOCK_BYTES, partSizeBytes));
    return fileSystem instanceof AzureBlobFileSystem abfs
        ? AzureStore.of(abfs, blockBytes)
        : RenamingStore.of(fileSystem);
  }

  /**
   * S3A holds a whole part in memory for each stream and fixes its size per instance: small files
   * get an instance with the smallest parts, huge ones one whose parts are enough (W-6).
   */
  private FileSystem withParts(Location location, FileSystemOptions options, long lengthBytes)
      throws IOException {
    long size = UploadBuffers.partSizeFor(lengthBytes, partSizeBytes);
    Map<String, String> keys = new TreeMap<>(PartSize.keys(location.scheme(), size));
    if (lengthBytes == 0 && location.scheme().equals("gs")) {
      keys.putAll(GcsSettings.SINGLE_REQUEST);
    }
    return fileSystems.of(location, options.withOverrides(keys));
  }

  @Override
  public StoresHandle ship(Collection<Location> locations) {
    List<Location> remote =
        locations.stream().filter(at -> !at.isLocal() && hasFileSystem(at)).toList();
    return new ShippedStores(fileSystems.ship(remote), anonymous, partSizeBytes);
  }

  @Override
  public Map<String, Long> requests() {
    return fileSystems.requests();
  }
}
