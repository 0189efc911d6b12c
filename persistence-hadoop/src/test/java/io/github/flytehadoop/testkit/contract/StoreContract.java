/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.RelativePath;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.ByteRange;
import io.github.flytehadoop.store.Listing;
import io.github.flytehadoop.store.ListingEntry;
import io.github.flytehadoop.store.ObjectWrite;
import io.github.flytehadoop.store.Store;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.testkit.TestSecrets;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;

/** What the contracts have in common: a store, a fresh place in it, and words to speak of them. */
abstract class StoreContract {
  private Store store;
  private Location root;

  /** The store under test and what is known of it. */
  protected abstract StoreFixture fixture();

  @BeforeEach
  final void openStore() throws IOException {
    store = fixture().store();
    root = fixture().newRoot();
  }

  final Store store() {
    return store;
  }

  final Location root() {
    return root;
  }

  final Location at(String relative) {
    return root.child(new RelativePath(relative));
  }

  final int part() {
    return fixture().partBytes();
  }

  final void put(Location at, byte[] bytes) throws IOException {
    put(at, bytes, WriteOptions.ofLength(bytes.length));
  }

  final void put(Location at, byte[] bytes, WriteOptions options) throws IOException {
    try (ObjectWrite write = store.write(at, options)) {
      write.write(bytes);
      write.commit();
    }
  }

  final byte[] get(Location at) throws IOException {
    return get(at, store.stat(at), ByteRange.WHOLE);
  }

  final byte[] get(Location at, Attributes pinned, ByteRange range) throws IOException {
    try (InputStream in = store.open(at, pinned, range)) {
      return in.readAllBytes();
    }
  }

  final boolean isThere(Location at) throws IOException {
    try {
      store.stat(at);
      return true;
    } catch (io.github.flytehadoop.error.DataNotFoundException absent) {
      return false;
    }
  }

  /** Entries by relative path; each may appear only once. */
  static SortedMap<String, Attributes> entries(Listing listing) throws IOException {
    SortedMap<String, Attributes> entries = new TreeMap<>();
    try (listing) {
      while (listing.hasNext()) {
        ListingEntry entry = listing.next();
        assertThat(entries.put(entry.path().value(), entry.attributes()))
            .as("a second entry %s", entry.path())
            .isNull();
      }
    }
    return entries;
  }

  final List<String> filesBelow(Location directory) throws IOException {
    List<String> files = new ArrayList<>();
    entries(store.tree(directory))
        .forEach(
            (path, attributes) -> {
              if (!attributes.isDirectory()) {
                files.add(path);
              }
            });
    return files;
  }

  /** Neither a file nor a temporary one nor a pending upload is below a place. */
  final void assertNothingLeft(Location place) throws IOException {
    assertThat(fixture().leftovers(place)).as("leftovers").isEmpty();
    if (isThere(place)) {
      assertThat(filesBelow(place)).as("visible files").isEmpty();
    }
  }

  /** The failure of a call, whose message has the one form that messages have. */
  static TransferException failureOf(ThrowingCallable call) {
    TransferException failure = catchThrowableOfType(TransferException.class, call);
    assertThat(failure).as("a failure").isNotNull();
    assertThat(failure.getMessage()).matches("Cannot [^:]+ \\S[^\\n]*: [^\\n]+\\. [A-Z][^\\n]+\\.");
    assertThat(TestSecrets.all()).noneMatch(secret -> failure.getMessage().contains(secret));
    return failure;
  }

  static void assertFails(FailureKind kind, ThrowingCallable call) {
    TransferException failure = failureOf(call);
    assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(kind);
  }

  /** The same bytes for the same seed. */
  static byte[] bytes(long seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  /** Runs a task for each number below {@code tasks} and returns their results in order. */
  static <T> List<T> inParallel(int threads, int tasks, Numbered<T> task) throws IOException {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Callable<T>> calls = new ArrayList<>();
      for (int number = 0; number < tasks; number++) {
        int mine = number;
        calls.add(() -> task.run(mine));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> result : executor.invokeAll(calls)) {
        results.add(result.get());
      }
      return results;
    } catch (InterruptedException | ExecutionException failure) {
      throw new IOException(failure);
    } finally {
      executor.shutdownNow();
    }
  }

  /** A task that knows its number. */
  interface Numbered<T> {
    T run(int number) throws IOException;
  }
}
