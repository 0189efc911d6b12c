/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.fs.CompositeCrcFileChecksum;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.InvalidPathHandleException;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.protocol.HdfsFileStatus;
import org.jspecify.annotations.Nullable;

/**
 * HDFS, and other file systems with directories and an atomic rename: a file is written under a
 * temporary name beside its target, compared, and renamed.
 */
final class HdfsStore extends HadoopStore {
  private static final String USER = "user.";

  private final Checksums checksums;

  /** Whether the store has extended attributes and composite checksums. */
  enum Checksums {
    COMPOSITE,
    NONE
  }

  HdfsStore(FileSystem fileSystem, Checksums checksums) {
    super(
        fileSystem,
        new StoreTraits(
            StoreTraits.Tree.DIRECTORIES,
            checksums == Checksums.COMPOSITE
                ? StoreTraits.Metadata.KEPT
                : StoreTraits.Metadata.NONE,
            StoreTraits.ParallelWrites.NONE,
            checksums == Checksums.COMPOSITE
                ? StoreTraits.Checksums.CRC32C
                : StoreTraits.Checksums.NONE));
    this.checksums = checksums;
  }

  @Override
  RemoteIterator<? extends FileStatus> walk(Path root) throws IOException {
    return new TreeWalk(fileSystem(), root);
  }

  @Override
  public ObjectWrite write(Location at, WriteOptions options) throws IOException {
    Path target = path(at);
    Temporary.refuseAsTarget(at);
    refuseColon(at);
    try {
      return RenamedWrite.start(this, at, target, options);
    } catch (IOException | RuntimeException failure) {
      throw HadoopFailures.of("write", at, failure);
    }
  }

  /** HDFS would say so at the rename, when all bytes have been sent. */
  private void refuseColon(Location at) throws TransferException {
    if (at.key().indexOf(':') >= 0 && fileSystem() instanceof DistributedFileSystem) {
      throw new TransferException(
          FailureKind.UNSUPPORTED,
          at.text(),
          "Cannot write "
              + Words.printable(at.text())
              + ": HDFS has no names with a colon. "
              + Advice.of(FailureKind.UNSUPPORTED, at),
          null);
    }
  }

  /** A path handle pins inode and time for the one request that opening takes anyway. */
  @Override
  FSDataInputStream openStream(Path path, Attributes attributes, ByteRange range)
      throws IOException {
    if (!(attributes.status() instanceof HdfsFileStatus pinned) || pinned.isDirectory()) {
      return super.openStream(path, attributes, range);
    }
    try {
      return fileSystem()
          .open(fileSystem().getPathHandle((FileStatus) pinned, Options.HandleOpt.exact()));
    } catch (InvalidPathHandleException changed) {
      fileSystem().getFileStatus(path); // a file that is gone is not found, rather than changed
      throw changed;
    }
  }

  void writeMetadata(Path path, Map<String, String> metadata) throws IOException {
    if (traits().metadata() == StoreTraits.Metadata.KEPT) {
      for (Map.Entry<String, String> entry : metadata.entrySet()) {
        byte[] value = entry.getValue().getBytes(StandardCharsets.UTF_8);
        fileSystem().setXAttr(path, USER + entry.getKey(), value);
      }
    }
  }

  @Override
  Map<String, String> readMetadata(Path path) throws IOException {
    Map<String, String> metadata = new TreeMap<>();
    if (traits().metadata() == StoreTraits.Metadata.KEPT) {
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
      return attributes.status() == null ? null : checksum(path, attributes.status());
    } catch (IOException | RuntimeException failure) {
      throw HadoopFailures.of("read the checksum of", at, failure);
    }
  }

  /** In an encryption zone the data nodes know the encrypted bytes alone: nothing to compare. */
  @Nullable Checksum checksum(Path path, FileStatus status) throws IOException {
    if (checksums == Checksums.NONE || status.isEncrypted() || status.getLen() == 0) {
      return null;
    }
    return fileSystem().getFileChecksum(path) instanceof CompositeCrcFileChecksum composite
            && composite.getChecksumOpt().getChecksumType()
                == org.apache.hadoop.util.DataChecksum.Type.CRC32C
        ? new Checksum(Checksum.CRC32C, HexFormat.of().formatHex(composite.getBytes()))
        : null;
  }
}
