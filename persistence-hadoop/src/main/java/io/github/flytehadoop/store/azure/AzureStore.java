/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.azure;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.hadoop.PartSize;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.ByteRange;
import io.github.flytehadoop.store.Checksum;
import io.github.flytehadoop.store.ObjectWrite;
import io.github.flytehadoop.store.StoreTraits;
import io.github.flytehadoop.store.Temporary;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.store.failure.HadoopFailures;
import io.github.flytehadoop.store.hadoop.ContentHeaders;
import io.github.flytehadoop.store.hadoop.HadoopStore;
import io.github.flytehadoop.store.hadoop.KeyRules;
import io.github.flytehadoop.store.hadoop.TreeWalk;
import io.github.flytehadoop.store.hadoop.WriterMark;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.azurebfs.AzureBlobFileSystem;
import org.apache.hadoop.fs.azurebfs.constants.FSOperationType;
import org.apache.hadoop.fs.azurebfs.contracts.exceptions.AbfsRestOperationException;
import org.apache.hadoop.fs.azurebfs.services.VersionedFileStatus;
import org.apache.hadoop.util.functional.RemoteIterators;
import org.jspecify.annotations.Nullable;

/**
 * Azure storage, through ABFS, whose writes are replaced by requests to the blob endpoint: it
 * publishes a blob in one step, on accounts with and without a hierarchical namespace.
 *
 * <p>Requests: a small file is one PUT, a large one its blocks and one; a listed file is one GET; a
 * listing of a tree is one a page without a hierarchical namespace, else one a directory; a stat is
 * one for a file.
 */
public final class AzureStore extends HadoopStore {
  private static final String CONTROLS = controls();
  private static final KeyRules NAMES =
      new KeyRules(1024, "\\" + CONTROLS, KeyRules.TrailingDot.REFUSED);

  private final AzureBlobFileSystem abfs;
  private final AzureRequests requests;
  private final int blockBytes;

  /**
   * A container.
   *
   * @param tree real directories where the account has a hierarchical namespace
   * @param blockBytes the size of a block, and of the largest file that is one request
   */
  AzureStore(AzureBlobFileSystem fileSystem, StoreTraits.Tree tree, int blockBytes) {
    super(fileSystem, traits(tree));
    this.abfs = fileSystem;
    this.requests = new AzureRequests(fileSystem);
    this.blockBytes = blockBytes;
  }

  /** The traits of an account, which differ by its kind of namespace. */
  public static StoreTraits traits(StoreTraits.Tree tree) {
    return new StoreTraits(
        tree,
        StoreTraits.Metadata.KEPT,
        StoreTraits.ParallelWrites.NONE,
        StoreTraits.Checksums.ON_WRITE);
  }

  /** The store of a container. */
  public static AzureStore of(AzureBlobFileSystem fileSystem, int blockBytes) throws IOException {
    boolean hierarchical = fileSystem.getAbfsStore().getClient().getIsNamespaceEnabled();
    StoreTraits.Tree tree = hierarchical ? StoreTraits.Tree.DIRECTORIES : StoreTraits.Tree.PREFIXES;
    return new AzureStore(fileSystem, tree, blockBytes);
  }

  private static String controls() {
    StringBuilder controls = new StringBuilder("\u007f");
    for (char control = 0; control < ' '; control++) {
      controls.append(control);
    }
    return controls.toString();
  }

  @Override
  protected RemoteIterator<? extends FileStatus> walk(Path root) throws IOException {
    return traits().tree() == StoreTraits.Tree.DIRECTORIES
        ? new TreeWalk(abfs, root)
        : AzureListing.start(abfs, requests, root);
  }

  /** A directory that has a marker and files is listed twice. */
  @Override
  protected RemoteIterator<? extends FileStatus> list(Path root) throws IOException {
    Set<Path> directories = new HashSet<>();
    return RemoteIterators.filteringRemoteIterator(
        abfs.listStatusIterator(root),
        entry -> !entry.isDirectory() || directories.add(entry.getPath()));
  }

  /** Whether a version was replaced or deleted: Azure may answer both with a failed condition. */
  @Override
  protected Throwable explained(Path path, Throwable failure) {
    if (HadoopFailures.kindOf(failure, FailureKind.SOURCE_CHANGED) == FailureKind.SOURCE_CHANGED) {
      try {
        abfs.getFileStatus(path);
      } catch (FileNotFoundException absent) {
        absent.addSuppressed(failure);
        return absent;
      } catch (IOException unanswered) {
        failure.addSuppressed(unanswered);
      }
    }
    return failure;
  }

  @Override
  protected FSDataInputStream openStream(Path path, Attributes attributes, ByteRange range)
      throws IOException {
    String etag = attributes.etag();
    boolean bounded = range.lengthBytes() >= 0 && attributes.lengthBytes() >= 0;
    return bounded && etag != null && !attributes.isDirectory()
        ? new FSDataInputStream(new AzureRange(requests, path, attributes, etag, range))
        : super.openStream(path, attributes, range);
  }

  /** The status that ABFS would have made; its version is all that it looks at. */
  @Override
  protected @Nullable FileStatus pinned(Path path, Attributes attributes) {
    if (attributes.status() != null || attributes.etag() == null || attributes.lengthBytes() < 0) {
      return attributes.status();
    }
    return new VersionedFileStatus(
        "",
        "",
        null,
        false,
        attributes.lengthBytes(),
        attributes.isDirectory(),
        1,
        abfs.getDefaultBlockSize(path),
        attributes.modified().toEpochMilli(),
        path,
        attributes.etag(),
        null);
  }

  @Override
  public ObjectWrite write(Location at, WriteOptions options) throws IOException {
    Path path = path(at);
    Temporary.refuseAsTarget(at);
    NAMES.refuse(at);
    return new AzureWrite(requests, at, path, options, blockBytes(options.lengthBytes()));
  }

  /** Whole blocks, allocated as they are filled: those on their way, and one that fills (F89). */
  @Override
  public long writeBufferBytes(long lengthBytes, Sending sending) {
    long block = blockBytes(lengthBytes);
    long most = AzureBlocks.MOST_HELD * block;
    long whole = lengthBytes <= block ? lengthBytes : ((lengthBytes - 1) / block + 1) * block;
    return lengthBytes < 0 ? most : Math.min(most, whole);
  }

  @Override
  public long partBytes(long lengthBytes) {
    return blockBytes(lengthBytes);
  }

  private int blockBytes(long lengthBytes) {
    return (int) Math.min(Integer.MAX_VALUE - 8L, PartSize.partSizeFor(lengthBytes, blockBytes));
  }

  @Override
  protected Map<String, String> readMetadata(Path path) throws IOException {
    Map<String, List<String>> headers = requests.headers(path);
    Map<String, String> metadata = WriterMark.hidden(AzureMetadata.of(headers));
    headers.forEach(
        (name, values) -> {
          if (name != null && !values.isEmpty()) {
            ContentHeaders.of(Map.of(name, values.get(0)))
                .headers()
                .forEach((header, value) -> add(metadata, header, value));
          }
        });
    return metadata;
  }

  private static void add(Map<String, String> metadata, String header, String value) {
    if (!header.equals(ContentHeaders.TYPE) || !value.equals("application/octet-stream")) {
      metadata.put(header, value);
    }
  }

  @Override
  public Set<String> digests() {
    return Set.of(Checksum.MD5);
  }

  /** The MD5 that the service computed of a blob that was one request, or that a client sent. */
  @Override
  public @Nullable Checksum digest(Location at, Attributes attributes, String algorithm)
      throws IOException {
    if (!algorithm.equals(Checksum.MD5)) {
      return null;
    }
    Path path = path(at);
    try {
      for (Map.Entry<String, List<String>> header : requests.headers(path).entrySet()) {
        if ("Content-MD5".equalsIgnoreCase(header.getKey()) && !header.getValue().isEmpty()) {
          byte[] md5 = Base64.getDecoder().decode(header.getValue().get(0));
          return new Checksum(Checksum.MD5, HexFormat.of().formatHex(md5));
        }
      }
      return null;
    } catch (IOException | RuntimeException failure) {
      throw HadoopFailures.of("read the checksum of", at, failure);
    }
  }

  /** ABFS would look first what it is, and leave a marker for the directory it was in. */
  @Override
  protected boolean remove(Path path, Attributes attributes) throws IOException {
    if (attributes.isDirectory() || traits().tree() == StoreTraits.Tree.DIRECTORIES) {
      return super.remove(path, attributes);
    }
    try {
      requests
          .client()
          .deleteBlobPath(
              new Path(path.toUri().getPath()), null, requests.tracing(FSOperationType.DELETE));
      return true;
    } catch (AbfsRestOperationException failure) {
      if (failure.getStatusCode() == 404) {
        throw new FileNotFoundException(path + " is not there");
      }
      throw failure;
    }
  }
}
