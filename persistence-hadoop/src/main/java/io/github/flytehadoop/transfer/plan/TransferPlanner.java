/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.plan;

import io.github.flytehadoop.error.DataNotFoundException;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.PathFilter;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.ListOptions;
import io.github.flytehadoop.store.Listing;
import io.github.flytehadoop.store.ListingEntry;
import io.github.flytehadoop.store.Stores;
import io.github.flytehadoop.store.UnsupportedEntry;
import io.github.flytehadoop.transfer.Cancellation;
import io.github.flytehadoop.transfer.OnExisting;
import io.github.flytehadoop.transfer.OnUnsupported;
import io.github.flytehadoop.transfer.TransferItem;
import io.github.flytehadoop.transfer.spill.ExternalSorter;
import io.github.flytehadoop.transfer.spill.SpillFile;
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

  /** Everything below a directory; an entry that cannot be transferred fails. */
  public SortedListing list(Location directory, PathFilter filter, SpillFile space)
      throws IOException {
    return list(directory, filter, space, new LeftOut(OnUnsupported.FAIL, filter), any -> {});
  }

  /** The same without what is left out; somebody hears of what the filter does not take, too. */
  public SortedListing list(
      Location directory,
      PathFilter filter,
      SpillFile space,
      UnsupportedEntry.Handler leftOut,
      Consumer<ListingEntry> all)
      throws IOException {
    Listing listing = stores.of(directory).tree(directory, ListOptions.telling(leftOut));
    return sorted(
        directory,
        listing,
        entry -> {
          all.accept(entry);
          return filter.accepts(entry.path());
        },
        space);
  }

  /** A root that is there does not vanish because something below it does (F77). */
  private SortedListing sorted(
      Location directory, Listing opened, Predicate<ListingEntry> takes, SpillFile space)
      throws IOException {
    ExternalSorter<ListingEntry> sorter = sorter(space);
    long hidden;
    try (Listing listing = opened) {
      while (listing.hasNext()) {
        cancellation.check(directory.text());
        ListingEntry entry = listing.next();
        if (takes.test(entry)) {
          sorter.add(slim(entry));
        }
      }
      hidden = listing.hidden();
    } catch (DataNotFoundException vanished) {
      throw Problem.cannot("list", directory.text())
          .because("something below it vanished meanwhile")
          .kind(FailureKind.SOURCE_CHANGED)
          .remedy("Run it again once nobody removes directories there.")
          .causedBy(vanished)
          .exception();
    }
    return new SortedListing(directory, sorter, hidden);
  }

  /**
   * What a target holds, empty when it does not exist. A link is an entry of its own: what lies
   * behind it may be what the same run writes elsewhere. What is neither a file nor a directory
   * stays where it is; only a directory that may not be read fails, for nobody knows what it holds.
   */
  public SortedListing listTarget(Location directory, PathFilter filter, SpillFile space)
      throws IOException {
    UnsupportedEntry.Handler kept =
        entry -> {
          if (entry.extent() == UnsupportedEntry.Extent.SUBTREE
              && filter.mayTakeBelow(entry.path())) {
            throw entry.failure();
          }
        };
    Listing listing;
    try {
      listing =
          stores.of(directory).tree(directory, new ListOptions(ListOptions.Links.ENTRIES, kept));
    } catch (DataNotFoundException absent) {
      return nothing(directory, space);
    }
    return sorted(directory, listing, entry -> filter.accepts(entry.path()), space);
  }

  /** A directory with nothing in it. */
  public SortedListing nothing(Location directory, SpillFile space) throws IOException {
    return new SortedListing(directory, sorter(space), 0);
  }

  private static ExternalSorter<ListingEntry> sorter(SpillFile space) {
    return new ExternalSorter<>(new PathOrder(), new ListedCodec(), space);
  }

  /** Without Hadoop's status: a plan keeps one of these for each file. */
  private static ListingEntry slim(ListingEntry entry) {
    Attributes listed = entry.attributes();
    return listed.status() == null
        ? entry
        : new ListingEntry(
            entry.path(),
            new Attributes(
                listed.kind(),
                listed.lengthBytes(),
                listed.modified(),
                listed.etag(),
                null,
                listed.fileId()));
  }

  /** A tree that replaces whatever the target has. */
  public PlanBuilder draft(Roots roots, PlanBuilder.NameRule rule, SpillFile space)
      throws IOException {
    return compare(
        list(roots.source(), PathFilter.ALL, space),
        nothing(roots.target(), space),
        new PlanBuilder(
            roots, stores.of(roots.target()).traits().tree(), OnExisting.OVERWRITE, rule, space));
  }

  /** Fills a draft by comparing two sorted listings. */
  public static PlanBuilder compare(SortedListing source, SortedListing target, PlanBuilder draft)
      throws IOException {
    ListingDiff.run(source, target, draft);
    return draft.hidden(source.hidden());
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
        attributes.etag(),
        attributes.fileId(),
        null);
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
