/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.resume;

import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.RelativePath;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.ByteRange;
import io.github.flytehadoop.store.ObjectWrite;
import io.github.flytehadoop.store.Store;
import io.github.flytehadoop.store.Stores;
import io.github.flytehadoop.store.Temporary;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.transfer.BlobDimensionality;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Where the files of a journal are: in the directory that is written, or beside a local one and
 * beside a single file, under numbered names that our listings leave out.
 */
final class JournalPlace {
  private final Store store;
  private final Location directory;
  private final String jobId;
  private final String tag;

  JournalPlace(Stores stores, Location target, BlobDimensionality shape, String jobId, String tag)
      throws IOException {
    this.store = stores.of(target);
    this.directory = directory(target, shape);
    this.jobId = jobId;
    this.tag = tag;
  }

  private static Location directory(Location target, BlobDimensionality shape) {
    if (target.isLocal()) {
      Path path = Path.of(target.key()).toAbsolutePath().normalize();
      Path parent = path.getParent();
      return Location.parse((parent == null ? path : parent).toString());
    }
    if (shape == BlobDimensionality.MULTIPART) {
      return target;
    }
    String text = target.text();
    return Location.parse(text.substring(0, text.length() - target.name().length()));
  }

  Location directory() {
    return directory;
  }

  /** The number-th file. */
  Location file(int number) {
    return directory.child(name(number));
  }

  private RelativePath name(int number) {
    return new RelativePath(Temporary.journalName(jobId, number));
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
    RelativePath probe = new RelativePath(Temporary.newProbeName());
    Location at = directory.child(probe);
    try (ObjectWrite out = store.write(at, WriteOptions.ofLength(0))) {
      out.commit();
    }
    Instant now = store.stat(at).modified();
    store.deleteFiles(directory, List.of(probe).iterator());
    return now;
  }

  private void write(int number, byte[] bytes, WriteOptions.Existing existing) throws IOException {
    WriteOptions options =
        new WriteOptions(bytes.length, Map.of(), existing, UUID.randomUUID().toString(), tag);
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
    store.deleteFiles(directory, names);
  }
}
