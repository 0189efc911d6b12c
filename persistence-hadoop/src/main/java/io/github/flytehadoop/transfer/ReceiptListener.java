/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer;

/** Hears of every file as soon as it is known what became of it; called from many threads. */
public interface ReceiptListener {
  /** Hears nothing. */
  ReceiptListener NONE = (item, receipt) -> {};

  /** Called once or more for a file; must not throw. */
  void arrived(TransferItem item, Receipt receipt);
}
