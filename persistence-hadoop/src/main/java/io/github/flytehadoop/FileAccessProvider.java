/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.error.Printable;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.hadoop.AnonymousAccess;
import io.github.flytehadoop.hadoop.ConfDirectory;
import io.github.flytehadoop.hadoop.FileSystemOptions;
import io.github.flytehadoop.hadoop.FileSystems;
import io.github.flytehadoop.hadoop.HadoopSettings;
import io.github.flytehadoop.location.LocalSandbox;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.PathForm;
import io.github.flytehadoop.location.PathJoin;
import io.github.flytehadoop.location.PathSyntax;
import io.github.flytehadoop.location.RandomNames;
import io.github.flytehadoop.location.RawOutputPrefix;
import io.github.flytehadoop.location.RecursivePaths;
import io.github.flytehadoop.location.Scheme;
import io.github.flytehadoop.location.StoreKind;
import io.github.flytehadoop.location.TemporaryDirectory;
import io.github.flytehadoop.store.registry.StoreRegistry;
import io.github.flytehadoop.transfer.BlobDimensionality;
import io.github.flytehadoop.transfer.CheckReport;
import io.github.flytehadoop.transfer.CompareBy;
import io.github.flytehadoop.transfer.CopyOptions;
import io.github.flytehadoop.transfer.Depth;
import io.github.flytehadoop.transfer.Difference;
import io.github.flytehadoop.transfer.ObjectStatus;
import io.github.flytehadoop.transfer.PendingOutput;
import io.github.flytehadoop.transfer.ProgressListener;
import io.github.flytehadoop.transfer.RawData;
import io.github.flytehadoop.transfer.RawDataOptions;
import io.github.flytehadoop.transfer.TransferEngine;
import io.github.flytehadoop.transfer.TransferLimits;
import io.github.flytehadoop.transfer.TransferReport;
import io.github.flytehadoop.transfer.job.Engines;
import io.github.flytehadoop.transfer.job.Transfers;
import io.github.flytehadoop.transfer.work.LocalEngine;
import java.io.IOException;
import java.io.InputStream;
import java.io.NotSerializableException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configurable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.jspecify.annotations.Nullable;

/**
 * Moves the data of a Flyte task between the local sandbox and the durable store behind the raw
 * output prefix: files, directories, raw bytes and streams, on every Hadoop file system, configured
 * by one {@link DataConfig}.
 *
 * <pre>{@code
 * try (var provider = FileAccessProvider.builder()
 *     .localSandboxDir(Path.of("/tmp/sandbox"))
 *     .rawOutputPrefix("s3://bucket/raw")
 *     .build()) {
 *   String uri = provider.putRawData(RawData.path(Path.of("model.bin"))).uri();
 *   provider.getData(uri, Path.of("copy.bin"));
 * }
 * }</pre>
 *
 * <p>Paths are local, with or without {@code file:}, or {@code scheme://authority/key}; keys are
 * literal. A file is visible under its final name when it is whole and not before. A call that
 * returns has done everything it was asked for; one that throws says what it did. Thread-safe; all
 * calls share the limits of {@link TransferLimits}. Closing ends what still runs and closes every
 * file system that was handed out.
 *
 * <p>Source: the FAP rules.
 */
public final class FileAccessProvider implements AutoCloseable, Serializable {
  private static final long serialVersionUID = 1L;

  static {
    SilentLogging.startWithoutProvider();
  }

  private final Supplier<LocalSandbox> sandbox;
  private final TemporarySandbox temporary = new TemporarySandbox();
  private final RawOutputPrefix prefix;
  private final DataConfig dataConfig;
  private final Supplier<String> randomNames;
  private final FileSystems fileSystems;
  private final StoreRegistry stores;
  private final Transfers transfers;
  private final PathOperations browser;
  private final AsyncCalls background = new AsyncCalls();
  private final FileSystemLookup lookup;
  private final Runnable whenClosed;
  private volatile boolean closed;
  private final @Nullable Serializable serializedAs;

  private FileAccessProvider(Builder wanted, RawOutputPrefix prefix, Runnable whenClosed)
      throws IOException {
    this.prefix = prefix;
    this.dataConfig = wanted.dataConfig == null ? DataConfig.auto() : wanted.dataConfig;
    this.randomNames = wanted.randomNames;
    this.whenClosed = whenClosed;
    this.serializedAs = wanted.serializedAs;
    this.sandbox = wanted.temporarySandbox ? temporary : made(wanted.localSandboxDir);
    Configuration base =
        wanted.configuration == null
            ? ConfDirectory.configuration(System.getenv())
            : wanted.configuration;
    this.fileSystems = new FileSystems(dataConfig, base, System.getenv());
    this.stores =
        new StoreRegistry(
            fileSystems,
            wanted.anonymous,
            wanted.limits.partSizeBytes(),
            wanted.limits.partsInFlight());
    Map<String, String> metadata =
        dataConfig.generic().attachExecutionMetadata() ? wanted.executionMetadata : Map.of();
    this.transfers =
        new Transfers(
            stores,
            wanted.limits,
            metadata,
            wanted.progress,
            new Engines(wanted.engine, engine -> tell(engine, base)));
    this.browser = new PathOperations(stores, metadata);
    this.lookup = new FileSystemLookup(fileSystems, stores, prefix.location());
    stores.requireKnown(prefix.location());
  }

  private static Supplier<LocalSandbox> made(@Nullable Path directory) throws IOException {
    LocalSandbox sandbox =
        LocalSandbox.create(
            Objects.requireNonNull(directory, "localSandboxDir: a provider needs a valid one"));
    return () -> sandbox;
  }

  /** A cluster is described by Hadoop's configuration, as its stores are. */
  private static void tell(TransferEngine engine, Configuration configuration) {
    if (engine instanceof Configurable configurable) {
      configurable.setConf(HadoopSettings.ofJobs().applyTo(configuration));
    }
  }

  /** Starts with nothing set; the sandbox directory and the raw output prefix are required. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * A provider below a new temporary directory, which goes away on {@link #close()} (FAP-C4).
   *
   * @throws IOException when the directory cannot be made
   */
  public static FileAccessProvider localDefault() throws IOException {
    TemporaryDirectory directory = TemporaryDirectory.create("flyte-");
    return builder()
        .localSandboxDir(directory.path().resolve("sandbox"))
        .rawOutputPrefix(directory.path().resolve("raw").toString())
        .build(directory::close);
  }

  /** The directory for local files, {@code <localSandboxDir>/local_flytekit} (FAP-P-2). */
  public Path localSandboxDir() {
    return sandbox.get().directory();
  }

  /**
   * Hadoop's view of the local disk, without side files for checksums (FAP-P-3).
   *
   * @throws IOException when the provider is closed or Hadoop has no local file system
   */
  public FileSystem localAccess() throws IOException {
    return lookup.ofPath(StoreKind.FILE.prefix() + "/", FileSystemOptions.defaults());
  }

  /** What this provider was configured with. */
  public DataConfig dataConfig() {
    return dataConfig;
  }

  /** The prefix, ending with a separator (FAP-CT-7). */
  public String rawOutputPrefix() {
    return prefix.text();
  }

  /**
   * The file system of the prefix, made when it is first asked for (FAP-CT-6): a provider, its
   * joins and its paths need no credentials and no network.
   *
   * @throws UnsupportedOperationException when the store of the prefix is no file system
   * @throws UncheckedIOException when the file system does not start; another call tries again
   */
  public FileSystem rawOutputFileSystem() {
    try {
      return lookup.ofProtocol("", FileSystemOptions.defaults());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** A new Configuration for Spark, MapReduce or DistCp, with everything DataConfig says. */
  public Configuration hadoopConfiguration() {
    return fileSystems.shared();
  }

  /** The same as {@link #rawOutputFileSystem()}. */
  public FileSystem getFileSystem() {
    return rawOutputFileSystem();
  }

  /**
   * With credentials and without overrides: see {@link #getFileSystem(String, FileSystemOptions)}.
   *
   * @throws IllegalArgumentException for an unknown protocol, with the list of the known
   * @throws TransferException when its file system does not start
   */
  public FileSystem getFileSystem(String protocol) throws IOException {
    return getFileSystem(protocol, FileSystemOptions.defaults());
  }

  /**
   * The file system of a protocol: that of the raw output prefix when it has the protocol, else one
   * that serves every bucket. Empty means the protocol of the prefix (FAP-FS-1 to FAP-FS-6; fixes
   * W-10). It belongs to this provider: do not close it.
   *
   * @throws IllegalArgumentException for an unknown protocol, with the list of the known
   */
  public FileSystem getFileSystem(String protocol, FileSystemOptions options) throws IOException {
    Objects.requireNonNull(protocol, "protocol");
    Objects.requireNonNull(options, "options");
    return lookup.ofProtocol(protocol, options);
  }

  /**
   * With credentials: see {@link #getFileSystemForPath(String, FileSystemOptions)}.
   *
   * @throws IllegalArgumentException when the path is no location or of an unknown scheme
   * @throws TransferException when its file system does not start
   */
  public FileSystem getFileSystemForPath(String path) throws IOException {
    return getFileSystemForPath(path, FileSystemOptions.defaults());
  }

  /**
   * The file system that a path is in (FAP-FS-7). It takes paths in the caller's spelling of the
   * scheme, and belongs to this provider: do not close it.
   *
   * @throws IllegalArgumentException when the path is no location or of an unknown scheme
   * @throws UnsupportedOperationException when its store is no file system
   * @throws TransferException when its file system does not start
   */
  public FileSystem getFileSystemForPath(String path, FileSystemOptions options)
      throws IOException {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(options, "options");
    return lookup.ofPath(path, options);
  }

  /** The same, made in the background (FAP-FS-8). */
  public CompletableFuture<FileSystem> getFileSystemForPathAsync(
      String path, FileSystemOptions options) {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(options, "options");
    return background.run(() -> getFileSystemForPath(path, options));
  }

  /**
   * Whether something is at a path: an object, a file, a directory, or a prefix of other keys.
   * {@code false} only for a definite not-found (FAP-EX-1; fixes W-17).
   *
   * @throws TransferException when the store does not say, such as {@code ACCESS_DENIED}
   */
  public boolean exists(String path) throws IOException {
    return browser.exists(open(path, "path"));
  }

  /**
   * What is at a path, with checksum and metadata where the store has them.
   *
   * @throws io.github.flytehadoop.error.DataNotFoundException when there is nothing
   */
  public ObjectStatus stat(String path) throws IOException {
    return browser.stat(open(path, "path"));
  }

  /**
   * The entries of a directory, or all files below it. Lazy: pages are fetched as the stream is
   * read, and an error in a later one comes as {@link java.io.UncheckedIOException}. Close it.
   *
   * @throws io.github.flytehadoop.error.DataNotFoundException when there is nothing
   */
  public Stream<ObjectStatus> list(String path, Depth depth) throws IOException {
    Objects.requireNonNull(depth, "depth");
    return browser.list(open(path, "path"), depth);
  }

  /**
   * The bytes of a file; the stream is {@link org.apache.hadoop.fs.Seekable} where the store is.
   * Close it.
   *
   * @throws io.github.flytehadoop.error.DataNotFoundException when there is nothing (W-17)
   * @throws TransferException when the store refuses or does not answer
   */
  public InputStream openRead(String path) throws IOException {
    return browser.open(open(path, "path"));
  }

  /**
   * A new file, which only {@link PendingOutput#commit()} publishes. It counts among the files and
   * buffers of this provider until it is committed, aborted or closed; the call waits for a place.
   *
   * @throws TransferException when the store refuses to begin the file
   */
  public PendingOutput openWrite(String path) throws IOException {
    return openWrite(open(path, "path"), Map.of());
  }

  /**
   * The same with a content type, such as {@code text/html}, where the store keeps one; it is what
   * browsers go by.
   *
   * @throws TransferException when the store refuses to begin the file
   */
  public PendingOutput openWrite(String path, String contentType) throws IOException {
    return openWrite(
        open(path, "path"),
        Map.of("content-type", Objects.requireNonNull(contentType, "contentType")));
  }

  private PendingOutput openWrite(Location at, Map<String, String> headers) throws IOException {
    LocalEngine.Admission admission = transfers.admit(at);
    try {
      return new AdmittedOutput(browser.write(at, headers), transfers, admission);
    } catch (IOException | RuntimeException failure) {
      admission.close();
      throw failure;
    }
  }

  /**
   * Deletes a file, or with {@link Depth#TREE} a directory and everything below it.
   *
   * @throws io.github.flytehadoop.error.DataNotFoundException when there is nothing
   */
  public void delete(String path, Depth depth) throws IOException {
    Objects.requireNonNull(depth, "depth");
    browser.delete(open(path, "path"), depth);
  }

  /**
   * Deletes a file, if there is one. A store that lets nobody look whether there is one is asked to
   * delete it all the same.
   *
   * @throws TransferException when it may still be there
   */
  public void deleteIfExists(String path) throws IOException {
    browser.deleteIfExists(open(path, "path"));
  }

  /**
   * Moves a file, or with {@link Depth#TREE} a directory and everything below it, into the trash of
   * its store. HDFS has one where {@code fs.trash.interval} is above 0 on the client or the server.
   *
   * @return false when the store has no trash, or the path is in it already; nothing is changed
   *     then
   * @throws io.github.flytehadoop.error.DataNotFoundException when there is nothing
   */
  public boolean moveToTrash(String path, Depth depth) throws IOException {
    Objects.requireNonNull(depth, "depth");
    Location at = open(path, "path");
    if (!Trash.isPossibleAt(at)) {
      return false;
    }
    browser.deletable(at, depth);
    return Trash.move(at, lookup.ofPath(path, FileSystemOptions.defaults()));
  }

  /**
   * As {@link #getData(String, Path, BlobDimensionality)}, to a path that may start with {@code
   * file:} (FAP-G; fixes W-23).
   *
   * @throws io.github.flytehadoop.error.DataNotFoundException when the source is absent
   * @throws io.github.flytehadoop.error.DownloadException as {@link #getData(String, Path,
   *     BlobDimensionality)}
   * @throws IllegalArgumentException when the target is not local
   */
  public TransferReport get(String fromPath, String toPath, BlobDimensionality shape)
      throws IOException {
    Objects.requireNonNull(fromPath, "fromPath");
    Objects.requireNonNull(shape, "shape");
    Location to = open(toPath, "toPath");
    if (!to.isLocal()) {
      throw Problem.cannot("get to", to.text())
          .because("it is not local")
          .remedy("Use copy(from, to, options).")
          .argument();
    }
    return getData(fromPath, Path.of(to.key()), shape);
  }

  /**
   * One file to the local disk: see {@link #getData(String, Path, BlobDimensionality)}.
   *
   * @throws io.github.flytehadoop.error.DataNotFoundException when the source is absent
   * @throws io.github.flytehadoop.error.DownloadException otherwise; nothing partial is visible
   */
  public TransferReport getData(String remotePath, Path localPath) throws IOException {
    return getData(remotePath, localPath, BlobDimensionality.SINGLE);
  }

  /**
   * A file or directory to the local disk; missing parents are made (FAP-GD).
   *
   * <p>Shape: one file goes to the local path, or into it when it is a directory that exists. A
   * directory's contents go below the local path, merged with what is there; nothing is deleted. A
   * prefix asked for as {@code SINGLE} is an error (fixes W-20).
   *
   * @return what arrived; {@code uri} is the local path that was written
   * @throws io.github.flytehadoop.error.DataNotFoundException when the source is absent
   * @throws io.github.flytehadoop.error.DownloadException otherwise; files of a directory that had
   *     arrived stay, are whole, and are counted in its report
   */
  public TransferReport getData(String remotePath, Path localPath, BlobDimensionality shape)
      throws IOException {
    Location remote = open(remotePath, "remotePath");
    Objects.requireNonNull(localPath, "localPath");
    Objects.requireNonNull(shape, "shape");
    return transfers.get(remote, localPath, shape);
  }

  /**
   * One file to a store: see {@link #putData(Path, String, BlobDimensionality)}.
   *
   * @throws io.github.flytehadoop.error.UploadException when the file does not arrive; nothing
   *     partial is visible
   */
  public TransferReport putData(Path localPath, String remotePath) throws IOException {
    return putData(localPath, remotePath, BlobDimensionality.SINGLE);
  }

  /**
   * A local file or directory to a store (FAP-PD, FAP-PU).
   *
   * <p>Shape: one file goes to the remote path, or into it when that ends with a separator or is a
   * directory that exists by itself. A directory's contents go below the remote path; nothing is
   * deleted there. A directory without {@code MULTIPART} is an error (fixes W-27).
   *
   * @return what arrived; {@code uri} is what was written (fixes W-26)
   * @throws io.github.flytehadoop.error.UploadException files of a directory that had arrived stay,
   *     are whole, and are counted in its report
   */
  public TransferReport putData(Path localPath, String remotePath, BlobDimensionality shape)
      throws IOException {
    Objects.requireNonNull(localPath, "localPath");
    Location remote = open(remotePath, "remotePath");
    Objects.requireNonNull(shape, "shape");
    return transfers.put(localPath, remote, shape);
  }

  /**
   * To a random name below the raw output prefix: see the other form.
   *
   * @throws io.github.flytehadoop.error.UploadException when the data does not arrive; nothing
   *     partial is visible
   */
  public TransferReport putRawData(RawData data) throws IOException {
    return putRawData(data, RawDataOptions.defaults());
  }

  /**
   * A file, directory, bytes or stream below the raw output prefix (FAP-PR).
   *
   * <p>Shape: {@code <prefix>/<upload prefix or random>/<file name, the file's own, or random>};
   * the URI of a directory ends with a separator.
   *
   * @throws io.github.flytehadoop.error.UploadException and nothing partial is visible
   * @throws IllegalArgumentException when the raw output prefix is skipped without another
   */
  public TransferReport putRawData(RawData data, RawDataOptions options) throws IOException {
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(options, "options");
    requireOpen(prefix.text());
    Location target = new RawDataPaths(prefix, randomNames).of(data, options);
    if (data instanceof RawData.LocalPath local) {
      boolean directory = Files.isDirectory(local.path());
      return transfers.put(
          local.path(),
          target,
          directory ? BlobDimensionality.MULTIPART : BlobDimensionality.SINGLE);
    }
    return transfers.put(data, target, options.readChunkSizeBytes());
  }

  /** {@link #getData(String, Path)} in the background; {@code cancel(true)} ends it. */
  public CompletableFuture<TransferReport> getDataAsync(String remotePath, Path localPath) {
    Objects.requireNonNull(remotePath, "remotePath");
    Objects.requireNonNull(localPath, "localPath");
    return background.run(() -> getData(remotePath, localPath));
  }

  /** {@link #getData(String, Path, BlobDimensionality)} in the background. */
  public CompletableFuture<TransferReport> getDataAsync(
      String remotePath, Path localPath, BlobDimensionality shape) {
    Objects.requireNonNull(remotePath, "remotePath");
    Objects.requireNonNull(localPath, "localPath");
    Objects.requireNonNull(shape, "shape");
    return background.run(() -> getData(remotePath, localPath, shape));
  }

  /** {@link #putData(Path, String)} in the background; {@code cancel(true)} ends it. */
  public CompletableFuture<TransferReport> putDataAsync(Path localPath, String remotePath) {
    Objects.requireNonNull(localPath, "localPath");
    Objects.requireNonNull(remotePath, "remotePath");
    return background.run(() -> putData(localPath, remotePath));
  }

  /** {@link #putData(Path, String, BlobDimensionality)} in the background. */
  public CompletableFuture<TransferReport> putDataAsync(
      Path localPath, String remotePath, BlobDimensionality shape) {
    Objects.requireNonNull(localPath, "localPath");
    Objects.requireNonNull(remotePath, "remotePath");
    Objects.requireNonNull(shape, "shape");
    return background.run(() -> putData(localPath, remotePath, shape));
  }

  /** {@link #putRawData(RawData)} in the background; {@code cancel(true)} ends it. */
  public CompletableFuture<TransferReport> putRawDataAsync(RawData data) {
    Objects.requireNonNull(data, "data");
    return background.run(() -> putRawData(data));
  }

  /** {@link #putRawData(RawData, RawDataOptions)} in the background. */
  public CompletableFuture<TransferReport> putRawDataAsync(RawData data, RawDataOptions options) {
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(options, "options");
    return background.run(() -> putRawData(data, options));
  }

  /** {@link #copy} in the background; {@code cancel(true)} ends it. */
  public CompletableFuture<TransferReport> copyAsync(
      String fromPath, String toPath, CopyOptions options) {
    Objects.requireNonNull(fromPath, "fromPath");
    Objects.requireNonNull(toPath, "toPath");
    Objects.requireNonNull(options, "options");
    return background.run(() -> copy(fromPath, toPath, options));
  }

  /**
   * The same as {@link #getData(String, Path)}.
   *
   * @throws io.github.flytehadoop.error.DataNotFoundException when the source is absent
   * @throws io.github.flytehadoop.error.DownloadException otherwise; nothing partial is visible
   */
  public TransferReport download(String remotePath, Path localPath) throws IOException {
    return getData(remotePath, localPath);
  }

  /**
   * {@link #getData(String, Path, BlobDimensionality)} of a directory.
   *
   * @throws io.github.flytehadoop.error.DataNotFoundException when the source is absent
   * @throws io.github.flytehadoop.error.DownloadException otherwise; files that had arrived stay
   *     and are whole
   */
  public TransferReport downloadDirectory(String remotePath, Path localPath) throws IOException {
    return getData(remotePath, localPath, BlobDimensionality.MULTIPART);
  }

  /**
   * The same as {@link #putData(Path, String)}.
   *
   * @throws io.github.flytehadoop.error.UploadException when the file does not arrive; nothing
   *     partial is visible
   */
  public TransferReport upload(Path localPath, String remotePath) throws IOException {
    return putData(localPath, remotePath);
  }

  /**
   * {@link #putData(Path, String, BlobDimensionality)} of a directory.
   *
   * @throws io.github.flytehadoop.error.UploadException otherwise; files that had arrived stay and
   *     are whole
   */
  public TransferReport uploadDirectory(Path localPath, String remotePath) throws IOException {
    return putData(localPath, remotePath, BlobDimensionality.MULTIPART);
  }

  /**
   * {@link #download(String, Path)} for callers that hold no {@code Path}, such as PySpark's.
   *
   * @throws io.github.flytehadoop.error.DataNotFoundException when the source is absent
   * @throws io.github.flytehadoop.error.DownloadException otherwise; nothing partial is visible
   */
  public TransferReport download(String remotePath, String localPath) throws IOException {
    return download(remotePath, localPath(localPath));
  }

  /**
   * {@link #downloadDirectory(String, Path)} for callers that hold no {@code Path}.
   *
   * @throws io.github.flytehadoop.error.DataNotFoundException when the source is absent
   * @throws io.github.flytehadoop.error.DownloadException otherwise; files that had arrived stay
   *     and are whole
   */
  public TransferReport downloadDirectory(String remotePath, String localPath) throws IOException {
    return downloadDirectory(remotePath, localPath(localPath));
  }

  /**
   * {@link #upload(Path, String)} for callers that hold no {@code Path}, such as PySpark's.
   *
   * @throws io.github.flytehadoop.error.UploadException when the file does not arrive; nothing
   *     partial is visible
   */
  public TransferReport upload(String localPath, String remotePath) throws IOException {
    return upload(localPath(localPath), remotePath);
  }

  /**
   * {@link #uploadDirectory(Path, String)} for callers that hold no {@code Path}.
   *
   * @throws io.github.flytehadoop.error.UploadException otherwise; files that had arrived stay and
   *     are whole
   */
  public TransferReport uploadDirectory(String localPath, String remotePath) throws IOException {
    return uploadDirectory(localPath(localPath), remotePath);
  }

  private static Path localPath(String path) {
    return Path.of(Objects.requireNonNull(path, "localPath"));
  }

  /**
   * Store to store, in this JVM or on a cluster. A file goes to the path, or into it when that ends
   * with a separator or is a directory that exists by itself.
   *
   * @throws io.github.flytehadoop.error.DataNotFoundException when the source is absent
   * @throws io.github.flytehadoop.error.CopyException otherwise; what had arrived stays and is
   *     counted in its report
   * @throws IllegalArgumentException when one path lies in the other
   */
  public TransferReport copy(String fromPath, String toPath, CopyOptions options)
      throws IOException {
    Location from = open(fromPath, "fromPath");
    Location to = open(toPath, "toPath");
    Objects.requireNonNull(options, "options");
    return transfers.copy(from, to, options);
  }

  /**
   * Compares two files or two directories, without copying anything: every difference is told to
   * {@code found} as it is seen, in the order of the paths.
   *
   * <p>Requests: a listing of each, and with {@link CompareBy#DIGESTS} one a file where both stores
   * are asked for the digest they keep; S3 is not.
   *
   * @throws io.github.flytehadoop.error.DataNotFoundException when one of them is absent
   */
  public CheckReport check(
      String firstPath, String secondPath, CompareBy by, Consumer<Difference> found)
      throws IOException {
    Location first = open(firstPath, "firstPath");
    Location second = open(secondPath, "secondPath");
    Objects.requireNonNull(by, "by");
    Objects.requireNonNull(found, "found");
    return transfers.check(first, second, by, found);
  }

  private Location open(String path, String name) {
    requireOpen(Objects.requireNonNull(path, name));
    return Location.parse(path);
  }

  private void requireOpen(String path) {
    if (closed) {
      throw Problem.cannot("use", Printable.unchecked(path))
          .because("this provider is closed")
          .remedy("Make another.")
          .state();
    }
  }

  /** Joins on the raw output file system: see {@link PathJoin#join} (FAP-J; fixes W-14). */
  public String join(String base, String... tails) {
    Objects.requireNonNull(tails, "tails");
    return PathJoin.join(prefix.location().scheme(), separator(), PathForm.AS_GIVEN, base, tails);
  }

  /** Joins on a file system: see {@link PathJoin#join} (FAP-J; fixes W-14). */
  public String join(FileSystem fileSystem, PathForm form, String base, String... tails) {
    Objects.requireNonNull(tails, "tails");
    return PathJoin.join(schemeOf(fileSystem), sep(fileSystem), form, base, tails);
  }

  private String separator() {
    return Scheme.separator(prefix.location().scheme());
  }

  private static String schemeOf(FileSystem fileSystem) {
    return Scheme.canonical(Objects.requireNonNull(fileSystem, "fileSystem").getUri().getScheme());
  }

  /** A random path below the raw output prefix (FAP-GP-1). */
  public String generateNewCustomPath() {
    return generateNewCustomPath(null, null);
  }

  /** See {@link RawOutputPrefix#generateNewCustomPath} (FAP-GP-1; fixes W-15). */
  public String generateNewCustomPath(@Nullable String alt, @Nullable String stem) {
    return prefix.generateNewCustomPath(alt, stem, randomNames.get());
  }

  /**
   * The same for a file system, which must be of the prefix's kind.
   *
   * @throws IllegalArgumentException when the file system is of another scheme than the prefix
   */
  public String generateNewCustomPath(
      FileSystem fileSystem, @Nullable String alt, @Nullable String stem) {
    if (!Scheme.sameStore(schemeOf(fileSystem), prefix.location().scheme())) {
      throw Problem.cannot("make a path on", fileSystem.getUri())
          .because("the raw output prefix is " + prefix.text())
          .remedy("Use that prefix's file system.")
          .argument();
    }
    return generateNewCustomPath(alt, stem);
  }

  /** A new path in the sandbox; nothing is created (FAP-RL-1). */
  public Path getRandomLocalPath() {
    return sandbox.get().randomPath(randomNames.get());
  }

  /** A new path in the sandbox with the last segment of a file name (FAP-RL-1). */
  public Path getRandomLocalPath(String fileName) {
    Objects.requireNonNull(fileName, "fileName");
    return sandbox.get().randomPath(randomNames.get(), fileName);
  }

  /**
   * A new directory in the sandbox, created (FAP-RL-2).
   *
   * @throws IOException when it cannot be made
   */
  public Path getRandomLocalDirectory() throws IOException {
    return sandbox.get().randomDirectory(randomNames.get());
  }

  /** A new path below the raw output prefix (FAP-RR-1). */
  public String getRandomRemotePath() {
    return prefix.randomRemotePath(randomNames.get());
  }

  /** A new path below the raw output prefix with the last segment of a file name (FAP-RR-1). */
  public String getRandomRemotePath(String fileName) {
    Objects.requireNonNull(fileName, "fileName");
    return prefix.randomRemotePath(randomNames.get(), fileName);
  }

  /** A new path for a directory below the raw output prefix; nothing is created (FAP-RR-2). */
  public String getRandomRemoteDirectory() {
    return prefix.randomRemoteDirectory(randomNames.get());
  }

  /** 32 lower-case hexadecimal characters, or what the builder's supplier gives (FAP-RS-1). */
  public String getRandomString() {
    return randomNames.get();
  }

  /** What a file system separates segments by; the local separator for null (FAP-SEP-1). */
  public String sep(@Nullable FileSystem fileSystem) {
    return Scheme.separator(fileSystem == null ? null : schemeOf(fileSystem));
  }

  /** The last segment: empty when the path ends with a separator (FAP-FT-1). */
  public static String getFileTail(String path) {
    Objects.requireNonNull(path, "path");
    return PathSyntax.fileTail(path);
  }

  /** The path without one leading {@code file://}; nothing is decoded (FAP-SH-1). */
  public static String stripFileHeader(String path) {
    Objects.requireNonNull(path, "path");
    return PathSyntax.withoutFileHeader(path);
  }

  /** The form that both sides of a directory transfer have (FAP-RP-1). */
  public static RecursivePaths recursivePaths(String from, String to) {
    return RecursivePaths.of(from, to);
  }

  /**
   * Whether a path is not local (FAP-R-1; fixes W-13).
   *
   * @deprecated as in flytekit: nearly all callers want {@link #getFileSystemForPath(String)}
   */
  @Deprecated
  @SuppressWarnings("InlineMeSuggester")
  public static boolean isRemote(String path) {
    return Scheme.isRemote(path);
  }

  /** Ends what still runs and closes every file system; harmless when repeated. */
  @Override
  public void close() {
    closed = true;
    background.close();
    transfers.close();
    fileSystems.close();
    temporary.close();
    whenClosed.run();
  }

  private Object writeReplace() throws NotSerializableException {
    if (serializedAs == null) {
      throw Problem.cannot("send a FileAccessProvider to another process")
          .because("it holds open file systems")
          .remedy("In a Spark task use the one of FlyteSpark.provider(spark).")
          .made(NotSerializableException::new);
    }
    return serializedAs;
  }

  /** Collects what a provider needs. */
  public static final class Builder {
    private @Nullable Serializable serializedAs;
    private @Nullable Path localSandboxDir;
    private boolean temporarySandbox;
    private @Nullable String rawOutputPrefix;
    private @Nullable DataConfig dataConfig;
    private @Nullable Configuration configuration;
    private @Nullable TransferEngine engine;
    private Map<String, String> executionMetadata = Map.of();
    private AnonymousAccess anonymous = AnonymousAccess.ON_AUTH_FAILURE;
    private Supplier<String> randomNames = new RandomNames();
    private TransferLimits limits = TransferLimits.defaults();
    private ProgressListener progress = new ProgressListener() {};

    private Builder() {}

    /** Where local files go; made when absent. Required (FAP-CT-2, FAP-CT-3). */
    public Builder localSandboxDir(Path directory) {
      this.localSandboxDir = Objects.requireNonNull(directory, "localSandboxDir");
      this.temporarySandbox = false;
      return this;
    }

    /**
     * Where local files go when the caller needs no place of its own: a directory below {@code
     * java.io.tmpdir}, made when it is first asked for and removed on close. In place of {@link
     * #localSandboxDir}.
     */
    public Builder temporarySandbox() {
      this.temporarySandbox = true;
      return this;
    }

    /** Where durable data goes: a URI or a local path. Required (FAP-CT-6 to FAP-CT-9). */
    public Builder rawOutputPrefix(String uri) {
      this.rawOutputPrefix = Objects.requireNonNull(uri, "rawOutputPrefix");
      return this;
    }

    /** Credentials, endpoints and the rest; {@link DataConfig#auto()} otherwise (FAP-CT-4). */
    public Builder dataConfig(DataConfig config) {
      this.dataConfig = Objects.requireNonNull(config, "dataConfig");
      return this;
    }

    /**
     * Put on every file where the store keeps metadata, unless DataConfig says not to (FAP-CT-5,
     * FAP-PU-11; fixes W-30). The map is copied; S3 does not keep empty values.
     */
    public Builder executionMetadata(Map<String, String> metadata) {
      this.executionMetadata = Map.copyOf(Objects.requireNonNull(metadata, "executionMetadata"));
      return this;
    }

    /** What DataConfig is laid over; {@code new Configuration()} otherwise. */
    public Builder hadoopConfiguration(Configuration base) {
      this.configuration = Objects.requireNonNull(base, "hadoopConfiguration");
      return this;
    }

    /** When buckets are read without credentials; {@code ON_AUTH_FAILURE} otherwise. */
    public Builder anonymousAccess(AnonymousAccess policy) {
      this.anonymous = Objects.requireNonNull(policy, "anonymousAccess");
      return this;
    }

    /** What random names come from; each call must give another, fit for one path segment. */
    public Builder randomNames(Supplier<String> names) {
      this.randomNames = Objects.requireNonNull(names, "randomNames");
      return this;
    }

    /** What the provider may use at once. */
    public Builder transferLimits(TransferLimits shared) {
      this.limits = Objects.requireNonNull(shared, "transferLimits");
      return this;
    }

    /** Who copies, besides this JVM. */
    public Builder engine(TransferEngine forCopies) {
      this.engine = Objects.requireNonNull(forCopies, "engine");
      return this;
    }

    /** Who hears of progress. */
    public Builder progress(ProgressListener listener) {
      this.progress = Objects.requireNonNull(listener, "progress");
      return this;
    }

    /**
     * What goes to another process in the provider's place: its {@code readResolve} gives the
     * provider there. A provider without it cannot be serialised.
     */
    public Builder serializedAs(Serializable handle) {
      this.serializedAs = Objects.requireNonNull(handle, "handle");
      return this;
    }

    /**
     * The provider; its sandbox exists and its raw output file system is made.
     *
     * @throws IOException when one of them cannot be made
     * @throws NullPointerException when a required value is missing
     * @throws IllegalArgumentException when the prefix is empty or of an unknown scheme
     */
    public FileAccessProvider build() throws IOException {
      return build(() -> {});
    }

    FileAccessProvider build(Runnable whenClosed) throws IOException {
      String given =
          Objects.requireNonNull(rawOutputPrefix, "rawOutputPrefix: a provider needs one");
      return new FileAccessProvider(this, RawOutputPrefix.parse(given), whenClosed);
    }
  }
}
