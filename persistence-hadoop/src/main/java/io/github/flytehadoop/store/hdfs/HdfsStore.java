/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.hdfs;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Printable;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.hadoop.Durability;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.ByteRange;
import io.github.flytehadoop.store.Checksum;
import io.github.flytehadoop.store.Leftover;
import io.github.flytehadoop.store.ObjectWrite;
import io.github.flytehadoop.store.Temporary;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.store.failure.Advice;
import io.github.flytehadoop.store.failure.HadoopFailures;
import io.github.flytehadoop.store.hadoop.FinalCheck;
import io.github.flytehadoop.store.hadoop.HadoopStore;
import io.github.flytehadoop.store.hadoop.TreeWalk;
import io.github.flytehadoop.store.multipart.Part;
import io.github.flytehadoop.store.multipart.PartSource;
import io.github.flytehadoop.store.multipart.PartedStore;
import io.github.flytehadoop.store.multipart.PartedUpload;
import io.github.flytehadoop.store.multipart.PartedWrite;
import io.github.flytehadoop.store.multipart.SentPart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.CompositeCrcFileChecksum;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.InvalidPathHandleException;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.ftp.FTPFileSystem;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.protocol.HdfsFileStatus;
import org.apache.hadoop.hdfs.web.WebHdfsFileSystem;
import org.apache.hadoop.ipc.RemoteException;
import org.jspecify.annotations.Nullable;

/**
 * HDFS, and other file systems with directories and an atomic rename: a file is written under a
 * temporary name beside its target, compared, and renamed.
 */
public final class HdfsStore extends HadoopStore implements PartedStore {
  private static final String USER = "user.";

  private final Keeps keeps;
  private final Durability durability;

  /** A store over a file system that renames. */
  public HdfsStore(FileSystem fileSystem, Keeps keeps) {
    super(fileSystem, keeps.traits());
    this.keeps = keeps;
    this.durability = Durability.of(fileSystem.getConf());
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
  protected RemoteIterator<? extends FileStatus> walk(Path root) throws IOException {
    return new TreeWalk(fileSystem(), root);
  }

  @Override
  public ObjectWrite write(Location at, WriteOptions options) throws IOException {
    Path target = target(at);
    try {
      return RenamedWrite.start(this, at, target, options);
    } catch (IOException | RuntimeException failure) {
      throw HadoopFailures.of("write", at, failure);
    }
  }

  /** Starts the file under its temporary name. */
  FSDataOutputStream create(Path temporary) throws IOException {
    var builder = builder(fileSystem(), temporary).recursive().overwrite(false);
    if (durability == Durability.FORCED
        && builder instanceof DistributedFileSystem.HdfsDataOutputStreamBuilder hdfs) {
      hdfs.syncBlock(); // each data node forces a block to its disk when it is full
    }
    return builder.build();
  }

  private Path target(Location at) throws TransferException {
    Path target = path(at);
    Temporary.refuseAsTarget(at);
    refuseColon(at);
    return target;
  }

  @Override
  public @Nullable PartedWrite startParts(Location at, WriteOptions options, long partBytes)
      throws IOException {
    Path target = target(at);
    try {
      return new HdfsParts(this).start(at, target, options, partBytes);
    } catch (IOException | RuntimeException failure) {
      throw HadoopFailures.of("write", at, failure);
    }
  }

  @Override
  public SentPart sendPart(PartedUpload upload, Part part, PartSource source) throws IOException {
    Location at = Location.parse(upload.target());
    return new HdfsParts(this).send(upload, part, source, at, target(at));
  }

  /** Packets on their way through the pipeline. */
  @Override
  public long bytesInMemory(long partBytes) {
    return 8L << 20;
  }

  /** A data node that speaks HTTP hides why the name node refused: that one is asked itself. */
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
  private void refuseColon(Location at) throws TransferException {
    if (at.key().indexOf(':') >= 0 && keeps != Keeps.BYTES) {
      throw new TransferException(
          FailureKind.UNSUPPORTED,
          at.text(),
          "Cannot write "
              + Printable.of(at.text())
              + ": HDFS has no names with a colon. "
              + Advice.of(FailureKind.UNSUPPORTED, at),
          null);
    }
  }

  /** A path handle pins inode and time for the one request that opening takes anyway. */
  @Override
  protected FSDataInputStream openStream(Path path, Attributes attributes, ByteRange range)
      throws IOException {
    FileStatus listed = attributes.status();
    if (listed == null && isListed(attributes) && fileSystem() instanceof DistributedFileSystem) {
      listed = asListed(path, attributes);
    } else if (!hasHandle(attributes)) {
      return super.openStream(path, attributes, range);
    }
    try {
      return fileSystem().open(fileSystem().getPathHandle(listed, Options.HandleOpt.exact()));
    } catch (InvalidPathHandleException changed) {
      fileSystem().getFileStatus(path); // a file that is gone is not found, rather than changed
      throw changed;
    }
  }

  private static boolean isListed(Attributes attributes) {
    return !attributes.isDirectory()
        && attributes.lengthBytes() >= 0
        && attributes.modified().toEpochMilli() > 0;
  }

  /** What a plan has kept of a file is enough to see whether it is still the same. */
  private FileStatus asListed(Path path, Attributes attributes) throws IOException {
    FileStatus now = fileSystem().getFileStatus(path);
    if (now.getLen() != attributes.lengthBytes()
        || now.getModificationTime() != attributes.modified().toEpochMilli()) {
      throw new InvalidPathHandleException(path + " was replaced after it was listed");
    }
    return now;
  }

  /** FTP servers leave names with a dot out of their listings, and Hadoop looks there. */
  String temporaryName(String tag) {
    return fileSystem() instanceof FTPFileSystem
        ? Temporary.newVisibleName(tag)
        : Temporary.newName(tag);
  }

  private boolean hasHandle(Attributes attributes) {
    return fileSystem() instanceof DistributedFileSystem
        && attributes.status() instanceof HdfsFileStatus
        && !attributes.isDirectory();
  }

  /** Without a handle the file is looked at once more, after its last byte has been read. */
  @Override
  protected @Nullable FinalCheck finalCheck(Location at, Path path, Attributes attributes) {
    if (attributes.isDirectory() || attributes.status() == null || hasHandle(attributes)) {
      return null;
    }
    return new FinalCheck(
        attributes.lengthBytes(),
        () -> {
          Attributes now = attributes(fileSystem().getFileStatus(path));
          if (now.lengthBytes() != attributes.lengthBytes()
              || !now.modified().equals(attributes.modified())) {
            throw new TransferException(
                FailureKind.SOURCE_CHANGED,
                at.text(),
                "Cannot read "
                    + Printable.of(at.text())
                    + ": it was replaced while it was read. "
                    + Advice.of(FailureKind.SOURCE_CHANGED, at),
                null);
          }
        });
  }

  /** Publishes, replacing what is there or not. */
  void rename(Path from, Path to, Options.Rename mode) throws IOException {
    HdfsRename.run(fileSystem(), from, to, mode);
  }

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
    return keeps != Keeps.BYTES
        && fileSystem().hasPathCapability(path, CommonPathCapabilities.FS_XATTRS);
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
  @Nullable Checksum checksum(Path path, @Nullable FileStatus listed) throws IOException {
    boolean kept = keeps == Keeps.ATTRIBUTES_AND_CHECKSUMS;
    FileStatus status = kept && listed == null ? fileSystem().getFileStatus(path) : listed;
    if (!kept || status == null || status.isEncrypted() || status.getLen() == 0) {
      return null;
    }
    return fileSystem().getFileChecksum(path) instanceof CompositeCrcFileChecksum composite
            && composite.getChecksumOpt().getChecksumType().name().equals(Checksum.CRC32C)
        ? new Checksum(Checksum.CRC32C, HexFormat.of().formatHex(composite.getBytes()))
        : null;
  }

  @Override
  public List<Leftover> leftovers(Location at, Attributes.Kind kind, String tag)
      throws IOException {
    return HdfsLeftovers.find(fileSystem(), at, path(at), kind, tag);
  }

  @Override
  public void discard(Leftover leftover) throws IOException {
    HdfsLeftovers.discard(fileSystem(), leftover);
  }
}
