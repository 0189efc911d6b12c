/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.hdfs;

import io.github.flytehadoop.concurrent.Uninterrupted;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Checksum;
import io.github.flytehadoop.store.Proof;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.store.failure.HadoopFailures;
import io.github.flytehadoop.store.failure.Mismatch;
import io.github.flytehadoop.store.failure.Words;
import io.github.flytehadoop.store.multipart.PartedUpload;
import io.github.flytehadoop.store.multipart.PartedWrite;
import io.github.flytehadoop.store.multipart.SentPart;
import java.io.IOException;
import java.util.Collection;
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
final class ConcatWrite implements PartedWrite {
  private static final Logger LOG = LoggerFactory.getLogger(ConcatWrite.class);

  /** The name node locks the namespace for so many files at a time. */
  private static final int AT_ONCE = 500;

  private final HdfsStore store;
  private final Location at;
  private final Path target;
  private final WriteOptions options;
  private final PartedUpload upload;
  private final Path staging;
  private boolean finished;

  ConcatWrite(
      HdfsStore store,
      Location at,
      Path target,
      WriteOptions options,
      PartedUpload upload,
      Path staging) {
    this.store = store;
    this.at = at;
    this.target = target;
    this.options = options;
    this.upload = upload;
    this.staging = staging;
  }

  @Override
  public PartedUpload upload() {
    return upload;
  }

  @Override
  public Proof commit(Collection<SentPart> sent) throws IOException {
    if (finished) {
      throw new IllegalStateException("Cannot commit: this file is finished. Open a new one.");
    }
    try {
      List<SentPart> parts = upload.inOrder(sent);
      Path whole = concatenated(parts);
      store.writeMetadata(whole, options.metadata());
      FileStatus arrived = store.fileSystem().getFileStatus(whole);
      Proof proof = compared(parts, whole, arrived);
      new HdfsPublication(store, at, target).publish(whole, arrived, options);
      return proof;
    } catch (IOException | RuntimeException failure) {
      throw HadoopFailures.of("write", at, failure);
    } finally {
      close();
    }
  }

  private Path concatenated(List<SentPart> parts) throws IOException {
    FileSystem hdfs = store.fileSystem();
    List<Path> files = parts.stream().map(part -> new Path(staging, part.tag())).toList();
    Path first = files.get(0);
    for (int next = 1; next < files.size(); next += AT_ONCE) {
      List<Path> more = files.subList(next, Math.min(files.size(), next + AT_ONCE));
      hdfs.concat(first, more.toArray(Path[]::new));
    }
    return first;
  }

  private Proof compared(List<SentPart> parts, Path whole, FileStatus arrived) throws IOException {
    Mismatch.refuse(at, upload.lengthBytes(), arrived.getLen());
    Checksum sent = PartedUpload.combined(parts);
    Checksum kept = sent == null ? null : store.checksum(whole, arrived);
    if (sent == null || kept == null) {
      return Proof.LENGTH;
    }
    Mismatch.refuse(at, sent, kept);
    return Proof.CHECKSUM;
  }

  /** With the directory goes whatever other attempts left, or will have left. */
  @Override
  public void close() {
    if (!finished) {
      finished = true;
      Uninterrupted.run(this::sweep);
    }
  }

  private void sweep() {
    try {
      store.fileSystem().delete(staging, true);
    } catch (IOException | RuntimeException failure) {
      LOG.warn("The temporary directory {} could not be removed: {}", staging, Words.why(failure));
    }
  }
}
