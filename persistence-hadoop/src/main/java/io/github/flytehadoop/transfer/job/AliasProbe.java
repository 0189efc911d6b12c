/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.job;

import io.github.flytehadoop.error.CopyException;
import io.github.flytehadoop.error.DataNotFoundException;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.RelativePath;
import io.github.flytehadoop.store.Listing;
import io.github.flytehadoop.store.ObjectWrite;
import io.github.flytehadoop.store.ReservedNames;
import io.github.flytehadoop.store.Store;
import io.github.flytehadoop.store.Stores;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.transfer.plan.AliasSearch;
import io.github.flytehadoop.transfer.plan.Roots;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Proves, before anything is deleted, that the target is not the source by another name: an empty
 * file with a new name that is written into the target must not show up at the source. Names prove
 * it alone only within one bucket.
 */
final class AliasProbe {
  private static final Logger LOG = LoggerFactory.getLogger(AliasProbe.class);

  private final Roots roots;
  private final Stores stores;
  private final String tag;
  private final RelativePath name = new RelativePath(ReservedNames.newProbeName());
  private final List<RelativePath> written = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  /** A proof whose unfinished files the next run with this tag removes. */
  AliasProbe(Roots roots, Stores stores, String tag) {
    this.roots = roots;
    this.stores = stores;
    this.tag = tag;
  }

  /**
   * Refuses to go on unless it is proven.
   *
   * @throws CopyException of kind {@code CONFLICT} when they are one place, or of the kind of the
   *     failure that prevents the proof; nothing was changed
   */
  void requireApart(AliasSearch search) throws IOException {
    if (stores.placeOf(roots.source()).isProvenApartFrom(stores.placeOf(roots.target()))) {
      return;
    }
    try {
      write(name);
      stores.of(roots.target()).stat(roots.target().child(name)); // or it would prove nothing
      for (String directory : search.sourceMayBe()) {
        write(below(directory));
      }
      refuseSeen(name);
      if (search.targetMayBeBelow()) {
        for (String directory : targets(search)) {
          refuseSeen(below(directory));
        }
      }
    } catch (CopyException told) {
      throw told;
    } catch (TransferException failure) {
      throw unproven(failure);
    } finally {
      remove();
    }
  }

  private RelativePath below(String directory) {
    return new RelativePath(directory + "/" + name);
  }

  private void write(RelativePath probe) throws IOException {
    Location at = roots.target().child(probe);
    try (ObjectWrite out = stores.of(at).write(at, options())) {
      written.add(probe);
      out.commit();
    }
  }

  private WriteOptions options() {
    String writer = UUID.randomUUID().toString();
    return new WriteOptions(0, Map.of(), WriteOptions.Existing.REPLACE, writer, tag);
  }

  private void refuseSeen(RelativePath probe) throws IOException {
    Location at = roots.source().child(probe);
    try {
      stores.of(at).stat(at);
    } catch (DataNotFoundException apart) {
      return;
    }
    throw copyException(
        FailureKind.CONFLICT,
        "what is written there shows up at the source "
            + roots.source()
            + ": they are one place by two names, or one lies in the other",
        "Choose a target beside the source.",
        null);
  }

  /** Asked only when the listings look as if, for it costs another listing of the source. */
  private SortedSet<String> targets(AliasSearch search) throws IOException {
    SortedSet<String> targets = new TreeSet<>();
    try (Listing listing = stores.of(roots.source()).tree(roots.source())) {
      while (listing.hasNext()) {
        search.addTargets(listing.next(), targets);
      }
    }
    return targets;
  }

  private CopyException unproven(TransferException failure) {
    return copyException(
        failure.kind(),
        "it cannot be proven that "
            + roots.source()
            + " is another place, for want of an empty file that is written there for a moment. "
            + String.valueOf(failure.getMessage()).replaceAll("\\.$", ""),
        "Leave out --delete-extra, or allow to write below the target.",
        failure);
  }

  private CopyException copyException(
      FailureKind kind,
      String why,
      String remedy,
      @org.jspecify.annotations.Nullable Throwable cause) {
    return Problem.cannot("delete what only the target has, below", roots.target().text())
        .because(why)
        .remedy("Nothing was changed. " + remedy)
        .kind(kind)
        .causedBy(cause)
        .as(CopyException::new);
  }

  /** Tried twice: what is left has no other run that would remove it. */
  private void remove() {
    if (written.isEmpty()) {
      return;
    }
    try {
      delete();
    } catch (IOException | RuntimeException first) {
      try {
        delete();
      } catch (IOException | RuntimeException failure) {
        LOG.warn("{} of a probe in {} may be left. Remove it.", name, roots.target(), failure);
        notes.add(
            "An empty file "
                + name
                + " that no listing shows may be left at the target. Remove it.");
      }
    }
  }

  private void delete() throws IOException {
    Store store = stores.of(roots.target());
    store.deleteFiles(roots.target(), written.iterator());
  }

  /** Sentences for the report. */
  List<String> notes() {
    return notes;
  }
}
