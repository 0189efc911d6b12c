/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.ByteRange;
import io.github.flytehadoop.store.Listing;
import io.github.flytehadoop.store.ListingEntry;
import io.github.flytehadoop.store.ObjectWrite;
import io.github.flytehadoop.store.Store;
import io.github.flytehadoop.store.WriteOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What the tests of the local store do, seen from beside the store. */
final class LocalDisk {
  static final LocalStore STORE = new LocalStore();

  private LocalDisk() {}

  static Location at(Path path) {
    return Location.parse(path.toString());
  }

  static SortedMap<String, Attributes> tree(Path directory) throws IOException {
    SortedMap<String, Attributes> entries = new TreeMap<>();
    try (Listing listing = STORE.tree(at(directory))) {
      while (listing.hasNext()) {
        ListingEntry entry = listing.next();
        entries.put(entry.path().value(), entry.attributes());
      }
    }
    return entries;
  }

  static String read(Path file, Attributes pinned) throws IOException {
    try (InputStream in = STORE.open(at(file), pinned, ByteRange.WHOLE)) {
      return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
  }

  static void write(Store store, Path file, byte[] bytes, WriteOptions options) throws IOException {
    try (ObjectWrite write = store.write(at(file), options)) {
      write.write(bytes);
      write.commit();
    }
  }

  static TransferException assertFails(FailureKind kind, ThrowingCallable call) {
    TransferException failure = catchThrowableOfType(TransferException.class, call);
    assertThat(failure).as("a failure").isNotNull();
    assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(kind);
    assertThat(failure.getMessage()).matches("Cannot [^:]+ \\S[^\\n]*: [^\\n]+\\. [A-Z][^\\n]+\\.");
    return failure;
  }

  /** All names in a directory, hidden and temporary ones too. */
  static Stream<String> names(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.map(entry -> entry.getFileName().toString()).toList().stream();
    }
  }

  /** Makes a pipe, which nobody writes to: opening it would hang. */
  static void makePipe(Path path) throws IOException, InterruptedException {
    run(path.getParent(), "mkfifo " + path.getFileName());
  }

  /** Makes a file whose name Java cannot spell. */
  static void makeFile(Path directory, String octalName) throws IOException, InterruptedException {
    run(directory, "printf x > \"$(printf '" + octalName + "')\"");
  }

  private static void run(Path directory, String command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("sh", "-c", command).directory(directory.toFile()).inheritIO().start();
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }
}
