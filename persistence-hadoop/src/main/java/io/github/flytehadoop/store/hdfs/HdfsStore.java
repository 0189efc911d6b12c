/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.hdfs;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.hadoop.Durability;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.ByteRange;
import io.github.flytehadoop.store.Checksum;
import io.github.flytehadoop.store.FileMode;
import io.github.flytehadoop.store.ModeStore;
import io.github.flytehadoop.store.StoreTraits;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.store.failure.FailureAdvice;
import io.github.flytehadoop.store.failure.HadoopFailures;
import io.github.flytehadoop.store.hadoop.FinalCheck;
import io.github.flytehadoop.store.multipart.MultipartStore;
import io.github.flytehadoop.store.multipart.MultipartUpload;
import io.github.flytehadoop.store.multipart.MultipartWrite;
import io.github.flytehadoop.store.multipart.Part;
import io.github.flytehadoop.store.multipart.PartSource;
import io.github.flytehadoop.store.multipart.UploadedPart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.CompositeCrcFileChecksum;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.InvalidPathHandleException;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.client.HdfsDataOutputStream;
import org.apache.hadoop.hdfs.protocol.HdfsFileStatus;
import org.apache.hadoop.hdfs.web.WebHdfsFileSystem;
import org.apache.hadoop.ipc.RemoteException;
import org.jspecify.annotations.Nullable;

/**
 * HDFS by its own protocol, over HTTP, or behind a mount table: a file that waits under a temporary
 * name is compared by its checksum and published by a rename that replaces in one step; a file that
 * is read is pinned by its inode.
 */
public final class HdfsStore extends RenamingStore implements MultipartStore, ModeStore {
  /** What is known of HDFS. */
  public static final StoreTraits TRAITS =
      new StoreTraits(
          StoreTraits.Tree.DIRECTORIES,
          StoreTraits.Metadata.KEPT,
          StoreTraits.ParallelWrites.PARTS,
          StoreTraits.Checksums.CRC32C);

  /** The same over HTTP, whose checksums depend on the blocks. */
  public static final StoreTraits WEB_TRAITS =
      new StoreTraits(
          StoreTraits.Tree.DIRECTORIES,
          StoreTraits.Metadata.KEPT,
          StoreTraits.ParallelWrites.NONE,
          StoreTraits.Checksums.NONE);

  private static final String USER = "user.";

  /** A store over a file system of HDFS. */
  public HdfsStore(FileSystem fileSystem) {
    super(fileSystem, fileSystem instanceof WebHdfsFileSystem ? WEB_TRAITS : TRAITS);
  }

  /** The client of WebHDFS composes accents in its URLs, and would silently use another file. */
  @Override
  protected @Nullable String problemOf(String key) {
    return fileSystem() instanceof WebHdfsFileSystem
            && !Normalizer.isNormalized(key, Normalizer.Form.NFC)
        ? "WebHDFS has no names with decomposed accents (Unicode NFD)."
        : super.problemOf(key);
  }

  @Override
  FSDataOutputStreamBuilder<FSDataOutputStream, ?> builder(Path file) throws IOException {
    var builder = super.builder(file);
    if (durability() == Durability.FORCED
        && builder instanceof DistributedFileSystem.HdfsDataOutputStreamBuilder hdfs) {
      hdfs.syncBlock(); // each data node forces a block to its disk when it is full
    }
    return builder;
  }

  @Override
  FSDataOutputStream create(Path temporary, @Nullable FileMode mode) throws IOException {
    return mode == null || !keepsModes()
        ? super.create(temporary, mode)
        : builder(temporary)
            .recursive()
            .overwrite(false)
            .permission(HdfsModes.whileWritten(mode))
            .build();
  }

  @Override
  void giveMode(Path file, FileStatus finished, @Nullable FileMode mode) throws IOException {
    if (mode != null && keepsModes() && !HdfsModes.of(finished).equals(mode)) {
      HdfsModes.set(fileSystem(), file, mode);
    }
  }

  @Override
  public boolean keepsModes() {
    return HdfsModes.areKept(fileSystem());
  }

  @Override
  public FileMode modeOf(Location at) throws IOException {
    try {
      return HdfsModes.of(fileSystem().getFileStatus(path(at)));
    } catch (IOException | RuntimeException failure) {
      throw HadoopFailures.of("read the mode of", at, failure);
    }
  }

  @Override
  public void setMode(Location directory, Location root, FileMode mode) throws IOException {
    try {
      HdfsModes.set(fileSystem(), path(directory), mode);
    } catch (IOException | RuntimeException failure) {
      throw HadoopFailures.of("set the mode of", directory, failure);
    }
  }

  /** The data nodes have forced each block. */
  @Override
  void force(FSDataOutputStream written) throws IOException {
    if (!(written instanceof HdfsDataOutputStream)) {
      super.force(written);
    }
  }

  @Override
  public @Nullable MultipartWrite startParts(Location at, WriteOptions options, long partBytes)
      throws IOException {
    Path target = target(at);
    try {
      return new HdfsMultipart(this).start(at, target, options, partBytes);
    } catch (IOException | RuntimeException failure) {
      throw HadoopFailures.of("write", at, failure);
    }
  }

  @Override
  public UploadedPart sendPart(MultipartUpload upload, Part part, PartSource source)
      throws IOException {
    Location at = Location.parse(upload.target());
    return new HdfsMultipart(this).send(upload, part, source, at, target(at));
  }

  /** Packets on their way through the pipeline. */
  @Override
  public long bytesInMemory(long partBytes) {
    return 8L << 20;
  }

  @Override
  boolean replacesInOneStep(Path target) throws IOException {
    FileSystem raw = HdfsRename.mounted(fileSystem(), target.getParent()).raw();
    return raw instanceof DistributedFileSystem || raw instanceof WebHdfsFileSystem;
  }

  /** A data node that speaks HTTP hides why the name node refused: that one is asked itself. */
  @Override
  Exception exact(Exception failure, Path target) {
    if (failure instanceof RemoteException && fileSystem() instanceof WebHdfsFileSystem) {
      try {
        fileSystem().mkdirs(target.getParent());
      } catch (IOException reason) {
        reason.addSuppressed(failure);
        return reason;
      }
    }
    return failure;
  }

  /** HDFS would say so at the rename, when all bytes have been sent. */
  @Override
  void refuseName(Location at) throws TransferException {
    if (at.key().indexOf(':') >= 0) {
      throw Problem.cannot("write", at.text())
          .because("HDFS has no names with a colon")
          .remedy(FailureAdvice.of(FailureKind.UNSUPPORTED, at))
          .exception();
    }
  }

  /** A path handle pins inode and time for the one request that opening takes anyway. */
  @Override
  protected FSDataInputStream openStream(Path path, Attributes attributes, ByteRange range)
      throws IOException {
    if (!isListed(attributes)) {
      return super.openStream(path, attributes, range);
    }
    HdfsRename.Mounted mounted = HdfsRename.mounted(fileSystem(), path);
    if (!(mounted.fileSystem() instanceof DistributedFileSystem hdfs)) {
      return super.openStream(path, attributes, range);
    }
    FileStatus listed =
        hdfs == fileSystem() && attributes.status() instanceof HdfsFileStatus
            ? attributes.status()
            : requireSame(hdfs.getFileStatus(mounted.path()), attributes);
    try {
      return hdfs.open(
          hdfs.getPathHandle(Objects.requireNonNull(listed), Options.HandleOpt.exact()));
    } catch (InvalidPathHandleException changed) {
      hdfs.getFileStatus(mounted.path()); // a file that is gone is not found, rather than changed
      throw changed;
    }
  }

  /** By the inode, too, where the listing told it. */
  private static FileStatus requireSame(FileStatus now, Attributes attributes) throws IOException {
    if (attributes.status() instanceof HdfsFileStatus known
        && now instanceof HdfsFileStatus same
        && known.getFileId() != same.getFileId()) {
      throw new InvalidPathHandleException(now.getPath() + " was replaced after it was listed");
    }
    return requireListed(now, attributes);
  }

  /** A handle has pinned the file; without one it is looked at once more. */
  @Override
  protected @Nullable FinalCheck finalCheck(Location at, Path path, Attributes attributes) {
    return fileSystem() instanceof DistributedFileSystem
        ? null
        : super.finalCheck(at, path, attributes);
  }

  @Override
  void writeMetadata(Path path, Map<String, String> metadata) throws IOException {
    if (!metadata.isEmpty() && hasAttributes(path)) {
      for (Map.Entry<String, String> entry : metadata.entrySet()) {
        byte[] value = entry.getValue().getBytes(StandardCharsets.UTF_8);
        fileSystem().setXAttr(path, USER + entry.getKey(), value);
      }
    }
  }

  /** What is mounted may keep less than HDFS does. */
  private boolean hasAttributes(Path path) throws IOException {
    return fileSystem().hasPathCapability(path, CommonPathCapabilities.FS_XATTRS);
  }

  @Override
  protected Map<String, String> readMetadata(Path path) throws IOException {
    Map<String, String> metadata = new TreeMap<>();
    if (hasAttributes(path)) {
      fileSystem()
          .getXAttrs(path)
          .forEach(
              (name, value) -> {
                if (name.startsWith(USER)) {
                  String text = value == null ? "" : new String(value, StandardCharsets.UTF_8);
                  metadata.put(name.substring(USER.length()), text);
                }
              });
    }
    return metadata;
  }

  @Override
  public @Nullable Checksum checksum(Location at, Attributes attributes) throws IOException {
    Path path = path(at);
    try {
      return checksum(path, attributes.status());
    } catch (IOException | RuntimeException failure) {
      throw HadoopFailures.of("read the checksum of", at, failure);
    }
  }

  /** In an encryption zone the data nodes know the encrypted bytes alone: nothing to compare. */
  @Override
  @Nullable Checksum checksum(Path path, @Nullable FileStatus listed) throws IOException {
    boolean kept = traits().checksum() != StoreTraits.Checksums.NONE;
    FileStatus status = kept && listed == null ? fileSystem().getFileStatus(path) : listed;
    if (!kept || status == null || status.isEncrypted() || status.getLen() == 0) {
      return null;
    }
    return fileSystem().getFileChecksum(path) instanceof CompositeCrcFileChecksum composite
            && composite.getChecksumOpt().getChecksumType().name().equals(Checksum.CRC32C)
        ? new Checksum(Checksum.CRC32C, HexFormat.of().formatHex(composite.getBytes()))
        : null;
  }
}
