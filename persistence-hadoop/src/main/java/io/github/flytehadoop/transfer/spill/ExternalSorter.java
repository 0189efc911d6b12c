/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.spill;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Sorts any number of values in bounded memory: sorted runs on the local disk, merged when read.
 * Values that come in order already make one run, and equal ones all stay.
 */
public final class ExternalSorter<T> {
  private static final int BUFFER_BYTES = 16 << 20;

  private final Comparator<? super T> order;
  private final Codec<T> codec;
  private final SpillFile space;
  private final List<SpilledList<T>> runs = new ArrayList<>();
  private List<T> buffer = new ArrayList<>();
  private int bufferedBytes;
  private long size;
  private @Nullable T lastOfRun;

  /** Nothing to sort yet. */
  public ExternalSorter(Comparator<? super T> order, Codec<T> codec, SpillFile space) {
    this.order = order;
    this.codec = codec;
    this.space = space;
  }

  /** Takes a value. */
  public void add(T value) throws IOException {
    buffer.add(value);
    bufferedBytes += codec.weightBytes(value);
    size++;
    if (bufferedBytes >= BUFFER_BYTES) {
      flush();
    }
  }

  /** How many there are. */
  public long size() {
    return size;
  }

  private void flush() throws IOException {
    if (buffer.isEmpty()) {
      return;
    }
    buffer.sort(order);
    T last = lastOfRun;
    if (last == null || order.compare(last, buffer.get(0)) > 0) {
      runs.add(new SpilledList<>(codec, space));
    }
    SpilledList<T> run = runs.get(runs.size() - 1);
    for (T value : buffer) {
      run.add(value);
    }
    lastOfRun = buffer.get(buffer.size() - 1);
    buffer = new ArrayList<>();
    bufferedBytes = 0;
  }

  /** All values in order; may be asked for again, but not while values are added. */
  public Iterator<T> sorted() throws IOException {
    if (runs.isEmpty()) {
      buffer.sort(order);
      return Collections.unmodifiableList(buffer).iterator();
    }
    flush();
    return runs.size() == 1 ? runs.get(0).iterator() : new Merge<>(runs, order);
  }

  /** The smallest of the runs' next values, each time. */
  private static final class Merge<T> implements Iterator<T> {
    private record Head<T>(T value, Iterator<T> rest) {}

    private final PriorityQueue<Head<T>> heads;

    Merge(List<SpilledList<T>> runs, Comparator<? super T> order) {
      heads = new PriorityQueue<>((a, b) -> order.compare(a.value(), b.value()));
      runs.forEach(run -> advance(run.iterator()));
    }

    private void advance(Iterator<T> run) {
      if (run.hasNext()) {
        heads.add(new Head<>(run.next(), run));
      }
    }

    @Override
    public boolean hasNext() {
      return !heads.isEmpty();
    }

    @Override
    public T next() {
      Head<T> least = heads.poll();
      if (least == null) {
        throw new NoSuchElementException();
      }
      advance(least.rest());
      return least.value();
    }
  }
}
