/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit.s3;

import static io.github.flytehadoop.testkit.s3.RequestKind.GET_OBJECT;
import static io.github.flytehadoop.testkit.s3.RequestKind.PUT_OBJECT;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which requests a plan strikes. */
class FaultPlanTest {
  private static final Fault FAULT = Fault.internalError();

  @Test
  void rulesChooseOrdinals() {
    assertThat(struck(FaultRule.on(GET_OBJECT).gives(FAULT))).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(struck(FaultRule.on(GET_OBJECT).nth(3).gives(FAULT))).containsExactly(3);
    assertThat(struck(FaultRule.on(GET_OBJECT).every(2).gives(FAULT))).containsExactly(2, 4, 6);
    assertThat(struck(FaultRule.on(GET_OBJECT).first(2).gives(FAULT))).containsExactly(1, 2);
    assertThat(struck(FaultRule.on(GET_OBJECT).from(5).gives(FAULT))).containsExactly(5, 6);
    assertThat(struck(FaultRule.on().nth(1).gives(FAULT))).containsExactly(1);
    assertThat(struck(FaultRule.on(PUT_OBJECT).gives(FAULT))).isEmpty();
  }

  @Test
  void ordinalsCountWhatTheRuleConcerns() {
    FaultPlan plan = FaultPlan.of(FaultRule.on(GET_OBJECT).key("a"::equals).nth(2).gives(FAULT));
    assertThat(plan.next(GET_OBJECT, "a")).isSameAs(Fault.NONE);
    assertThat(plan.next(GET_OBJECT, "b")).isSameAs(Fault.NONE);
    assertThat(plan.next(PUT_OBJECT, "a")).isSameAs(Fault.NONE);
    assertThat(plan.next(GET_OBJECT, "a")).isSameAs(FAULT);
    assertThat(plan.fired()).isEqualTo(1);
  }

  @Test
  void theFirstRuleThatStrikesWinsAndAllCount() {
    Fault other = Fault.slowDown();
    FaultPlan plan =
        FaultPlan.of(
            FaultRule.on(GET_OBJECT).nth(1).gives(FAULT),
            FaultRule.on(GET_OBJECT).first(2).gives(other));
    assertThat(plan.next(GET_OBJECT, "a")).isSameAs(FAULT);
    assertThat(plan.next(GET_OBJECT, "a")).isSameAs(other);
    assertThat(plan.next(GET_OBJECT, "a")).isSameAs(Fault.NONE);
  }

  @Test
  void seedsRepeatThemselvesAndKeepTheRate() {
    assertThat(seeded(1, 0.3)).isEqualTo(seeded(1, 0.3)).isNotEqualTo(seeded(2, 0.3));
    assertThat(seeded(1, 0)).isEmpty();
    assertThat(seeded(1, 1)).hasSize(1000);
    assertThat(seeded(7, 0.3)).hasSizeBetween(230, 370);
  }

  private static List<String> seeded(long seed, double rate) {
    FaultPlan plan = FaultPlan.seeded(seed, rate, Set.of(GET_OBJECT));
    List<String> struck = new ArrayList<>();
    for (int i = 1; i <= 1000; i++) {
      Fault fault = plan.next(GET_OBJECT, "k");
      if (fault != Fault.NONE) {
        struck.add(i + ": " + fault);
      }
    }
    return struck;
  }

  private static List<Integer> struck(FaultRule rule) {
    FaultPlan plan = FaultPlan.of(rule);
    List<Integer> struck = new ArrayList<>();
    for (int i = 1; i <= 6; i++) {
      if (plan.next(GET_OBJECT, "k") == FAULT) {
        struck.add(i);
      }
    }
    return struck;
  }
}
