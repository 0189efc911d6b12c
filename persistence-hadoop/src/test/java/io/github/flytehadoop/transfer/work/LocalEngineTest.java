/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.transfer.Cancellation;
import io.github.flytehadoop.transfer.Receipt;
import io.github.flytehadoop.transfer.TransferLimits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bounds, order and ends of the local engine. */
@Timeout(60)
class LocalEngineTest {
  private static final int MEBIBYTE = 1 << 20;
  private static final TransferLimits LIMITS =
      TransferLimits.defaults()
          .withFilesInFlight(3)
          .withPartsInFlight(5)
          .withPartSizeBytes(5 * MEBIBYTE)
          .withAttempts(2);

  private final ScriptedStore store = new ScriptedStore();
  private final LocalEngine engine = new LocalEngine(LIMITS);
  private final ExecutorService callers = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    engine.close();
    callers.shutdownNow();
  }

  private void nothingIsOpen() {
    assertThat(store.openFiles()).as("open files").isZero();
    assertThat(store.openStreams()).as("open streams").isZero();
    assertThat(store.uncommitted).isEmpty();
  }

  private static TransferException network(String name) {
    return new TransferException(FailureKind.NETWORK, name, "Cannot read " + name + ".", null);
  }

  @Test
  @Rule("W-25")
  void concurrentCallsShareOneBound() throws Exception {
    store.onRead((name, offset) -> Thread.yield());
    List<Callable<Collection<Receipt>>> calls = new ArrayList<>();
    for (int call = 0; call < 4; call++) {
      long[] lengths = new long[40];
      Arrays.setAll(lengths, i -> i % 10 == 0 ? 21L * MEBIBYTE : 100_000);
      calls.add(() -> engine.run(ScriptedStore.plan(lengths), store.context(LIMITS)));
    }
    for (Future<Collection<Receipt>> receipts : callers.invokeAll(calls)) {
      assertThat(receipts.get()).hasSize(40).allMatch(Receipt::succeeded);
    }
    assertThat(store.mostFiles).hasValueLessThanOrEqualTo(3);
    assertThat(store.mostStreams).hasValueBetween(2, 5);
    nothingIsOpen();
  }

  @Test
  void aLargeFileIsReadInRangesAndPublishedOnce() throws Exception {
    engine.run(ScriptedStore.plan(21L * MEBIBYTE), store.context(LIMITS));
    assertThat(store.openedInOrder).hasSize(5);
    assertThat(store.committed).containsEntry("f0", 21L * MEBIBYTE);
    nothingIsOpen();
  }

  @Test
  @Rule("F89")
  void writersHoldWhatTheirStoreSaysAndNoMoreThanTheBudget() throws Exception {
    store.writeBufferBytes = 40L * MEBIBYTE;
    store.onRead((name, offset) -> Thread.yield());
    long[] lengths = new long[100];
    Arrays.fill(lengths, 1_000_000);
    TransferLimits limits = TransferLimits.defaults().withBufferedBytes(100L * MEBIBYTE);
    try (LocalEngine wide = new LocalEngine(limits)) {
      wide.run(ScriptedStore.plan(lengths), store.context(limits));
    }
    assertThat(store.committed).hasSize(100);
    assertThat(store.mostFiles).hasValueLessThanOrEqualTo(2);
    nothingIsOpen();
  }

  @Test
  @Rule("F40")
  void aFileThatFailsDoesNotStopTheOthers() throws Exception {
    store.onRead(
        (name, offset) -> {
          if (name.equals("f1")) {
            throw new TransferException(FailureKind.ACCESS_DENIED, name, "Cannot read f1.", null);
          }
        });
    Collection<Receipt> receipts =
        engine.run(ScriptedStore.plan(10, 10, 10, 10), store.context(LIMITS));
    assertThat(receipts).hasSize(4);
    assertThat(store.committed).containsOnlyKeys("f0", "f2", "f3");
    nothingIsOpen();
  }

  @Test
  @Rule({"W-7", "W-24"})
  void aRangeThatFailsForGoodThrowsTheWholeFileAway() throws Exception {
    AtomicInteger tries = new AtomicInteger();
    store.onRead(
        (name, offset) -> {
          if (offset == 10L * MEBIBYTE + (64 << 10)) {
            tries.incrementAndGet();
            throw network(name);
          }
        });
    Collection<Receipt> receipts =
        engine.run(ScriptedStore.plan(21L * MEBIBYTE), store.context(LIMITS));
    assertThat(receipts)
        .singleElement()
        .satisfies(
            receipt -> {
              assertThat(receipt.failure().kind()).isEqualTo(FailureKind.NETWORK);
              assertThat(receipt.attempts()).isEqualTo(2);
            });
    assertThat(tries).hasValue(2);
    assertThat(store.committed).isEmpty();
    nothingIsOpen();
  }

  @Test
  void aStoreThatIsNotThereIsGivenUpAfterAFewFiles() throws Exception {
    AtomicInteger tries = new AtomicInteger();
    store.onRead(
        (name, offset) -> {
          tries.incrementAndGet();
          throw network(name);
        });
    long[] lengths = new long[500];
    Arrays.fill(lengths, 10);
    engine.run(ScriptedStore.plan(lengths), store.context(LIMITS));
    assertThat(tries).hasValueLessThan(30);
    nothingIsOpen();
  }

  @Test
  @Rule("F43")
  void anErrorInAThreadFailsItsFileAndNoOther() throws Exception {
    store.onRead(
        (name, offset) -> {
          if (name.equals("f0") && offset == 0) {
            throw new StackOverflowError("on purpose");
          }
          if (name.equals("f1")) {
            throw new OutOfMemoryError("on purpose");
          }
        });
    Collection<Receipt> receipts =
        engine.run(ScriptedStore.plan(21L * MEBIBYTE, 10, 10, 10), store.context(LIMITS));
    assertThat(receipts).hasSize(4);
    assertThat(receipts.stream().filter(receipt -> !receipt.succeeded())).hasSize(2);
    assertThat(store.committed).containsOnlyKeys("f2", "f3");
    nothingIsOpen();
  }

  @Test
  @Rule("FAP-C6")
  void anInterruptedCallerEndsItsOwnTransferOnly() throws Exception {
    CountDownLatch reading = new CountDownLatch(1);
    store.onRead(
        (name, offset) -> {
          reading.countDown();
          sleepUntilInterrupted();
        });
    Future<Collection<Receipt>> call =
        callers.submit(
            () -> {
              Collection<Receipt> receipts =
                  engine.run(ScriptedStore.plan(10, 10, 10, 10), store.context(LIMITS));
              assertThat(Thread.currentThread().isInterrupted()).isTrue();
              return receipts;
            });
    reading.await();
    callers.shutdownNow();
    assertThat(call.get()).noneMatch(Receipt::succeeded);
    nothingIsOpen();
    store.onRead((name, offset) -> {});
    assertThat(engine.run(ScriptedStore.plan(10, 10), store.context(LIMITS)))
        .hasSize(2)
        .allMatch(Receipt::succeeded);
  }

  private static void sleepUntilInterrupted() throws TransferException {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw Cancellation.cancelled("scripted", interrupted);
    }
  }

  @Test
  void closingEndsWhatRunsAndWhatWaits() throws Exception {
    CountDownLatch reading = new CountDownLatch(3);
    store.onRead(
        (name, offset) -> {
          reading.countDown();
          sleepUntilInterrupted();
        });
    long[] lengths = new long[100];
    Arrays.fill(lengths, 21L * MEBIBYTE);
    lengths[1] = 10;
    Future<Collection<Receipt>> call =
        callers.submit(() -> engine.run(ScriptedStore.plan(lengths), store.context(LIMITS)));
    reading.await();
    engine.close();
    assertThat(call.get()).noneMatch(Receipt::succeeded).hasSizeLessThan(100);
    assertThat(store.committed).isEmpty();
    nothingIsOpen();
    assertThatThrownBy(() -> engine.run(ScriptedStore.plan(10), store.context(LIMITS)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void buffersAreTakenInWholePartsAndGivenBack() throws Exception {
    AtomicLong moving = new AtomicLong();
    BufferBudget budget = new BufferBudget(10 * MEBIBYTE, moving::incrementAndGet, null);
    BufferBudget.Share taken = budget.acquire(8 * MEBIBYTE);
    Future<BufferBudget.Share> second = callers.submit(() -> budget.acquire(4 * MEBIBYTE));
    assertThat(second).isNotDone();
    budget.release(taken);
    budget.release(second.get());
    BufferBudget.Share all = budget.acquire(100L * MEBIBYTE);
    budget.release(all);
    assertThat(budget.acquire(10 * MEBIBYTE)).isEqualTo(all);
  }

  /** Who holds all may wait for who asks: nothing moves until it gets in. */
  @Test
  @Rule("F86")
  void waiterEntersWithoutAShareWhenNothingMoves() throws Exception {
    BufferBudget budget = new BufferBudget(10 * MEBIBYTE, () -> 0, null);
    BufferBudget.Share all = budget.acquire(10 * MEBIBYTE);
    BufferBudget.Share none = budget.acquire(MEBIBYTE);
    assertThat(none.own()).isZero();
    budget.release(none);
    budget.release(all);
    assertThat(budget.acquire(10 * MEBIBYTE)).isEqualTo(all);
  }

  /** Twenty calls, each with limits that only fit once. */
  @Test
  @Rule("F99")
  void callsWithLimitsOfTheirOwnStayWithinThoseOfTheProvider() throws Exception {
    AtomicLong moving = new AtomicLong();
    BufferBudget provider = new BufferBudget(10 * MEBIBYTE, moving::incrementAndGet, null);
    BufferBudget first = new BufferBudget(1000L * MEBIBYTE, moving::incrementAndGet, provider);
    BufferBudget second = new BufferBudget(1000L * MEBIBYTE, moving::incrementAndGet, provider);
    BufferBudget.Share held = first.acquire(8 * MEBIBYTE);
    Future<BufferBudget.Share> waiting = callers.submit(() -> second.acquire(8 * MEBIBYTE));
    assertThatThrownBy(() -> waiting.get(300, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    first.release(held);
    second.release(waiting.get());
  }

  @Test
  @Rule("F99")
  void anEngineWithinAnotherUsesItsThreadsAndNoMore() throws Exception {
    store.onRead((name, offset) -> Thread.yield());
    long[] lengths = new long[100];
    Arrays.fill(lengths, 10);
    TransferLimits more = LIMITS.withPartsInFlight(64).withFilesInFlight(64);
    try (LocalEngine within = new LocalEngine(more, engine)) {
      Collection<Receipt> receipts = within.run(ScriptedStore.plan(lengths), store.context(LIMITS));
      assertThat(receipts).hasSize(100).allMatch(Receipt::succeeded);
    }
    assertThat(store.mostStreams).hasValueLessThanOrEqualTo(LIMITS.partsInFlight());
    assertThat(engine.run(ScriptedStore.plan(10), store.context(LIMITS)))
        .allMatch(Receipt::succeeded);
    nothingIsOpen();
  }

  @Test
  void aBoundedExecutorRunsEverythingAndFewAtOnce() throws Exception {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch done = new CountDownLatch(500);
    BoundedExecutor bounded = new BoundedExecutor(callers, 3);
    for (int i = 0; i < 500; i++) {
      bounded.execute(
          () -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            running.decrementAndGet();
            done.countDown();
          });
    }
    done.await();
    assertThat(most).hasValueBetween(1, 3);
  }
}
