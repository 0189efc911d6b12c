/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.transfer.Receipt;
import io.github.flytehadoop.transfer.TransferLimits;
import io.github.flytehadoop.transfer.TransferPlan;
import io.github.flytehadoop.transfer.Verification;
import io.github.flytehadoop.transfer.receipt.Receipts;
import io.github.flytehadoop.transfer.spill.SpillFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The directory for temporary files is swept away, or full, while a transfer needs it. */
@Rule("F84")
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("slow")
class LostSpillTest {
  private static final int FILES = 20_000;

  @TempDir Path temp;

  private static TransferPlan plan() {
    long[] lengths = new long[FILES];
    Arrays.fill(lengths, 1);
    return ScriptedStore.plan(lengths);
  }

  private Receipts swept() {
    return new Receipts(new SpillFile(temp.resolve("swept"), 0));
  }

  @Test
  void aRunWhoseReceiptsCannotBeKeptFailsWithThatReasonAndEnds() {
    ScriptedStore store = new ScriptedStore();
    TransferLimits limits = TransferLimits.defaults();
    try (LocalEngine engine = new LocalEngine(limits, this::swept)) {
      UncheckedIOException failure =
          catchThrowableOfType(
              UncheckedIOException.class, () -> engine.run(plan(), store.context(limits)));
      TransferException told = (TransferException) failure.getCause();
      assertThat(told.kind()).isEqualTo(FailureKind.LOCAL_IO);
      assertThat(told)
          .hasMessageContaining(temp.resolve("swept").toString())
          .hasMessageContaining("the directory is not there")
          .hasMessageContaining("java.io.tmpdir")
          .hasMessageContaining("TMPDIR");
      assertThat(store.openFiles()).isZero();
      assertThat(store.openStreams()).isZero();
      assertThat(store.committed).hasSizeLessThan(FILES);
    }
  }

  @Test
  void theEngineServesTheNextCall() throws Exception {
    ScriptedStore store = new ScriptedStore();
    TransferLimits limits = TransferLimits.defaults();
    boolean[] lost = {true};
    try (LocalEngine engine = new LocalEngine(limits, () -> lost[0] ? swept() : new Receipts())) {
      catchThrowableOfType(
          UncheckedIOException.class, () -> engine.run(plan(), store.context(limits)));
      lost[0] = false;
      assertThat(engine.run(ScriptedStore.plan(1, 2, 3), store.context(limits))).hasSize(3);
    }
  }

  @Test
  void aListenerOfReceiptsThatFailsEndsTheRun() {
    ScriptedStore store = new ScriptedStore();
    TransferLimits limits = TransferLimits.defaults();
    try (LocalEngine engine = new LocalEngine(limits)) {
      IllegalStateException failure =
          catchThrowableOfType(
              IllegalStateException.class,
              () ->
                  engine.run(
                      plan(),
                      store
                          .context(limits)
                          .withReceipts(
                              (item, receipt) -> {
                                throw new IllegalStateException("no journal");
                              })));
      assertThat(failure).hasMessage("no journal");
      assertThat(store.openFiles()).isZero();
    }
  }

  @Test
  void aFullSpaceNamesItsDirectory() throws Exception {
    Path file = Files.writeString(temp.resolve("file"), "x");
    SpillFile space = new SpillFile(file, 0);
    Receipts receipts = new Receipts(space);
    UncheckedIOException failure =
        catchThrowableOfType(
            UncheckedIOException.class,
            () -> {
              while (true) {
                receipts.add(new Receipt(1, 1, Verification.LENGTH, 1, null, null));
              }
            });
    assertThat(failure.getCause()).hasMessageContaining(file.toString());
  }
}
