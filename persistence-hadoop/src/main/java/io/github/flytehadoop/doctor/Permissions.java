/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.doctor;

import io.github.flytehadoop.error.DataNotFoundException;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.RelativePath;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.ByteRange;
import io.github.flytehadoop.store.Listing;
import io.github.flytehadoop.store.ObjectWrite;
import io.github.flytehadoop.store.Store;
import io.github.flytehadoop.store.WriteOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What may be done below a directory, by a probe that is removed again. */
final class Permissions {
  private static final byte[] CONTENT = "flyte-data doctor\n".getBytes(StandardCharsets.UTF_8);

  /** Failures that every further check would only repeat. */
  private static final Set<FailureKind> ALL_THE_SAME =
      Set.of(
          FailureKind.NO_CREDENTIALS,
          FailureKind.NETWORK,
          FailureKind.TIMEOUT,
          FailureKind.NOT_FOUND,
          FailureKind.THROTTLED);

  private final Store store;
  private final Location directory;
  private final Diagnosis diagnosis;
  private final List<Finding> findings = new ArrayList<>();

  Permissions(Store store, Location directory, Diagnosis diagnosis) {
    this.store = store;
    this.directory = directory.asDirectory();
    this.diagnosis = diagnosis;
  }

  /** One step; what it throws is its finding. */
  private interface Step {
    void run() throws IOException;
  }

  List<Finding> examine() {
    TransferException listing = attempt("list", this::list);
    if (listing != null && isAllTheSame(listing)) {
      skip("write", "read", "delete");
      return findings;
    }
    Location probe =
        directory.child(new RelativePath("flyte-doctor-" + UUID.randomUUID() + ".probe"));
    if (attempt("write", () -> write(probe)) != null) {
      skip("read", "delete");
      return findings;
    }
    attempt("read", () -> read(probe));
    if (attempt("delete", () -> delete(probe)) != null) {
      findings.add(
          Finding.warning("delete", "the probe is still there", "Remove " + probe + " by hand."));
    }
    return findings;
  }

  /** A refusal of another reason than permission is one of everything. */
  private static boolean isAllTheSame(TransferException failure) {
    return ALL_THE_SAME.contains(failure.kind()) || Diagnosis.isClock(failure);
  }

  private void skip(String... checks) {
    Arrays.stream(checks)
        .forEach(check -> findings.add(Finding.skipped(check, "because of the line above")));
  }

  private @Nullable TransferException attempt(String verb, Step step) {
    try {
      step.run();
      findings.add(Finding.ok(verb, "allowed"));
      return null;
    } catch (TransferException failure) {
      findings.add(diagnosis.of(verb, failure));
      return failure;
    } catch (IOException failure) {
      TransferException unknown =
          new TransferException(
              FailureKind.NETWORK, directory.text(), String.valueOf(failure.getMessage()), failure);
      findings.add(diagnosis.of(verb, unknown));
      return unknown;
    }
  }

  /** A prefix that has no keys yet is fine; a bucket that is not there is not. */
  private void list() throws IOException {
    try (Listing listing = store.children(directory)) {
      listing.hasNext();
    } catch (DataNotFoundException absent) {
      if (Diagnosis.isMissingStore(absent)) {
        throw absent;
      }
    }
  }

  private void write(Location probe) throws IOException {
    try (ObjectWrite write = store.write(probe, WriteOptions.ofLength(CONTENT.length))) {
      write.write(CONTENT);
      write.commit();
    }
  }

  private void read(Location probe) throws IOException {
    Attributes attributes = store.stat(probe);
    try (InputStream in = store.open(probe, attributes, ByteRange.WHOLE)) {
      if (!Arrays.equals(in.readAllBytes(), CONTENT)) {
        throw new TransferException(
            FailureKind.INTEGRITY, probe.text(), "other bytes came back than were written", null);
      }
    }
  }

  private void delete(Location probe) throws IOException {
    store.delete(probe, store.stat(probe));
  }
}
