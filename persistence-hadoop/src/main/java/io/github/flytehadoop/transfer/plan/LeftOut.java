/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.plan;

import io.github.flytehadoop.error.PathFailure;
import io.github.flytehadoop.error.Printable;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.PathFilter;
import io.github.flytehadoop.store.UnsupportedEntry;
import io.github.flytehadoop.transfer.OnUnsupported;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a plan leaves out because nobody can transfer it: counted, and the first ones named. */
public final class LeftOut implements UnsupportedEntry.Handler {
  private static final int NAMED = 100;
  private static final int MOST_KEPT = 100_000;

  private final OnUnsupported policy;
  private final PathFilter filter;
  private final List<PathFailure> named = new ArrayList<>();
  private final Set<String> paths = new HashSet<>();
  private long count;

  /** Decides as the policy says about what the filter takes. */
  public LeftOut(OnUnsupported policy, PathFilter filter) {
    this.policy = policy;
    this.filter = filter;
  }

  /** Decides on an entry of the source; nobody hears of one that the filter leaves out. */
  @Override
  public void found(UnsupportedEntry entry) throws TransferException {
    boolean taken =
        entry.extent() == UnsupportedEntry.Extent.SUBTREE
            ? filter.mayTakeBelow(entry.path())
            : filter.takesKey(entry.path());
    if (taken) {
      add(entry.path(), entry.failure());
    }
  }

  /**
   * Leaves out a path of the plan.
   *
   * @throws TransferException the failure, unless the policy skips
   */
  public void add(String path, TransferException failure) throws TransferException {
    if (policy == OnUnsupported.FAIL) {
      throw failure;
    }
    count++;
    if (count <= MOST_KEPT) {
      paths.add(path);
    }
    if (named.size() < NAMED) {
      named.add(new PathFailure(path, failure.kind(), String.valueOf(failure.getMessage())));
    }
  }

  /**
   * Whether the source has something at a path that was left out, or above it, such as a directory
   * that may not be read: then the target's is not extra. Of very many nobody knows which they are.
   */
  boolean covers(String path) {
    if (count > MOST_KEPT || paths.contains(path)) {
      return true;
    }
    for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
      if (paths.contains(path.substring(0, slash))) {
        return true;
      }
    }
    return false;
  }

  /** How many there are. */
  public long count() {
    return count;
  }

  /** The first hundred of them. */
  public List<PathFailure> named() {
    return List.copyOf(named);
  }

  /** What a report says of them; nothing when there are none. */
  public List<String> notes() {
    return count == 0
        ? List.of()
        : List.of(
            count
                + (count == 1 ? " entry was" : " entries were")
                + " left out, because nobody can transfer them; the first is "
                + Printable.of(named.get(0).path())
                + ".");
  }
}
