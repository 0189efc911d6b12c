/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit.s3;

import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/**
 * One line of a {@link FaultPlan}, read as a sentence: {@code on(GET_OBJECT).nth(2).gives(fault)}.
 *
 * <p>Ordinals start at 1 and count the requests of these kinds whose key fits, from the making of
 * the plan: {@code on(GET_OBJECT).key("a"::equals).first(2)} means the first two GETs of {@code a}.
 */
public final class FaultRule {
  private final Set<RequestKind> kinds;
  private final Predicate<String> keys;
  private final IntPredicate ordinals;
  private final IntFunction<Fault> faults;

  private FaultRule(
      Set<RequestKind> kinds,
      Predicate<String> keys,
      IntPredicate ordinals,
      IntFunction<Fault> faults) {
    this.kinds = kinds;
    this.keys = keys;
    this.ordinals = ordinals;
    this.faults = faults;
  }

  /** Every request of these kinds; of all kinds when none is given. */
  public static FaultRule on(RequestKind... kinds) {
    Set<RequestKind> all = Set.of(kinds.length == 0 ? RequestKind.values() : kinds);
    return new FaultRule(all, key -> true, ordinal -> true, ordinal -> Fault.NONE);
  }

  /** Only requests with such a key; requests on a bucket have an empty one. */
  public FaultRule key(Predicate<String> fits) {
    return new FaultRule(kinds, fits, ordinals, faults);
  }

  /** The n-th only. */
  public FaultRule nth(int n) {
    return when(ordinal -> ordinal == n);
  }

  /** The k-th, the 2k-th, and so on. */
  public FaultRule every(int k) {
    return when(ordinal -> ordinal % k == 0);
  }

  /** The first n. */
  public FaultRule first(int n) {
    return when(ordinal -> ordinal <= n);
  }

  /** The n-th and all that follow. */
  public FaultRule from(int n) {
    return when(ordinal -> ordinal >= n);
  }

  /** What goes wrong. */
  public FaultRule gives(Fault fault) {
    return choosing(ordinal -> fault);
  }

  FaultRule choosing(IntFunction<Fault> choice) {
    return new FaultRule(kinds, keys, ordinals, choice);
  }

  boolean concerns(RequestKind kind, String key) {
    return kinds.contains(kind) && keys.test(key);
  }

  Fault faultOf(int ordinal) {
    return ordinals.test(ordinal) ? faults.apply(ordinal) : Fault.NONE;
  }

  private FaultRule when(IntPredicate chosen) {
    return new FaultRule(kinds, keys, chosen, faults);
  }
}
