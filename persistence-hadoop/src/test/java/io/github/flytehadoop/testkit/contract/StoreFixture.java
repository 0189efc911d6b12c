/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit.contract;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Store;
import io.github.flytehadoop.store.StoreTraits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** All that the contracts need to know of a store. What it says is asserted, both ways. */
public interface StoreFixture {
  /** The store under test. */
  Store store() throws IOException;

  /** A place that no other test uses; an empty directory where directories are real. */
  Location newRoot() throws IOException;

  /** What the store must say of itself. */
  StoreTraits traits();

  /** Temporary files and pending uploads below a place, seen without the store under test. */
  List<String> leftovers(Location root) throws IOException;

  /** The size at which a file is split into parts or blocks. */
  default int partBytes() {
    return 64 * 1024;
  }

  /** Whether a file or directory can have this name; if not, it must be refused. */
  default boolean canHold(String name) {
    return name.getBytes(StandardCharsets.UTF_8).length <= 255;
  }

  /** Whether the server of the tests understands a name that the store itself can hold. */
  default boolean serverUnderstands(String name) {
    return true;
  }

  /** Whether the server answers every read from one version while the file is replaced. */
  default boolean answersFromOneVersion() {
    return true;
  }

  /** Whether the server of the tests refuses a part of an upload that has ended. */
  default boolean refusesLateParts() {
    return true;
  }

  /** Whether the server of the tests looks for another file before it joins parts. */
  default boolean partsRefuse() {
    return true;
  }

  /** Whether of writers who refuse to replace one wins, even when all publish at once. */
  default boolean refusesInOneStep() {
    return true;
  }

  /**
   * Whether no writer who replaces a file fails for the writers beside it. Where a rename is a copy
   * and a deletion one of many may, with a conflict.
   */
  default boolean everyWriterReplaces() {
    return true;
  }

  /** How many files make several pages of a listing. */
  default int manyFiles() {
    return 2500;
  }

  /** Whether {@code x} can be a file beside {@code x/y}; if not, the second must be refused. */
  default Twins twins() {
    return Twins.REFUSED;
  }

  /** Whether attributes pin the version that is read. */
  default Pins pins() {
    return Pins.VERSION;
  }

  /** Waits until a file that is written now has another time than one written before. */
  default void letTimePass() throws IOException {
    try {
      Thread.sleep(20);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** A store that may not touch a place, if the machine can make one. */
  default Optional<Stranger> stranger() throws IOException {
    return Optional.empty();
  }

  /** What happens to a file and a prefix of one name. */
  enum Twins {
    /** Both are kept. */
    KEPT,
    /** The second fails and the first stays. */
    REFUSED
  }

  /** What a read with attributes answers after the file was replaced. */
  enum Pins {
    /** The version of the attributes or a failure. */
    VERSION,
    /** Any one version, whole. */
    NOTHING
  }

  /**
   * Somebody who is refused.
   *
   * @param store as that somebody
   * @param file one that exists
   * @param kinds why calls fail; more than one where an answer without a body hides the reason
   */
  record Stranger(Store store, Location file, Set<FailureKind> kinds) {}
}
