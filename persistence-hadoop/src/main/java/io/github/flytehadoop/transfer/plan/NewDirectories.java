/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.plan;

import io.github.flytehadoop.error.DataNotFoundException;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.RelativePath;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.ListingEntry;
import io.github.flytehadoop.store.ModeStore;
import io.github.flytehadoop.store.Store;
import io.github.flytehadoop.store.Stores;
import io.github.flytehadoop.transfer.spill.SpillFile;
import io.github.flytehadoop.transfer.spill.SpilledList;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directories that a copy makes, because its target has not got them: they get the modes of
 * their originals once everything has arrived, for one of these modes may be that nobody writes
 * there. A directory that was there before keeps its own.
 */
public final class NewDirectories {
  private static final Logger LOG = LoggerFactory.getLogger(NewDirectories.class);
  private static final Attributes DIRECTORY =
      new Attributes(Attributes.Kind.DIRECTORY, 0, Instant.EPOCH, null, null);

  private final Roots roots;
  private final ModeStore from;
  private final ModeStore to;
  private final boolean newRoot;
  private final SpilledList<ListingEntry> made;
  private final Deque<Above> above = new ArrayDeque<>();

  /** A directory on the way to the entry that came last. */
  private record Above(String path, boolean missing) {
    boolean leadsTo(String other) {
      return PathOrder.isBelow(other, path);
    }
  }

  private NewDirectories(Roots roots, ModeStore from, ModeStore to, SpillFile space)
      throws IOException {
    this.roots = roots;
    this.from = from;
    this.to = to;
    this.made = new SpilledList<>(new ListedCodec(), space);
    this.newRoot = isMissing(roots.target());
  }

  /** None yet, of a source and a target that both have modes. */
  public static NewDirectories of(Roots roots, Stores stores, SpillFile space) throws IOException {
    ModeStore from = modesOf(roots.source(), stores);
    return new NewDirectories(roots, from, modesOf(roots.target(), stores), space);
  }

  /**
   * Refuses to keep modes where there are none.
   *
   * @throws TransferException of kind {@code UNSUPPORTED}
   */
  public static void requireModes(Roots roots, Stores stores) throws IOException {
    for (Location at : List.of(roots.source(), roots.target())) {
      modesOf(at, stores);
    }
  }

  private static ModeStore modesOf(Location at, Stores stores) throws IOException {
    Store store = stores.of(at);
    if (store instanceof ModeStore modes && modes.keepsModes()) {
      return modes;
    }
    throw Problem.cannot("keep the modes of files, from or at", at.text())
        .because("there are no modes: only the local disk and HDFS have them")
        .remedy("Leave out --preserve mode (withPreserve(Preserve.MODE)).")
        .exception();
  }

  private boolean isMissing(Location directory) throws IOException {
    try {
      return !to.stat(directory).isDirectory();
    } catch (DataNotFoundException absent) {
      return true;
    }
  }

  /** Hears of an entry that only the source has, in the order of {@link PathOrder}. */
  void needs(ListingEntry source) throws IOException {
    String path = source.path().value();
    while (!above.isEmpty() && !above.peek().leadsTo(path)) {
      above.pop();
    }
    int known = above.isEmpty() ? 0 : above.peek().path().length() + 1;
    for (int slash = path.indexOf('/', known); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      enter(path.substring(0, slash));
    }
    if (source.attributes().isDirectory()) {
      enter(path);
    }
  }

  private void enter(String directory) throws IOException {
    RelativePath path = new RelativePath(directory);
    boolean inMissing = above.isEmpty() ? newRoot : above.peek().missing();
    boolean missing = inMissing || isMissing(roots.target().child(path));
    above.push(new Above(directory, missing));
    if (missing) {
      made.add(new ListingEntry(path, DIRECTORY));
    }
  }

  /** Gives them their modes, the deepest first, because a mode may be that nobody enters. */
  public void giveModes() throws IOException {
    Deque<RelativePath> open = new ArrayDeque<>();
    for (ListingEntry next : made) {
      while (!open.isEmpty() && !PathOrder.isBelow(next.path().value(), open.peek().value())) {
        give(open.pop());
      }
      open.push(next.path());
    }
    while (!open.isEmpty()) {
      give(open.pop());
    }
    if (newRoot) {
      give(roots.source(), roots.target());
    }
  }

  private void give(RelativePath path) throws IOException {
    give(roots.source().child(path), roots.target().child(path));
  }

  private void give(Location source, Location target) throws IOException {
    var mode = from.modeOf(source);
    try {
      to.setMode(target, roots.target(), mode);
    } catch (DataNotFoundException leftOut) {
      LOG.debug("{} was not made", target, leftOut);
    }
  }
}
