/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark;

import io.github.flytehadoop.transfer.Receipt;
import io.github.flytehadoop.transfer.TransferItem;
import java.io.Serializable;
import java.util.BitSet;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SimpleFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;
import scala.collection.Iterator;
import scala.collection.immutable.Range$;
import scala.concurrent.Await;
import scala.concurrent.duration.Duration;
import scala.runtime.AbstractFunction1;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;
import scala.util.Try;

/** One job of Spark, a task a bin, whose receipts are here as soon as their task has ended. */
final class BinJob {
  private final List<Bin> bins;
  private final BitSet ended = new BitSet();
  private final Arrived arrived = new Arrived();
  private final SimpleFutureAction<BoxedUnit> action;

  private BinJob(JavaSparkContext executors, List<Bin> bins, BinTask task) {
    this.bins = bins;
    List<List<TransferItem>> files = bins.stream().map(Bin::items).toList();
    this.action =
        executors
            .sc()
            .submitJob(
                executors.parallelize(files, files.size()).map(task).rdd(),
                new Only(),
                // a Seq on Scala 2.12 as on 2.13, where they are two types
                Range$.MODULE$.apply(0, bins.size()),
                arrived,
                () -> BoxedUnit.UNIT);
    bins.forEach(Bin::begins);
  }

  static BinJob submit(JavaSparkContext executors, List<Bin> bins, BinTask task) {
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

  /** Hears of the end of tasks. */
  interface Listener {
    /** A task of a bin has ended; without receipts when its job is given up. */
    void ended(BinJob job, int index, Bin bin, List<Receipt> said);
  }

  /** Hears of bins whose task has not ended. */
  interface OpenListener {
    void open(int index, Bin bin);
  }

  /** Hands on what tasks said since the last call; each task is heard once. */
  void takeArrived(Listener listener) {
    for (OfBin next = arrived.bins.poll(); next != null; next = arrived.bins.poll()) {
      ended.set(next.bin());
      listener.ended(this, next.bin(), bins.get(next.bin()), next.receipts());
    }
  }

  /** Goes through the bins that nobody has moved, and whose task here has not ended. */
  void forEachOpen(OpenListener listener) {
    for (int i = ended.nextClearBit(0); i < bins.size(); i = ended.nextClearBit(i + 1)) {
      if (!bins.get(i).isSettled()) {
        listener.open(i, bins.get(i));
      }
    }
  }

  /** Whether no task of it is needed any more. */
  boolean isSettled() {
    return bins.stream().allMatch(Bin::isSettled);
  }

  /** As Spark counts jobs. */
  int number() {
    return (Integer) action.jobIds().head();
  }

  boolean isOver() {
    return action.isCompleted();
  }

  /** Waits for the end of the job, or of others when it has ended; not longer than this. */
  void await(long millis) throws InterruptedException {
    if (action.isCompleted()) {
      Thread.sleep(millis); // for a bin that another job may still move
      return;
    }
    try {
      Await.ready(action, Duration.create(millis, "ms"));
    } catch (TimeoutException working) {
      // the caller looks again
    }
  }

  /** Why it failed, or null when it did not, or not yet. */
  @Nullable Throwable failure() {
    if (!action.isCompleted()) {
      return null;
    }
    Try<BoxedUnit> result = action.value().get();
    return result.isFailure() ? result.failed().get() : null;
  }

  void cancel() {
    action.cancel();
  }
}
