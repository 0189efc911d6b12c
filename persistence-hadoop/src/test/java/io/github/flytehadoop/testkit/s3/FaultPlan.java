/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit.s3;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Which requests go wrong, and how. A request gets the fault of the first rule that strikes; every
 * rule counts it. A plan counts from its making, so each run needs a new one.
 */
public final class FaultPlan {
  private final List<FaultRule> rules;
  private final List<AtomicInteger> counters;
  private final AtomicInteger fired = new AtomicInteger();

  private FaultPlan(List<FaultRule> rules) {
    this.rules = List.copyOf(rules);
    this.counters = rules.stream().map(rule -> new AtomicInteger()).toList();
  }

  /** Nothing goes wrong. */
  public static FaultPlan none() {
    return of();
  }

  /** These rules, the first one first. */
  public static FaultPlan of(FaultRule... rules) {
    return new FaultPlan(Arrays.asList(rules));
  }

  /**
   * Transient faults at random: errors 500 and 503, refused connections, connections reset inside
   * the request; 400 RequestTimeout for uploads; reset and short replies for GET. No reply is lost
   * after the request was carried out and no byte is changed: those need a plan of their own,
   * through {@link #seeded(long, double, Set, List)}.
   *
   * @param seed the same seed strikes the same ordinals of each kind
   * @param rate from 0 to 1, the share of requests that fail
   * @param kinds the kinds that may fail
   */
  public static FaultPlan seeded(long seed, double rate, Set<RequestKind> kinds) {
    List<FaultRule> rules = new ArrayList<>();
    for (RequestKind kind : kinds) {
      rules.add(random(seed, rate, kind, Fault.transientOf(kind)));
    }
    return new FaultPlan(rules);
  }

  /** The given faults at random, each as likely as the others. */
  public static FaultPlan seeded(
      long seed, double rate, Set<RequestKind> kinds, List<Fault> faults) {
    return new FaultPlan(kinds.stream().map(kind -> random(seed, rate, kind, faults)).toList());
  }

  /** How many faults struck so far. */
  public int fired() {
    return fired.get();
  }

  /** Counts the request and says what shall go wrong with it. */
  Fault next(RequestKind kind, String key) {
    Fault chosen = Fault.NONE;
    for (int i = 0; i < rules.size(); i++) {
      FaultRule rule = rules.get(i);
      if (rule.concerns(kind, key)) {
        Fault fault = rule.faultOf(counters.get(i).incrementAndGet());
        chosen = chosen == Fault.NONE ? fault : chosen;
      }
    }
    if (chosen != Fault.NONE) {
      fired.incrementAndGet();
    }
    return chosen;
  }

  private static FaultRule random(long seed, double rate, RequestKind kind, List<Fault> faults) {
    List<Fault> choice = List.copyOf(faults);
    return FaultRule.on(kind)
        .choosing(
            ordinal -> {
              // Mixed, since near seeds of Random give near first values.
              long mixed = (seed * 31 + kind.ordinal()) * 0x9E3779B97F4A7C15L + ordinal;
              Random random = new Random(mixed * 0xBF58476D1CE4E5B9L);
              boolean strikes = random.nextDouble() < rate;
              return strikes ? choice.get(random.nextInt(choice.size())) : Fault.NONE;
            });
  }
}
