/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.plan;

import io.github.flytehadoop.error.CopyException;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Printable;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.RelativePath;
import io.github.flytehadoop.store.Listed;
import io.github.flytehadoop.store.StoreTraits;
import io.github.flytehadoop.transfer.OnExisting;
import io.github.flytehadoop.transfer.TransferItems;
import io.github.flytehadoop.transfer.spill.SpillSpace;
import io.github.flytehadoop.transfer.spill.SpilledList;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a plan will hold, gathered while two sorted listings are compared. Whatever is wrong with
 * the names is found here, before the first byte moves.
 */
public final class Draft implements TreeComparison.Visitor {
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
      LinkRule links = new LinkRule(local);
      TwinRule twins = new TwinRule(local, TwinRule.diskOf(local));
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
  private final SizeClasses wanted;
  private final SpilledList<Listed> emptyDirectories;
  private final SpilledList<Listed> extra;
  private @Nullable Listed lastFile;
  private long files;
  private long skipped;
  private long unproven;
  private long published;
  private long leftOut;
  private EarlierRun earlier = EarlierRun.NONE;
  private @Nullable Contents contents;
  private @Nullable Skipping skipping;

  /** A plan without files. */
  public Draft(
      Roots roots, StoreTraits.Tree tree, OnExisting onExisting, NameRule rule, SpillSpace space) {
    this.roots = roots;
    this.target = roots.target();
    this.tree = tree;
    this.onExisting = onExisting;
    this.rule = rule;
    this.wanted = new SizeClasses(roots.source(), roots.target(), space);
    this.emptyDirectories = new SpilledList<>(CODEC, space);
    this.extra = new SpilledList<>(CODEC, space);
  }

  /** Goes on after an earlier run that published some of the files. */
  public Draft after(EarlierRun run, Contents proof) {
    earlier = run;
    contents = proof;
    return this;
  }

  /** Leaves files that are the same as they are, where they are to be skipped. */
  public Draft skipping(Skipping rule) {
    skipping = rule;
    return this;
  }

  @Override
  public void onlySource(Listed source) throws IOException {
    name(source);
    if (source.attributes().isDirectory()) {
      emptyDirectories.add(source);
    } else {
      wanted.add(source);
    }
  }

  @Override
  public void onlyTarget(Listed there) throws IOException {
    if (!there.attributes().isDirectory()) {
      extra.add(there);
    }
  }

  @Override
  public void both(Listed source, Listed there) throws IOException {
    name(source);
    if (source.attributes().isDirectory()) {
      return;
    }
    Contents.Side ours = side(roots.source(), source);
    Contents.Side theirs = side(target, there);
    if (earlier.has(source.path(), ours, theirs)
        || (onExisting == OnExisting.FAIL && isProven(ours, theirs))) {
      published++;
      skipped++;
      return;
    }
    if (onExisting == OnExisting.FAIL) {
      throw taken(target, source.path());
    }
    Contents.Verdict.Kind found =
        onExisting == OnExisting.SKIP_IDENTICAL && skipping != null
            ? skipping.found(ours, theirs)
            : null;
    if (found == null) {
      wanted.add(source);
    } else {
      skipped++;
      unproven += found == Contents.Verdict.Kind.PROVEN ? 0 : 1;
    }
  }

  /** What was published when the earlier run died has no receipt, but the bytes of its source. */
  private boolean isProven(Contents.Side source, Contents.Side there) throws IOException {
    Contents proof = contents;
    return proof != null && earlier.mayHaveLeft(source, there) && proof.areEqual(source, there);
  }

  private static Contents.Side side(Location root, Listed file) {
    return new Contents.Side(root.child(file.path()), file.attributes());
  }

  /** An object store can hold {@code x} beside {@code x/y}, a file system cannot (W-21, B15). */
  private void name(Listed source) throws TransferException {
    Listed before = lastFile;
    if (before != null
        && tree == StoreTraits.Tree.DIRECTORIES
        && PathOrder.isBelow(source.path().value(), before.path().value())) {
      throw conflict(before.path(), "the source has it as a file and as a directory");
    }
    if (!source.attributes().isDirectory()) {
      rule.check(source.path());
      lastFile = source;
      files++;
    }
  }

  private TransferException conflict(RelativePath path, String why) {
    String uri = target.child(path).text();
    return new TransferException(
        FailureKind.CONFLICT,
        uri,
        "Cannot write "
            + Printable.of(uri)
            + ": "
            + why
            + ". Rename one of them, or leave one out.",
        null);
  }

  /** The failure of a target that exists and may not be replaced. */
  public static CopyException taken(Location target, RelativePath path) {
    String uri = path.value().equals(target.name()) ? target.text() : target.child(path).text();
    return new CopyException(
        FailureKind.CONFLICT,
        uri,
        "Cannot copy to "
            + Printable.of(uri)
            + ": it exists. Nothing was changed. Choose another target, or"
            + " OnExisting.OVERWRITE or SKIP_IDENTICAL (--overwrite, --skip-identical).",
        null);
  }

  /** Takes note of entries of the source that its listing did not show. */
  Draft leftOut(long entries) {
    leftOut = entries;
    return this;
  }

  /** Sentences for the report. */
  List<String> notes() {
    return leftOut == 0
        ? List.of()
        : List.of(
            leftOut
                + " entries of the source were left out: they are named like files on their way"
                + " and notes of runs of this library.");
  }

  /** The files to move, largest first. */
  public TransferItems items() {
    return wanted.items();
  }

  /** Directories of the source that hold nothing and that the target has not. */
  SpilledList<Listed> emptyDirectories() {
    return emptyDirectories;
  }

  /** Files that only the target has. */
  public SpilledList<Listed> extra() {
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
