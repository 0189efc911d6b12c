/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.resume;

import io.github.flytehadoop.concurrent.Uninterruptibles;
import io.github.flytehadoop.error.CopyException;
import io.github.flytehadoop.error.DataNotFoundException;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.RelativePath;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.ByteRange;
import io.github.flytehadoop.store.FileMode;
import io.github.flytehadoop.store.ObjectWrite;
import io.github.flytehadoop.store.ReservedNames;
import io.github.flytehadoop.store.Store;
import io.github.flytehadoop.store.Stores;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.transfer.BlobDimensionality;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Iterator;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the files of a journal are: in the directory that is written, or beside a local one and
 * beside a single file, under numbered names that our listings leave out. Where nobody may write
 * beside a local directory, they are in it (F96).
 */
final class JournalPlace {
  private static final Logger LOG = LoggerFactory.getLogger(JournalPlace.class);

  private final Store store;
  private final @Nullable Location inside;
  private Location directory;
  private final String jobId;
  private final String tag;

  JournalPlace(Stores stores, Location target, BlobDimensionality shape, String jobId, String tag)
      throws IOException {
    this.store = stores.of(target);
    this.directory = directory(target, shape);
    boolean beside = target.isLocal() && shape == BlobDimensionality.MULTIPART;
    this.inside = beside ? Location.parse(absolute(target).toString()) : null;
    this.jobId = jobId;
    this.tag = tag;
  }

  private static Location directory(Location target, BlobDimensionality shape) {
    if (target.isLocal()) {
      Path path = absolute(target);
      Path parent = path.getParent();
      return Location.parse((parent == null ? path : parent).toString());
    }
    if (shape == BlobDimensionality.MULTIPART) {
      return target;
    }
    String text = target.text();
    return Location.parse(text.substring(0, text.length() - target.name().length()));
  }

  private static Path absolute(Location target) {
    return Path.of(target.key()).toAbsolutePath().normalize();
  }

  /** What is there of the first file, wherever an earlier run has put it, or a not-found. */
  Attributes first() throws IOException {
    Location beside = directory;
    Location other = inside;
    try {
      return stat(0);
    } catch (DataNotFoundException missing) {
      if (other == null) {
        throw missing;
      }
      directory = other;
      try {
        return stat(0);
      } catch (TransferException nowhere) {
        directory = beside;
        throw missing;
      }
    }
  }

  /** Writes the first file of a new journal, and with it decides where the others will be. */
  void begin(byte[] bytes) throws IOException {
    Location beside = directory;
    Location other = inside;
    try {
      write(0, bytes);
    } catch (TransferException refused) {
      if (other == null || refused.kind() == FailureKind.CONFLICT) {
        throw refused;
      }
      directory = other;
      try {
        write(0, bytes);
      } catch (TransferException again) {
        directory = beside;
        again.addSuppressed(refused);
        throw again;
      }
    }
  }

  /** Why a run does not go on from this journal. */
  CopyException refused(FailureKind kind, String whyAndWhat) {
    return Problem.cannot("go on with the job " + jobId + " from its journal", file(0).text())
        .because(whyAndWhat)
        .kind(kind)
        .as(CopyException::new);
  }

  /** What the names of the run's temporary files have in common. */
  String tag() {
    return tag;
  }

  /** The number-th file. */
  Location file(int number) {
    return directory.child(name(number));
  }

  private RelativePath name(int number) {
    return new RelativePath(ReservedNames.journalName(jobId, number));
  }

  /** What is there, or a not-found. */
  Attributes stat(int number) throws IOException {
    return store.stat(file(number));
  }

  byte[] read(int number, Attributes attributes) throws IOException {
    try (InputStream in = store.open(file(number), attributes, ByteRange.WHOLE)) {
      return in.readNBytes(JournalFile.MOST_BYTES);
    }
  }

  /** Writes a file again that this run has written before. */
  void rewrite(int number, byte[] bytes) throws IOException {
    write(number, bytes, WriteOptions.Existing.REPLACE);
  }

  /** Writes a new file; fails with {@code CONFLICT} when somebody has written one of its number. */
  void write(int number, byte[] bytes) throws IOException {
    write(number, bytes, WriteOptions.Existing.REFUSE);
  }

  /** What the clock of the store says, by the time of a new file. */
  Instant now() throws IOException {
    return StoreClock.now(store, directory);
  }

  private void write(int number, byte[] bytes, WriteOptions.Existing existing) throws IOException {
    WriteOptions options =
        new WriteOptions(bytes.length, Map.of(), existing, UUID.randomUUID().toString(), tag)
            .with(FileMode.PRIVATE);
    try (ObjectWrite out = store.write(file(number), options)) {
      out.write(bytes, 0, bytes.length);
      out.commit();
    }
  }

  /** The last first: what is left of them when that fails is a journal still. */
  void remove(int count) throws IOException {
    Iterator<RelativePath> names =
        IntStream.iterate(count - 1, number -> number >= 0, number -> number - 1)
            .mapToObj(this::name)
            .iterator();
    try {
      store.deleteFiles(directory, names);
    } catch (IOException failure) {
      boolean[] there = {true};
      Uninterruptibles.run(() -> there[0] = isThere());
      if (there[0]) {
        throw failure;
      } // else only the answer was lost
    }
  }

  /** Unless it is definitely absent. */
  private boolean isThere() {
    try {
      stat(0);
      return true;
    } catch (DataNotFoundException absent) {
      return false;
    } catch (IOException unknown) {
      LOG.debug("{} may be there", file(0), unknown);
      return true;
    }
  }
}
