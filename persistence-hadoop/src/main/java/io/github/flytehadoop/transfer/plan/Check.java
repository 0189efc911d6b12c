/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.plan;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.PathFilter;
import io.github.flytehadoop.location.RelativePath;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.ListingEntry;
import io.github.flytehadoop.transfer.CheckReport;
import io.github.flytehadoop.transfer.CompareBy;
import io.github.flytehadoop.transfer.Difference;
import io.github.flytehadoop.transfer.EngineContext;
import io.github.flytehadoop.transfer.plan.ContentComparison.Side;
import io.github.flytehadoop.transfer.spill.SpillFile;
import java.io.IOException;
import java.util.function.Consumer;

/** Two places side by side: nothing is copied, nothing is changed, memory is bounded. */
public final class Check {
  private final EngineContext context;
  private final TransferPlanner planner;
  private final ContentComparison contents;
  private final CompareBy by;
  private final Consumer<Difference> found;
  private long same;
  private long proven;
  private long different;
  private long onlyFirst;
  private long onlySecond;

  /** A comparison whose differences a consumer gets one by one. */
  public Check(EngineContext context, CompareBy by, Consumer<Difference> found) {
    this.context = context;
    this.planner = new TransferPlanner(context.stores(), context.cancellation());
    this.contents = new ContentComparison(context);
    this.by = by;
    this.found = found;
  }

  /** Compares two files or two trees. */
  public CheckReport run(Location first, Location second) throws TransferException {
    try {
      return compare(first, second);
    } catch (TransferException told) {
      throw told;
    } catch (IOException failure) {
      throw Problem.cannot("compare", first.text())
          .also("with", second.text())
          .because(failure.toString())
          .remedy("Check the local disk.")
          .kind(FailureKind.LOCAL_IO)
          .causedBy(failure)
          .exception();
    }
  }

  private CheckReport compare(Location first, Location second) throws IOException {
    Attributes one = context.stores().of(first).stat(first);
    Attributes other = context.stores().of(second).stat(second);
    if (one.isDirectory() != other.isDirectory()) {
      throw Problem.cannot("compare", first.text())
          .also("with", second.text())
          .because("one is a directory and the other a file")
          .remedy("Name two of a kind.")
          .exception();
    }
    if (one.isDirectory()) {
      trees(first, second);
    } else {
      compare(first.name(), new Side(first, one), new Side(second, other));
    }
    return new CheckReport(same, proven, different, onlyFirst, onlySecond);
  }

  private void trees(Location first, Location second) throws IOException {
    try (SpillFile space = new SpillFile()) {
      ListingDiff.run(
          planner.list(first, PathFilter.ALL, space),
          planner.list(second, PathFilter.ALL, space),
          new Pairs(first, second));
    }
  }

  private final class Pairs implements ListingDiff.Visitor {
    private final Location first;
    private final Location second;

    Pairs(Location first, Location second) {
      this.first = first;
      this.second = second;
    }

    @Override
    public void onlySource(ListingEntry source) {
      if (!source.attributes().isDirectory()) {
        onlyFirst++;
        tell(Difference.Kind.ONLY_FIRST, source.path().value(), "only the first has it");
      }
    }

    @Override
    public void onlyTarget(ListingEntry target) {
      if (!target.attributes().isDirectory()) {
        onlySecond++;
        tell(Difference.Kind.ONLY_SECOND, target.path().value(), "only the second has it");
      }
    }

    @Override
    public void both(ListingEntry source, ListingEntry target) throws IOException {
      RelativePath path = source.path();
      context.cancellation().check(path.value());
      if (!source.attributes().isDirectory()) {
        compare(
            path.value(),
            new Side(first.child(path), source.attributes()),
            new Side(second.child(path), target.attributes()));
      }
    }
  }

  private void compare(String path, Side first, Side second) throws IOException {
    ContentComparison.Verdict verdict = contents.compare(first, second, by);
    switch (verdict.kind()) {
      case PROVEN -> {
        same++;
        proven++;
      }
      case ALIKE -> same++;
      case DIFFERENT -> differs(path, verdict.why());
    }
  }

  private void differs(String path, String why) {
    different++;
    tell(Difference.Kind.DIFFERENT, path, why);
  }

  private void tell(Difference.Kind kind, String path, String why) {
    found.accept(new Difference(kind, path, why));
  }
}
