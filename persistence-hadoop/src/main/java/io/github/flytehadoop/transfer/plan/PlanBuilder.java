/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.plan;

import io.github.flytehadoop.error.CopyException;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.PathFilter;
import io.github.flytehadoop.location.RelativePath;
import io.github.flytehadoop.store.ListingEntry;
import io.github.flytehadoop.store.StoreTraits;
import io.github.flytehadoop.transfer.OnExisting;
import io.github.flytehadoop.transfer.OnUnsupported;
import io.github.flytehadoop.transfer.TransferItems;
import io.github.flytehadoop.transfer.spill.SpillFile;
import io.github.flytehadoop.transfer.spill.SpilledList;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a plan will hold, gathered while two sorted listings are compared. Whatever is wrong with
 * the names is found here, before the first byte moves.
 */
public final class PlanBuilder implements ListingDiff.Visitor {
  /** What else a caller wants of every file's name. */
  public interface NameRule {
    /** Throws when the target cannot take a name. */
    void check(RelativePath file) throws TransferException;

    /** What a target asks of names: a local one that they neither lead out of it nor meet. */
    static NameRule of(Location target) {
      if (!target.isLocal()) {
        return any -> {};
      }
      Path local = Path.of(target.key());
      SymlinkGuard links = new SymlinkGuard(local);
      NameCollisionGuard twins = new NameCollisionGuard(local, NameCollisionGuard.diskOf(local));
      return file -> {
        links.check(file);
        twins.check(file);
      };
    }
  }

  private static final ListedCodec CODEC = new ListedCodec();

  private final Roots roots;
  private final Location target;
  private final StoreTraits.Tree tree;
  private final OnExisting onExisting;
  private final NameRule rule;
  private final SizeBuckets wanted;
  private final SpilledList<ListingEntry> emptyDirectories;
  private final SpilledList<ListingEntry> extra;
  private @Nullable ListingEntry lastFile;
  private long files;
  private long skipped;
  private long unproven;
  private long published;
  private long hidden;
  private EarlierRun earlier = EarlierRun.NONE;
  private @Nullable ContentComparison contents;
  private @Nullable Skipping skipping;
  private @Nullable NewDirectories directories;
  private LeftOut leftOut = new LeftOut(OnUnsupported.FAIL, PathFilter.ALL);

  /** A plan without files. */
  public PlanBuilder(
      Roots roots, StoreTraits.Tree tree, OnExisting onExisting, NameRule rule, SpillFile space) {
    this.roots = roots;
    this.target = roots.target();
    this.tree = tree;
    this.onExisting = onExisting;
    this.rule = rule;
    this.wanted = new SizeBuckets(roots.source(), roots.target(), space);
    this.emptyDirectories = new SpilledList<>(CODEC, space);
    this.extra = new SpilledList<>(CODEC, space);
  }

  /** Goes on after an earlier run that published some of the files. */
  public PlanBuilder after(EarlierRun run, ContentComparison proof) {
    earlier = run;
    contents = proof;
    return this;
  }

  /** Leaves files that are the same as they are, where they are to be skipped. */
  public PlanBuilder skipping(Skipping rule) {
    skipping = rule;
    return this;
  }

  /** Leaves out the files that the target cannot hold, as far as a policy says so. */
  public PlanBuilder leavingOut(LeftOut other) {
    leftOut = other;
    return this;
  }

  /** Tells of the directories that files need. */
  public PlanBuilder telling(@Nullable NewDirectories other) {
    directories = other;
    return this;
  }

  @Override
  public void onlySource(ListingEntry source) throws IOException {
    if (!name(source)) {
      return;
    }
    if (directories != null) {
      directories.needs(source);
    }
    if (source.attributes().isDirectory()) {
      emptyDirectories.add(source);
    } else {
      wanted.add(source);
    }
  }

  @Override
  public void onlyTarget(ListingEntry there) throws IOException {
    if (!there.attributes().isDirectory() && !leftOut.covers(there.path().value())) {
      extra.add(there);
    }
  }

  @Override
  public void both(ListingEntry source, ListingEntry there) throws IOException {
    if (!name(source) || source.attributes().isDirectory()) {
      return;
    }
    ContentComparison.Side ours = side(roots.source(), source);
    ContentComparison.Side theirs = side(target, there);
    if (earlier.has(source.path(), ours, theirs)
        || (onExisting == OnExisting.FAIL && isProven(ours, theirs))) {
      published++;
      skipped++;
      return;
    }
    if (onExisting == OnExisting.FAIL) {
      throw taken(target, source.path());
    }
    ContentComparison.Verdict.@Nullable Kind found = sameness(ours, theirs);
    if (found == null) {
      wanted.add(source);
    } else {
      skipped++;
      unproven += found == ContentComparison.Verdict.Kind.PROVEN ? 0 : 1;
    }
  }

  /** How it is known that two files are the same, or null when this one is to be written. */
  private ContentComparison.Verdict.@Nullable Kind sameness(
      ContentComparison.Side ours, ContentComparison.Side theirs) throws IOException {
    Skipping rule = skipping;
    return onExisting == OnExisting.SKIP_IDENTICAL && rule != null
        ? rule.found(ours, theirs)
        : null;
  }

  /** What was published when the earlier run died has no receipt, but the bytes of its source. */
  private boolean isProven(ContentComparison.Side source, ContentComparison.Side there)
      throws IOException {
    ContentComparison proof = contents;
    return proof != null && earlier.mayHaveLeft(source, there) && proof.areEqual(source, there);
  }

  private static ContentComparison.Side side(Location root, ListingEntry file) {
    return new ContentComparison.Side(root.child(file.path()), file.attributes());
  }

  /**
   * Whether the target can hold an entry. An object store can hold {@code x} beside {@code x/y}, a
   * file system cannot (W-21, B15).
   */
  private boolean name(ListingEntry source) throws TransferException {
    ListingEntry before = lastFile;
    if (before != null
        && tree == StoreTraits.Tree.DIRECTORIES
        && PathOrder.isBelow(source.path().value(), before.path().value())) {
      leftOut.add(
          source.path().value(),
          conflict(before.path(), "the source has it as a file and as a directory"));
      return false;
    }
    rule.check(source.path());
    if (!source.attributes().isDirectory()) {
      lastFile = source;
      files++;
    }
    return true;
  }

  private TransferException conflict(RelativePath path, String why) {
    String uri = target.child(path).text();
    return Problem.cannot("write", uri)
        .because(why)
        .remedy("Rename one of them, or leave one out.")
        .kind(FailureKind.CONFLICT)
        .exception();
  }

  /** The failure of a target that exists and may not be replaced. */
  public static CopyException taken(Location target, RelativePath path) {
    String uri = path.value().equals(target.name()) ? target.text() : target.child(path).text();
    return Problem.cannot("copy to", uri)
        .because("it exists")
        .remedy(
            "Nothing was changed. Choose another target, or OnExisting.OVERWRITE or SKIP_IDENTICAL"
                + " (--overwrite, --skip-identical).")
        .kind(FailureKind.CONFLICT)
        .as(CopyException::new);
  }

  /** Takes note of entries of the source that its listing did not show. */
  PlanBuilder hidden(long entries) {
    hidden = entries;
    return this;
  }

  /** Sentences for the report. */
  List<String> notes() {
    return hidden == 0
        ? List.of()
        : List.of(
            hidden
                + " entries of the source were left out: they are named like files on their way"
                + " and notes of runs of this library.");
  }

  /** The files to move, largest first. */
  public TransferItems items() {
    return wanted.items();
  }

  /** Directories of the source that hold nothing and that the target has not. */
  SpilledList<ListingEntry> emptyDirectories() {
    return emptyDirectories;
  }

  /** Files that only the target has. */
  public SpilledList<ListingEntry> extra() {
    return extra;
  }

  /** Files that an earlier run of this name published. */
  public long published() {
    return published;
  }

  /** Files of the source, wanted or not. */
  public long files() {
    return files;
  }

  /** Files that the target has already. */
  public long skipped() {
    return skipped;
  }

  /** Files that it seems to have, without a proof. */
  public long unproven() {
    return unproven;
  }
}
