/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.RelativePath;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.ByteRange;
import io.github.flytehadoop.store.Checksum;
import io.github.flytehadoop.store.Listed;
import io.github.flytehadoop.store.Store;
import io.github.flytehadoop.store.StoreTraits;
import io.github.flytehadoop.store.Words;
import io.github.flytehadoop.transfer.spill.SpillSpace;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Two places side by side: nothing is copied, nothing is changed, memory is bounded. */
final class Check {
  private static final int BUFFER_BYTES = 256 << 10;

  /** Etags that are digests: of the bytes, or of the parts and their number. */
  private static final Pattern DIGEST = Pattern.compile("\"?[0-9a-f]{32}(-[0-9]+)?\"?");

  private final EngineContext context;
  private final TransferPlanner planner;
  private final RetryPolicy retries;
  private final CompareBy by;
  private final Consumer<Difference> found;
  private long same;
  private long proven;
  private long different;
  private long onlyFirst;
  private long onlySecond;

  Check(EngineContext context, CompareBy by, Consumer<Difference> found) {
    this.context = context;
    this.planner = new TransferPlanner(context.stores(), context.cancellation());
    this.retries = new RetryPolicy(context.limits(), context.cancellation());
    this.by = by;
    this.found = found;
  }

  CheckReport run(Location first, Location second) throws TransferException {
    try {
      return compare(first, second);
    } catch (TransferException told) {
      throw told;
    } catch (IOException failure) {
      throw new TransferException(
          FailureKind.LOCAL_IO,
          first.text(),
          "Cannot compare "
              + Words.printable(first.text())
              + " with "
              + Words.printable(second.text())
              + ": "
              + Words.printable(failure.toString())
              + ". Check the local disk.",
          failure);
    }
  }

  private CheckReport compare(Location first, Location second) throws IOException {
    Attributes one = context.stores().of(first).stat(first);
    Attributes other = context.stores().of(second).stat(second);
    if (one.isDirectory() != other.isDirectory()) {
      throw new TransferException(
          FailureKind.UNSUPPORTED,
          first.text(),
          "Cannot compare "
              + Words.printable(first.text())
              + " with "
              + Words.printable(second.text())
              + ": one is a directory and the other a file. Name two of a kind.",
          null);
    }
    if (one.isDirectory()) {
      trees(first, second);
    } else {
      compare(first.name(), new Side(first, one), new Side(second, other));
    }
    return new CheckReport(same, proven, different, onlyFirst, onlySecond);
  }

  private void trees(Location first, Location second) throws IOException {
    try (SpillSpace space = new SpillSpace()) {
      TreeComparison.run(
          planner.list(first, PathFilter.ALL, space),
          planner.list(second, PathFilter.ALL, space),
          new Pairs(first, second));
    }
  }

  /** A file on one side. */
  private record Side(Location at, Attributes attributes) {}

  private final class Pairs implements TreeComparison.Visitor {
    private final Location first;
    private final Location second;

    Pairs(Location first, Location second) {
      this.first = first;
      this.second = second;
    }

    @Override
    public void onlySource(Listed source) {
      if (!source.attributes().isDirectory()) {
        onlyFirst++;
        tell(Difference.Kind.ONLY_FIRST, source.path().value(), "only the first has it");
      }
    }

    @Override
    public void onlyTarget(Listed target) {
      if (!target.attributes().isDirectory()) {
        onlySecond++;
        tell(Difference.Kind.ONLY_SECOND, target.path().value(), "only the second has it");
      }
    }

    @Override
    public void both(Listed source, Listed target) throws IOException {
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
    long ours = first.attributes().lengthBytes();
    long theirs = second.attributes().lengthBytes();
    if (ours >= 0 && theirs >= 0 && ours != theirs) {
      differs(path, ours + " and " + theirs + " bytes");
    } else if (by == CompareBy.CONTENT) {
      long at = retries.run(number -> firstMismatch(first, second));
      if (at >= 0) {
        differs(path, "the bytes differ from offset " + at + " on");
      } else {
        same++;
        proven++;
      }
    } else {
      compareDigests(path, first, second);
    }
  }

  private void compareDigests(String path, Side first, Side second) throws IOException {
    if (haveSameDigest(first.attributes(), second.attributes())) {
      same++;
      proven++;
      return;
    }
    Checksum ours = null;
    Checksum theirs = null;
    if (keepsDigests(first) && keepsDigests(second)) {
      ours = retries.run(number -> digest(first)).orElse(null);
      theirs = retries.run(number -> digest(second)).orElse(null);
    }
    if (ours == null || theirs == null || !ours.algorithm().equals(theirs.algorithm())) {
      same++;
    } else if (ours.equals(theirs)) {
      same++;
      proven++;
    } else {
      differs(path, ours.algorithm() + " " + ours.hex() + " and " + theirs.hex());
    }
  }

  /** Equal digests prove; unequal ones may only be of other parts. */
  private static boolean haveSameDigest(Attributes first, Attributes second) {
    String etag = first.etag();
    return etag != null && Objects.equals(etag, second.etag()) && DIGEST.matcher(etag).matches();
  }

  private boolean keepsDigests(Side side) throws IOException {
    return storeOf(side).traits().checksum() == StoreTraits.Checksums.CRC32C;
  }

  private Optional<Checksum> digest(Side side) throws IOException {
    return Optional.ofNullable(storeOf(side).checksum(side.at(), side.attributes()));
  }

  private Store storeOf(Side side) throws IOException {
    return context.stores().of(side.at());
  }

  /** Where the bytes begin to differ, or -1. */
  private long firstMismatch(Side first, Side second) throws IOException {
    try (InputStream ours = open(first);
        InputStream theirs = open(second)) {
      byte[] one = new byte[BUFFER_BYTES];
      byte[] other = new byte[BUFFER_BYTES];
      for (long offset = 0; ; offset += BUFFER_BYTES) {
        context.cancellation().check(first.at().text());
        int read = ours.readNBytes(one, 0, BUFFER_BYTES);
        int readOther = theirs.readNBytes(other, 0, BUFFER_BYTES);
        int mismatch = Arrays.mismatch(one, 0, read, other, 0, readOther);
        if (mismatch >= 0) {
          return offset + mismatch;
        }
        if (read < BUFFER_BYTES) {
          return -1;
        }
      }
    }
  }

  private InputStream open(Side side) throws IOException {
    return storeOf(side).open(side.at(), side.attributes(), ByteRange.WHOLE);
  }

  private void differs(String path, String why) {
    different++;
    tell(Difference.Kind.DIFFERENT, path, why);
  }

  private void tell(Difference.Kind kind, String path, String why) {
    found.accept(new Difference(kind, path, why));
  }
}
