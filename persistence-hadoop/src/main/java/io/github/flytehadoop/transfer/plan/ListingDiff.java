/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.plan;

import io.github.flytehadoop.store.ListingEntry;
import java.io.IOException;

/** Two sorted listings side by side, without a request for any file. */
final class ListingDiff {
  /** Hears of each entry once, in the order of {@link PathOrder}. */
  interface Visitor {
    /** Only the source has it, or has something else of this name. */
    void onlySource(ListingEntry source) throws IOException;

    /** Only the target has it, or has something else of this name. */
    void onlyTarget(ListingEntry target) throws IOException;

    /** Both have it, as files or as directories. */
    void both(ListingEntry source, ListingEntry target) throws IOException;
  }

  private ListingDiff() {}

  static void run(SortedListing source, SortedListing target, Visitor visitor) throws IOException {
    for (ListingEntry ours = source.peek(), theirs = target.peek();
        ours != null || theirs != null;
        ours = source.peek(), theirs = target.peek()) {
      int order =
          ours == null
              ? 1
              : theirs == null ? -1 : PathOrder.compare(ours.path().value(), theirs.path().value());
      if (order < 0) {
        visitor.onlySource(source.next());
      } else if (order > 0) {
        visitor.onlyTarget(target.next());
      } else {
        meet(source.next(), target.next(), visitor);
      }
    }
  }

  private static void meet(ListingEntry source, ListingEntry target, Visitor visitor)
      throws IOException {
    if (source.attributes().kind() == target.attributes().kind()) {
      visitor.both(source, target);
    } else {
      visitor.onlySource(source);
      visitor.onlyTarget(target);
    }
  }
}
