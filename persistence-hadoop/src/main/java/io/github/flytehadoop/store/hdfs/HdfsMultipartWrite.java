/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.hdfs;

import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Checksum;
import io.github.flytehadoop.store.Proof;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.store.failure.HadoopFailures;
import io.github.flytehadoop.store.failure.IntegrityCheck;
import io.github.flytehadoop.store.failure.RootCause;
import io.github.flytehadoop.store.multipart.MultipartUpload;
import io.github.flytehadoop.store.multipart.OwnedMultipartWrite;
import io.github.flytehadoop.store.multipart.UploadedPart;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Part files that the name node concatenates, without moving a byte; then the file is compared and
 * renamed as any other.
 */
final class HdfsMultipartWrite extends OwnedMultipartWrite {
  private static final Logger LOG = LoggerFactory.getLogger(HdfsMultipartWrite.class);

  /** The name node locks the namespace for so many files at a time. */
  private static final int AT_ONCE = 500;

  private final HdfsStore store;
  private final Location at;
  private final Path target;
  private final WriteOptions options;
  private final MultipartUpload upload;
  private final Path staging;

  HdfsMultipartWrite(
      HdfsStore store,
      Location at,
      Path target,
      WriteOptions options,
      MultipartUpload upload,
      Path staging) {
    super(upload);
    this.store = store;
    this.at = at;
    this.target = target;
    this.options = options;
    this.upload = upload;
    this.staging = staging;
  }

  @Override
  protected Proof publish(List<UploadedPart> parts) throws IOException {
    try {
      Path whole = concatenated(parts);
      store.writeMetadata(whole, options.metadata());
      FileStatus arrived = store.fileSystem().getFileStatus(whole);
      Proof proof = compared(parts, whole, arrived);
      new HdfsPublish(store, at, target).publish(whole, arrived, options);
      return proof;
    } catch (IOException | RuntimeException failure) {
      throw HadoopFailures.of("write", at, failure);
    }
  }

  private Path concatenated(List<UploadedPart> parts) throws IOException {
    FileSystem hdfs = store.fileSystem();
    List<Path> files = parts.stream().map(part -> new Path(staging, part.tag())).toList();
    Path first = files.get(0);
    for (int next = 1; next < files.size(); next += AT_ONCE) {
      List<Path> more = files.subList(next, Math.min(files.size(), next + AT_ONCE));
      hdfs.concat(first, more.toArray(Path[]::new));
    }
    return first;
  }

  private Proof compared(List<UploadedPart> parts, Path whole, FileStatus arrived)
      throws IOException {
    IntegrityCheck.requireEqual(at, upload.lengthBytes(), arrived.getLen());
    Checksum sent = MultipartUpload.combined(parts);
    Checksum kept = sent == null ? null : store.checksum(whole, arrived);
    if (sent == null || kept == null) {
      return Proof.LENGTH;
    }
    IntegrityCheck.requireEqual(at, sent, kept);
    return Proof.CHECKSUM;
  }

  /** With the directory goes whatever other attempts left, or will have left. */
  @Override
  protected void discard() {
    try {
      store.fileSystem().delete(staging, true);
    } catch (IOException | RuntimeException failure) {
      LOG.warn(
          "The temporary directory {} could not be removed: {}", staging, RootCause.why(failure));
    }
  }
}
