/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3.check;

import java.io.Closeable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keys that a listing of a tree finds and S3A cannot name. S3A makes its interceptors by itself, so
 * the listing and the interceptor meet here, by bucket and prefix; two listings of one prefix hear
 * of the keys of both, each key once.
 */
public final class UnnameableKeys implements Closeable {
  private static final Map<String, Set<UnnameableKeys>> LISTENERS = new ConcurrentHashMap<>();

  private final String place;
  private final Map<String, String> waiting = new LinkedHashMap<>();
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  private UnnameableKeys(String place) {
    this.place = place;
  }

  /** Begins to collect what listings of a prefix find, until this is closed. */
  public static UnnameableKeys below(String bucket, String prefix) {
    UnnameableKeys keys = new UnnameableKeys(place(bucket, prefix));
    LISTENERS.compute(
        keys.place,
        (place, before) -> {
          Set<UnnameableKeys> all = before == null ? ConcurrentHashMap.newKeySet() : before;
          all.add(keys);
          return all;
        });
    return keys;
  }

  private static String place(String bucket, String prefix) {
    return bucket + "/" + prefix;
  }

  /** Whether anybody collects. */
  public static boolean areCollected(String bucket, String prefix) {
    return LISTENERS.containsKey(place(bucket, prefix));
  }

  /** Hands a key to whoever collects, with the reason as a clause. */
  public static void found(String bucket, String prefix, String key, String why) {
    for (UnnameableKeys listener : LISTENERS.getOrDefault(place(bucket, prefix), Set.of())) {
      listener.add(key, why);
    }
  }

  private synchronized void add(String key, String why) {
    if (told.add(key)) {
      waiting.put(key, why);
    }
  }

  /** A key that was found and not taken yet, with its reason; null when there is none. */
  public synchronized Map.@Nullable Entry<String, String> poll() {
    var entries = waiting.entrySet().iterator();
    if (!entries.hasNext()) {
      return null;
    }
    Map.Entry<String, String> next = entries.next();
    Map.Entry<String, String> first = Map.entry(next.getKey(), next.getValue());
    entries.remove();
    return first;
  }

  @Override
  public void close() {
    LISTENERS.computeIfPresent(
        place,
        (at, all) -> {
          all.remove(this);
          return all.isEmpty() ? null : all;
        });
  }
}
