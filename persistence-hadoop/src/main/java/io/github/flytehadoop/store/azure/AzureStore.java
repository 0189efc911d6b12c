/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.azure;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.hadoop.PartSize;
import io.github.flytehadoop.hadoop.azure.AzureConnection;
import io.github.flytehadoop.hadoop.azure.AzureNamespace;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.ByteRange;
import io.github.flytehadoop.store.Checksum;
import io.github.flytehadoop.store.ObjectWrite;
import io.github.flytehadoop.store.ReservedNames;
import io.github.flytehadoop.store.StoreTraits;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.store.failure.HadoopFailures;
import io.github.flytehadoop.store.hadoop.HadoopStore;
import io.github.flytehadoop.store.hadoop.HadoopTreeListing;
import io.github.flytehadoop.store.hadoop.KeyConstraints;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.jspecify.annotations.Nullable;

/**
 * Azure storage, through its own client at the account's blob endpoint, which publishes a blob in
 * one step, on accounts with and without a hierarchical namespace. Real directories are listed,
 * made and deleted by ABFS, which is not even opened for a flat account.
 *
 * <p>Requests: a small file is one PUT, a large one its blocks and one; a listed file is one GET; a
 * listing of a tree is one a page without a hierarchical namespace, else one a directory; a stat is
 * one for a file.
 */
public final class AzureStore extends HadoopStore {
  private static final String CONTROLS = controls();

  /** What a container can hold, whichever client writes to it. */
  public static final KeyConstraints NAMES =
      new KeyConstraints(1024, "\\" + CONTROLS, KeyConstraints.TrailingDot.REFUSED);

  private final AzureRequests requests;
  private final AzureDirectories directories;
  private final int blockBytes;

  private AzureStore(
      URI root, Opening abfs, AzureConnection connection, StoreTraits.Tree tree, int blockBytes) {
    super(root, abfs, traits(tree));
    this.requests = new AzureRequests(connection);
    this.directories = new AzureDirectories(requests);
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

  /**
   * The store of a container.
   *
   * @param root scheme and authority of its file system
   * @param abfs opens Hadoop's file system, which tells the kind of namespace where it is unknown
   * @param blockBytes the size of a block, and of the largest file that is one request
   */
  public static AzureStore of(
      URI root, Opening abfs, AzureConnection connection, AzureNamespace namespace, int blockBytes)
      throws IOException {
    if (namespace == AzureNamespace.UNKNOWN) {
      connection.requireWayOut();
    }
    boolean real =
        namespace == AzureNamespace.UNKNOWN
            ? abfs.open().hasPathCapability(new Path("/"), CommonPathCapabilities.FS_ACLS)
            : namespace == AzureNamespace.HIERARCHICAL;
    StoreTraits.Tree tree = real ? StoreTraits.Tree.DIRECTORIES : StoreTraits.Tree.PREFIXES;
    return new AzureStore(root, abfs, connection, tree, blockBytes);
  }

  private boolean isFlat() {
    return traits().tree() == StoreTraits.Tree.PREFIXES;
  }

  private static String controls() {
    StringBuilder controls = new StringBuilder("\u007f");
    for (char control = 0; control < ' '; control++) {
      controls.append(control);
    }
    return controls.toString();
  }

  @Override
  protected FileStatus status(Path path) throws IOException {
    return isFlat() ? directories.status(path) : super.status(path);
  }

  @Override
  protected RemoteIterator<? extends FileStatus> walk(Path root) throws IOException {
    return isFlat()
        ? directories.list(root, AzureRequests.Depth.TREE)
        : new HadoopTreeListing(fileSystem(), root);
  }

  @Override
  protected RemoteIterator<? extends FileStatus> list(Path root) throws IOException {
    return isFlat() ? directories.list(root, AzureRequests.Depth.CHILDREN) : super.list(root);
  }

  @Override
  protected boolean makeDirectories(Path path) throws IOException {
    return isFlat() ? directories.make(path) : super.makeDirectories(path);
  }

  /** Whether a version was replaced or deleted: Azure may answer both with a failed condition. */
  @Override
  protected Throwable explained(Path path, Throwable failure) {
    if (HadoopFailures.kindOf(failure, FailureKind.SOURCE_CHANGED) == FailureKind.SOURCE_CHANGED) {
      try {
        status(path);
      } catch (IOException | RuntimeException answer) {
        if (HadoopFailures.kindOf(answer, FailureKind.CONFLICT) == FailureKind.NOT_FOUND) {
          answer.addSuppressed(failure);
          return answer;
        }
        failure.addSuppressed(answer);
      }
    }
    return failure;
  }

  /** What is not known of the file is asked for first; its version is pinned. */
  @Override
  protected FSDataInputStream openStream(Path path, Attributes attributes, ByteRange range)
      throws IOException {
    return new FSDataInputStream(new AzureRead(requests, path, version(path, attributes), range));
  }

  private AzureRead.Version version(Path path, Attributes attributes) throws IOException {
    String etag = AzureFileStatus.plain(attributes.etag());
    if (!attributes.isDirectory() && etag != null && attributes.lengthBytes() >= 0) {
      return new AzureRead.Version(etag, attributes.lengthBytes());
    }
    AzureFileStatus now = AzureFileStatus.of(path, requests.properties(path));
    if (now.isDirectory()) {
      throw new FileNotFoundException(path + " is a directory");
    }
    return new AzureRead.Version(Objects.requireNonNull(now.getEtag(), "etag"), now.getLen());
  }

  @Override
  public ObjectWrite write(Location at, WriteOptions options) throws IOException {
    Path path = path(at);
    ReservedNames.refuseAsTarget(at);
    NAMES.refuse(at);
    return new AzureWrite(requests, at, path, options, blockBytes(options.lengthBytes()));
  }

  /** Whole blocks, allocated as they are filled: those on their way, and one that fills (F89). */
  @Override
  public long writeBufferBytes(long lengthBytes, Sending sending) {
    long block = blockBytes(lengthBytes);
    long most = AzureBlockUpload.MOST_HELD * block;
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
    return AzureHeaders.of(requests.properties(path));
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
      byte[] md5 = requests.properties(path).getContentMd5();
      return md5 == null ? null : new Checksum(Checksum.MD5, HexFormat.of().formatHex(md5));
    } catch (IOException | RuntimeException failure) {
      throw HadoopFailures.of("read the checksum of", at, failure);
    }
  }

  /** ABFS would look first what it is, and leave a marker for the directory it was in. */
  @Override
  protected boolean remove(Path path, Attributes attributes) throws IOException {
    if (!isFlat()) {
      return super.remove(path, attributes);
    }
    if (attributes.isDirectory()) {
      return directories.delete(path);
    }
    requests.delete(path);
    return true;
  }
}
