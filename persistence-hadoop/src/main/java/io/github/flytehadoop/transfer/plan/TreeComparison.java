/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.plan;

import io.github.flytehadoop.store.Listed;
import java.io.IOException;

/** Two sorted listings side by side, without a request for any file. */
final class TreeComparison {
  /** Hears of each entry once, in the order of {@link PathOrder}. */
  interface Visitor {
    /** Only the source has it, or has something else of this name. */
    void onlySource(Listed source) throws IOException;

    /** Only the target has it, or has something else of this name. */
    void onlyTarget(Listed target) throws IOException;

    /** Both have it, as files or as directories. */
    void both(Listed source, Listed target) throws IOException;
  }

  private TreeComparison() {}

  static void run(SortedTree source, SortedTree target, Visitor visitor) throws IOException {
    for (Listed ours = source.peek(), theirs = target.peek();
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

  private static void meet(Listed source, Listed target, Visitor visitor) throws IOException {
    if (source.attributes().kind() == target.attributes().kind()) {
      visitor.both(source, target);
    } else {
      visitor.onlySource(source);
      visitor.onlyTarget(target);
    }
  }
}
