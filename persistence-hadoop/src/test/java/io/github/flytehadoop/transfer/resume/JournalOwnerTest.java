/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.resume;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.transfer.spill.VarintReader;
import io.github.flytehadoop.transfer.spill.VarintWriter;
import org.junit.jupiter.api.Test;

/** Who is dead, without asking anybody. */
class JournalOwnerTest {
  private final JournalOwner here = JournalOwner.here();

  private JournalOwner process(long number, long startedMillis, String machine) {
    return new JournalOwner(
        here.token(), here.host(), machine, number, startedMillis, JournalOwner.State.RUNNING);
  }

  @Test
  @Rule("F80")
  void onlyAProcessThatIsGoneFromThisMachineIsKnownToBeDead() {
    assertThat(here.isKnownDead()).isFalse();
    assertThat(here.ended().isKnownDead()).isTrue();
    assertThat(process(Integer.MAX_VALUE, 1, here.machine()).isKnownDead()).isTrue();
    assertThat(process(here.process(), here.startedMillis() - 1, here.machine()).isKnownDead())
        .as("its number was given to another")
        .isTrue();
    assertThat(process(Integer.MAX_VALUE, 1, "another machine").isKnownDead()).isFalse();
    assertThat(process(Integer.MAX_VALUE, 1, "").isKnownDead()).isFalse();
  }

  @Test
  void anOwnerIsReadAsWritten() {
    VarintWriter out = new VarintWriter();
    here.write(out);
    assertThat(JournalOwner.read(new VarintReader(out.toBytes()))).isEqualTo(here);
  }
}
