/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.receipt;

import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.transfer.Receipt;
import io.github.flytehadoop.transfer.spill.SpillFile;
import io.github.flytehadoop.transfer.spill.SpilledList;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.AbstractCollection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/**
 * The receipts of a run in the order in which they came, in bounded memory: an engine adds to them
 * and returns them. Of failures the first keep the exception behind them. Adding is safe from many
 * threads; whoever is given them closes them.
 */
public final class Receipts extends AbstractCollection<Receipt> implements Closeable {
  private static final int CAUSES_KEPT = 100;

  private final SpillFile space;
  private final SpilledList<Receipt> receipts;
  private final Map<Long, TransferException> causes = new HashMap<>();

  /** No receipts yet. */
  public Receipts() {
    this(new SpillFile());
  }

  /** No receipts yet; the space is closed with them. */
  public Receipts(SpillFile space) {
    this.space = space;
    this.receipts = new SpilledList<>(new ReceiptCodec(), space);
  }

  /** Keeps a receipt; throws {@link UncheckedIOException} when the local disk is full. */
  @Override
  public synchronized boolean add(Receipt receipt) {
    TransferException cause = receipt.cause();
    if (cause != null && causes.size() < CAUSES_KEPT) {
      causes.putIfAbsent(receipt.id(), cause);
    }
    try {
      receipts.add(receipt);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return true;
  }

  @Override
  public synchronized int size() {
    return (int) Math.min(Integer.MAX_VALUE, receipts.size());
  }

  @Override
  public Iterator<Receipt> iterator() {
    Iterator<Receipt> all = receipts.iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return all.hasNext();
      }

      @Override
      public Receipt next() {
        Receipt receipt = all.next();
        return receipt.failure() == null ? receipt : receipt.withCause(causes.get(receipt.id()));
      }
    };
  }

  @Override
  public void close() {
    space.close();
  }
}
