/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.hdfs;

import io.github.flytehadoop.concurrent.Uninterrupted;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Checksum;
import io.github.flytehadoop.store.Content;
import io.github.flytehadoop.store.ObjectWrite;
import io.github.flytehadoop.store.Proof;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.store.failure.HadoopFailures;
import io.github.flytehadoop.store.failure.Mismatch;
import io.github.flytehadoop.store.failure.Words;
import java.io.IOException;
import java.time.Instant;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file that waits under a temporary name beside its target, and is renamed to be published. */
final class RenamedWrite extends ObjectWrite {
  private static final Logger LOG = LoggerFactory.getLogger(RenamedWrite.class);

  private final RenamingStore store;
  private final Location at;
  private final Path target;
  private final Path temporary;
  private final WriteOptions options;
  private final FSDataOutputStream stream;
  private @Nullable FileStatus verified;

  private RenamedWrite(
      RenamingStore store, Location at, Path target, WriteOptions options, Path temporary)
      throws IOException {
    this.store = store;
    this.at = at;
    this.target = target;
    this.options = options;
    this.temporary = temporary;
    this.stream = created();
  }

  /** A creation whose answer was lost has left a file (F95). */
  private FSDataOutputStream created() throws IOException {
    try {
      return store.create(temporary);
    } catch (IOException | RuntimeException failure) {
      Uninterrupted.run(this::remove);
      throw failure;
    }
  }

  static RenamedWrite start(RenamingStore store, Location at, Path target, WriteOptions options)
      throws IOException {
    Path parent = target.getParent();
    if (parent == null) {
      throw new TransferException(
          FailureKind.CONFLICT,
          at.text(),
          "Cannot write " + at.text() + ": it is the root directory. Name a file in it.",
          null);
    }
    return new RenamedWrite(
        store, at, target, options, new Path(parent, store.temporaryName(options.tag())));
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    requireOpen();
    try {
      stream.write(bytes, offset, length);
    } catch (IOException | RuntimeException failure) {
      throw HadoopFailures.of("write", at, store.exact(failure, target));
    }
  }

  @Override
  protected void complete() throws IOException {
    try {
      store.force(stream);
      stream.close();
      store.writeMetadata(temporary, options.metadata());
    } catch (IOException | RuntimeException failure) {
      throw HadoopFailures.of("write", at, store.exact(failure, target));
    }
  }

  @Override
  protected Proof verify(Content sent) throws IOException {
    FileStatus arrived;
    Checksum kept;
    Checksum computed = sent.checksum();
    try {
      arrived = store.fileSystem().getFileStatus(temporary);
      kept = computed == null ? null : store.checksum(temporary, arrived);
    } catch (IOException | RuntimeException failure) {
      throw HadoopFailures.of("write", at, store.exact(failure, target));
    }
    verified = arrived;
    Mismatch.refuse(at, sent.lengthBytes(), arrived.getLen());
    if (computed == null || kept == null) {
      return arrived.getLen() == 0 ? Proof.CHECKSUM : Proof.LENGTH;
    }
    Mismatch.refuse(at, computed, kept);
    return Proof.CHECKSUM;
  }

  @Override
  protected void publish() throws IOException {
    HdfsPublication publication = new HdfsPublication(store, at, target);
    try {
      FileStatus sent = verified;
      if (sent == null) {
        sent = store.fileSystem().getFileStatus(temporary);
      }
      publication.publish(temporary, sent, options);
      published(Instant.ofEpochMilli(sent.getModificationTime()).toString()); // a rename keeps it
    } catch (IOException | RuntimeException failure) {
      if (publication.mayDiscard()) {
        discardUninterrupted();
      }
      throw HadoopFailures.of("write", at, failure);
    }
  }

  @Override
  protected void discard() {
    org.apache.hadoop.io.IOUtils.closeStream(stream);
    remove();
  }

  private void remove() {
    try {
      store.fileSystem().delete(temporary, false);
    } catch (IOException | RuntimeException failure) {
      LOG.warn("The temporary file {} could not be removed: {}", temporary, Words.why(failure));
    }
  }
}
