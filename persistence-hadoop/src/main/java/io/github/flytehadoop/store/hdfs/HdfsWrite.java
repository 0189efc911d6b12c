/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.hdfs;

import io.github.flytehadoop.concurrent.Uninterruptibles;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Checksum;
import io.github.flytehadoop.store.ObjectWrite;
import io.github.flytehadoop.store.Proof;
import io.github.flytehadoop.store.SentContent;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.store.failure.HadoopFailures;
import io.github.flytehadoop.store.failure.IntegrityCheck;
import io.github.flytehadoop.store.failure.LateRequest;
import io.github.flytehadoop.store.failure.RootCause;
import java.io.IOException;
import java.time.Instant;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file that waits under a temporary name beside its target, and is renamed to be published. */
final class HdfsWrite extends ObjectWrite {
  private static final Logger LOG = LoggerFactory.getLogger(HdfsWrite.class);

  private final RenamingStore store;
  private final Location at;
  private final Path target;
  private final Path temporary;
  private final WriteOptions options;
  private final FSDataOutputStream stream;
  private @Nullable FileStatus verified;
  private boolean broken;

  private HdfsWrite(
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
      return store.create(temporary, options.mode());
    } catch (IOException | RuntimeException failure) {
      Uninterruptibles.run(() -> remove(LateRequest.after(failure)));
      throw failure;
    }
  }

  private void remove(LateRequest late) {
    try {
      late.remove(() -> store.fileSystem().delete(temporary, false));
    } catch (IOException | RuntimeException failure) {
      LOG.warn("The temporary file {} could not be removed: {}", temporary, RootCause.why(failure));
    }
  }

  static HdfsWrite start(RenamingStore store, Location at, Path target, WriteOptions options)
      throws IOException {
    Path parent = target.getParent();
    if (parent == null) {
      throw Problem.cannot("write", at.text())
          .because("it is the root directory")
          .remedy("Name a file in it.")
          .kind(FailureKind.CONFLICT)
          .exception();
    }
    return new HdfsWrite(
        store, at, target, options, new Path(parent, store.temporaryName(options.tag())));
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    requireOpen();
    try {
      stream.write(bytes, offset, length);
    } catch (IOException | RuntimeException failure) {
      broken = true;
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
  protected Proof verify(SentContent sent) throws IOException {
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
    IntegrityCheck.requireEqual(at, sent.lengthBytes(), arrived.getLen());
    if (computed == null || kept == null) {
      return arrived.getLen() == 0 ? Proof.CHECKSUM : Proof.LENGTH;
    }
    IntegrityCheck.requireEqual(at, computed, kept);
    return Proof.CHECKSUM;
  }

  @Override
  protected void publish() throws IOException {
    HdfsPublish publication = new HdfsPublish(store, at, target);
    try {
      FileStatus currentVerified = verified;
      if (currentVerified == null) {
        currentVerified = store.fileSystem().getFileStatus(temporary);
      }
      publication.publish(temporary, currentVerified, options);
      published(
          Instant.ofEpochMilli(currentVerified.getModificationTime())
              .toString()); // a rename keeps it
    } catch (IOException | RuntimeException failure) {
      if (publication.mayDiscard()) {
        discardUninterrupted();
      }
      throw HadoopFailures.of("write", at, failure);
    }
  }

  @Override
  protected void discard() {
    try {
      stream.close();
    } catch (IOException | RuntimeException failure) {
      broken = true;
      LOG.debug("{} was given up: {}", temporary, RootCause.why(failure));
    }
    // a stream that broke may still send what it has behind our back, and make a file of that
    remove(broken ? LateRequest.STILL_SENT : LateRequest.NONE);
  }
}
