/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.plan;

import io.github.flytehadoop.error.DataNotFoundException;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.PathFilter;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.Listed;
import io.github.flytehadoop.store.Listing;
import io.github.flytehadoop.store.Stores;
import io.github.flytehadoop.transfer.Cancellation;
import io.github.flytehadoop.transfer.OnExisting;
import io.github.flytehadoop.transfer.TransferItem;
import io.github.flytehadoop.transfer.spill.Sorter;
import io.github.flytehadoop.transfer.spill.SpillSpace;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Turns listings into a plan in bounded memory, however many entries they have. A listing that
 * fails ends the planning: an incomplete one never becomes a plan.
 */
public final class TransferPlanner {
  private final Stores stores;
  private final Cancellation cancellation;

  /** Plans with the listings of these stores. */
  public TransferPlanner(Stores stores, Cancellation cancellation) {
    this.stores = stores;
    this.cancellation = cancellation;
  }

  /** Everything below a directory. */
  public SortedTree list(Location directory, PathFilter filter, SpillSpace space)
      throws IOException {
    return list(directory, filter, space, any -> {});
  }

  /** The same, and somebody hears of what the filter leaves out too. */
  public SortedTree list(
      Location directory, PathFilter filter, SpillSpace space, Consumer<Listed> all)
      throws IOException {
    Listing listing = stores.of(directory).tree(directory);
    return sorted(
        directory,
        listing,
        entry -> {
          all.accept(entry);
          return filter.takes(entry.path());
        },
        space);
  }

  /** A root that is there does not vanish because something below it does (F77). */
  private SortedTree sorted(
      Location directory, Listing opened, Predicate<Listed> takes, SpillSpace space)
      throws IOException {
    Sorter<Listed> sorter = sorter(space);
    long leftOut;
    try (Listing listing = opened) {
      while (listing.hasNext()) {
        cancellation.check(directory.text());
        Listed entry = listing.next();
        if (takes.test(entry)) {
          sorter.add(slim(entry));
        }
      }
      leftOut = listing.leftOut();
    } catch (DataNotFoundException vanished) {
      throw Problem.cannot("list", directory.text())
          .because("something below it vanished meanwhile")
          .kind(FailureKind.SOURCE_CHANGED)
          .remedy("Run it again once nobody removes directories there.")
          .causedBy(vanished)
          .exception();
    }
    return new SortedTree(directory, sorter, leftOut);
  }

  /** The same, empty when the directory does not exist. */
  public SortedTree listIfThere(Location directory, PathFilter filter, SpillSpace space)
      throws IOException {
    Listing listing;
    try {
      listing = stores.of(directory).tree(directory);
    } catch (DataNotFoundException absent) {
      return nothing(directory, space);
    }
    return sorted(directory, listing, entry -> filter.takes(entry.path()), space);
  }

  /** A directory with nothing in it. */
  public SortedTree nothing(Location directory, SpillSpace space) throws IOException {
    return new SortedTree(directory, sorter(space), 0);
  }

  private static Sorter<Listed> sorter(SpillSpace space) {
    return new Sorter<>(new PathOrder(), new ListedCodec(), space);
  }

  /** Without Hadoop's status: a plan keeps one of these for each file. */
  private static Listed slim(Listed entry) {
    Attributes listed = entry.attributes();
    return listed.status() == null
        ? entry
        : new Listed(
            entry.path(),
            new Attributes(
                listed.kind(), listed.lengthBytes(), listed.modified(), listed.etag(), null));
  }

  /** A tree that replaces whatever the target has. */
  public Draft draft(Roots roots, Draft.NameRule rule, SpillSpace space) throws IOException {
    return compare(
        list(roots.source(), PathFilter.ALL, space),
        nothing(roots.target(), space),
        new Draft(
            roots, stores.of(roots.target()).traits().tree(), OnExisting.OVERWRITE, rule, space));
  }

  /** Fills a draft by comparing two sorted listings. */
  public static Draft compare(SortedTree source, SortedTree target, Draft draft)
      throws IOException {
    TreeComparison.run(source, target, draft);
    return draft.leftOut(source.leftOut());
  }

  /** The item of one file. */
  public static TransferItem item(
      long id, Location source, Location target, Attributes attributes) {
    return new TransferItem(
        id,
        source.text(),
        target.text(),
        attributes.lengthBytes(),
        attributes.modified().toEpochMilli(),
        attributes.etag());
  }

  /** What is at a location, or null when it is definitely absent. */
  public @Nullable Attributes statOrNull(Location at) throws IOException {
    try {
      return stores.of(at).stat(at);
    } catch (DataNotFoundException absent) {
      return null;
    }
  }
}
