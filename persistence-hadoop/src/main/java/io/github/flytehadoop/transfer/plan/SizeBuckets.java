/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.plan;

import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.ListingEntry;
import io.github.flytehadoop.transfer.TransferItem;
import io.github.flytehadoop.transfer.TransferItems;
import io.github.flytehadoop.transfer.spill.SpillFile;
import io.github.flytehadoop.transfer.spill.SpilledList;
import java.io.IOException;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Gathers the files of a plan by the power of two that their length reaches: the largest come first
 * without a sort, and within a class the order of the listing stays.
 */
final class SizeBuckets {
  private static final ListedCodec CODEC = new ListedCodec();

  private final Location source;
  private final Location target;
  private final SpillFile space;
  private final Map<Integer, SpilledList<ListingEntry>> classes =
      new TreeMap<>(Collections.reverseOrder());
  private long size;
  private long bytes;

  SizeBuckets(Location source, Location target, SpillFile space) {
    this.source = source;
    this.target = target;
    this.space = space;
  }

  void add(ListingEntry file) throws IOException {
    long length = Math.max(0, file.attributes().lengthBytes());
    classes
        .computeIfAbsent(
            Long.SIZE - Long.numberOfLeadingZeros(length), any -> new SpilledList<>(CODEC, space))
        .add(file);
    size++;
    bytes += length;
  }

  TransferItems items() {
    return new TransferItems(
        () -> new Items(classes.values().iterator()),
        size,
        bytes,
        List.of(source.text(), target.text()));
  }

  private final class Items implements Iterator<TransferItem> {
    private final Iterator<SpilledList<ListingEntry>> left;
    private Iterator<ListingEntry> files = Collections.emptyIterator();
    private long nextId;

    Items(Iterator<SpilledList<ListingEntry>> left) {
      this.left = left;
    }

    @Override
    public boolean hasNext() {
      while (!files.hasNext() && left.hasNext()) {
        files = left.next().iterator();
      }
      return files.hasNext();
    }

    @Override
    public TransferItem next() {
      if (!hasNext()) {
        throw new java.util.NoSuchElementException();
      }
      ListingEntry file = files.next();
      return TransferPlanner.item(
          nextId++, source.child(file.path()), target.child(file.path()), file.attributes());
    }
  }
}
