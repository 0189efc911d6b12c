/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.overlay;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Collects the Hadoop keys of a store. A key that {@code DataConfig} decides is <em>set</em>; a key
 * that only we find better is <em>suggested</em> and gives way to what the user's {@code
 * core-site.xml} or {@code spark.hadoop.*} says. Not thread-safe.
 */
public final class Overlay {
  private final SortedMap<String, String> values = new TreeMap<>();
  private final SortedMap<String, SortedSet<String>> givesWayTo = new TreeMap<>();

  /** An empty overlay. */
  public Overlay() {}

  /** Sets a key, whatever the Configuration below says. */
  public Overlay set(HadoopKey key, String value) {
    return set(key.key(), value);
  }

  /** Sets a key, whatever the Configuration below says. */
  public Overlay set(String key, String value) {
    values.put(Objects.requireNonNull(key, "key"), Objects.requireNonNull(value, "value"));
    givesWayTo.remove(key);
    return this;
  }

  /** Sets a key unless the user has set it. */
  public Overlay suggest(HadoopKey key, String value) {
    return suggest(key.key(), value, List.of());
  }

  /**
   * Sets a key unless the user has set it or one of the others: credentials are one choice spread
   * over several keys.
   */
  public Overlay suggest(String key, String value, Collection<String> orAnyOf) {
    if (values.putIfAbsent(key, value) == null) {
      SortedSet<String> guards = new TreeSet<>(orAnyOf);
      guards.add(key);
      givesWayTo.put(key, guards);
    }
    return this;
  }

  /** Adds everything that another overlay holds. */
  public Overlay add(Overlay other) {
    other.values.forEach(
        (key, value) -> {
          SortedSet<String> guards = other.givesWayTo.get(key);
          if (guards == null) {
            set(key, value);
          } else {
            suggest(key, value, guards);
          }
        });
    return this;
  }

  /** All keys and values. */
  public SortedMap<String, String> values() {
    return Collections.unmodifiableSortedMap(values);
  }

  /** For each suggested key the keys that the user may have set instead. */
  public Map<String, Set<String>> givesWayTo() {
    return Collections.unmodifiableMap(givesWayTo);
  }

  /** The keys alone: values may be secret. */
  @Override
  public String toString() {
    return "Overlay" + values.keySet();
  }
}
