/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark;

import io.github.flytehadoop.transfer.Receipt;
import io.github.flytehadoop.transfer.ReceiptListener;
import io.github.flytehadoop.transfer.Receipts;
import io.github.flytehadoop.transfer.TransferItem;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.spark.SimpleFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;
import scala.collection.Iterator;
import scala.collection.immutable.Seq;
import scala.concurrent.Await;
import scala.concurrent.duration.Duration;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction1;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;
import scala.util.Try;

/** One job of Spark, a task a bin, whose receipts are here as soon as their task has ended. */
final class BinJob {
  private final List<List<TransferItem>> bins;
  private final Arrived arrived = new Arrived();
  private final SimpleFutureAction<BoxedUnit> action;

  private BinJob(JavaSparkContext executors, List<List<TransferItem>> bins, BinTask task) {
    this.bins = bins;
    Seq<Object> tasks =
        CollectionConverters.asScala(
                IntStream.range(0, bins.size()).<Object>mapToObj(bin -> bin).toList())
            .toSeq();
    this.action =
        executors
            .sc()
            .submitJob(
                executors.parallelize(bins, bins.size()).map(task).rdd(),
                new Only(),
                tasks,
                arrived,
                () -> BoxedUnit.UNIT);
  }

  static BinJob submit(JavaSparkContext executors, List<List<TransferItem>> bins, BinTask task) {
    return new BinJob(executors, bins, task);
  }

  /** What a task returns: the receipts of its one bin. */
  private static final class Only extends AbstractFunction1<Iterator<List<Receipt>>, List<Receipt>>
      implements Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public List<Receipt> apply(Iterator<List<Receipt>> bin) {
      return bin.next();
    }
  }

  /** The receipts of one bin. */
  private record OfBin(int bin, List<Receipt> receipts) {}

  /** Called by Spark's scheduler, which must not wait for a store. */
  private static final class Arrived extends AbstractFunction2<Object, List<Receipt>, BoxedUnit> {
    private final Queue<OfBin> bins = new ConcurrentLinkedQueue<>();

    @Override
    public BoxedUnit apply(Object bin, List<Receipt> receipts) {
      bins.add(new OfBin((Integer) bin, receipts));
      return BoxedUnit.UNIT;
    }
  }

  /** Hands on the receipts that came since the last call; each bin comes once. */
  void takeArrived(ReceiptListener listener, Receipts receipts) {
    for (OfBin next = arrived.bins.poll(); next != null; next = arrived.bins.poll()) {
      Map<Long, TransferItem> items = new HashMap<>();
      for (TransferItem item : bins.get(next.bin())) {
        items.put(item.id(), item);
      }
      for (Receipt receipt : next.receipts()) {
        receipts.add(receipt);
        TransferItem item = items.get(receipt.id());
        if (item != null) {
          listener.arrived(item, receipt);
        }
      }
    }
  }

  /** Waits for the end of the job, but not longer than this; whether it has ended. */
  boolean await(long millis) throws InterruptedException {
    try {
      Await.ready(action, Duration.create(millis, "ms"));
      return true;
    } catch (TimeoutException working) {
      return false;
    }
  }

  /** Why it failed, or null when it did not. */
  @Nullable Throwable failure() {
    Try<BoxedUnit> result = action.value().get();
    return result.isFailure() ? result.failed().get() : null;
  }

  void cancel() {
    action.cancel();
  }
}
