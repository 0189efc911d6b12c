/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer;

import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The files of a plan, those of the largest size class first. There may be more than the heap
 * holds: they are read from the local disk then, each time anew, and an iterator throws {@link
 * java.io.UncheckedIOException} when that fails.
 */
public final class TransferItems implements Iterable<TransferItem> {
  private final Iterable<TransferItem> items;
  private final long size;
  private final long bytes;
  private final List<String> roots;

  /** Items with their number and bytes, and the roots that they lie below. */
  public TransferItems(Iterable<TransferItem> items, long size, long bytes, List<String> roots) {
    this.items = items;
    this.size = size;
    this.bytes = bytes;
    this.roots = List.copyOf(roots);
  }

  /** A few, in this order. */
  public static TransferItems of(List<TransferItem> items) {
    List<TransferItem> all = List.copyOf(items);
    return new TransferItems(
        all,
        all.size(),
        all.stream().mapToLong(item -> Math.max(0, item.lengthBytes())).sum(),
        all.stream().flatMap(item -> Stream.of(item.source(), item.target())).toList());
  }

  /** The same files, of a plan with these roots. */
  public TransferItems rootedAt(List<String> others) {
    return new TransferItems(items, size, bytes, others);
  }

  /** How many there are. */
  public long size() {
    return size;
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return size == 0;
  }

  /** Bytes of all whose length is known. */
  public long bytes() {
    return bytes;
  }

  /** Locations in the stores of every source and target, at least one for each store. */
  public List<String> roots() {
    return roots;
  }

  @Override
  public Iterator<TransferItem> iterator() {
    return items.iterator();
  }

  /** The same, as a stream. */
  public Stream<TransferItem> stream() {
    return StreamSupport.stream(spliterator(), false);
  }
}
