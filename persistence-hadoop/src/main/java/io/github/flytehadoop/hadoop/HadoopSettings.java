/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop;

import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.config.WriteChunkSize;
import io.github.flytehadoop.hadoop.hdfs.HdfsSettings;
import io.github.flytehadoop.hadoop.overlay.Overlay;
import io.github.flytehadoop.hadoop.overlay.Profile;
import io.github.flytehadoop.hadoop.s3.RelocatedSettings;
import io.github.flytehadoop.location.Location;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * A few Hadoop keys that are laid over a Configuration: small enough to travel to a worker, which
 * has a Configuration of its own. Immutable. It holds secrets and shows none.
 */
public final class HadoopSettings implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Where a Configuration says that a value came from. */
  static final String SOURCE = "flyte DataConfig";

  /**
   * The source of a value, as {@link Configuration#set(String, String, String)} takes it, that wins
   * over everything here: somebody has given it for this run.
   */
  public static final String OVERRIDE = "flyte override";

  private final TreeMap<String, String> values;
  private final TreeMap<String, TreeSet<String>> givesWayTo = new TreeMap<>();

  private HadoopSettings(
      Map<String, String> values, Map<String, ? extends Set<String>> givesWayTo) {
    this.values = new TreeMap<>(values);
    givesWayTo.forEach((key, others) -> this.givesWayTo.put(key, new TreeSet<>(others)));
  }

  /** The settings that an overlay has collected. */
  static HadoopSettings of(Overlay overlay) {
    return new HadoopSettings(overlay.values(), overlay.givesWayTo());
  }

  /**
   * What Spark, MapReduce and DistCp need, for every store.
   *
   * @throws io.github.flytehadoop.error.ConfigException if the configuration of a store is
   *     incomplete
   */
  public static HadoopSettings shared(DataConfig config, Map<String, String> environment) {
    return of(StoreSettings.ofAll(config, environment, Profile.SHARED));
  }

  /**
   * What the file system needs where a cluster keeps the files of a job: without these each of the
   * hundred jars of a job waits 400 ms. None is a secret.
   */
  public static HadoopSettings ofJobs() {
    return of(HdfsSettings.of(Profile.SHARED));
  }

  /**
   * What this library's own file system for a location needs, with parts of the configured size;
   * see {@link PartSize#keys} for another.
   *
   * @throws io.github.flytehadoop.error.ConfigException if the configuration of the store is
   *     incomplete
   * @throws IllegalArgumentException if the scheme is not known
   * @throws UnsupportedOperationException if the store has no anonymous access
   */
  public static HadoopSettings engine(
      Location location,
      DataConfig config,
      Map<String, String> environment,
      FileSystemOptions options) {
    Overlay overlay =
        new StoreSettings(config, environment, Profile.ENGINE)
            .ofStore(location.scheme(), options.access(), location);
    PartSize.keys(location.scheme(), WriteChunkSize.fromEnvironment(environment))
        .forEach(overlay::set);
    options.overrides().forEach(overlay::set);
    return of(overlay);
  }

  /** These settings with other values for some keys, which win over everything. */
  public HadoopSettings with(Map<String, String> overrides) {
    Map<String, String> merged = new TreeMap<>(values);
    merged.putAll(overrides);
    Map<String, TreeSet<String>> guards = new TreeMap<>(givesWayTo);
    guards.keySet().removeAll(overrides.keySet());
    return new HadoopSettings(merged, guards);
  }

  /** These settings and others, which give way to what the user has set. */
  public HadoopSettings suggesting(Map<String, String> suggestions) {
    Map<String, String> merged = new TreeMap<>(suggestions);
    merged.putAll(values);
    Map<String, Set<String>> guards = new TreeMap<>(givesWayTo);
    suggestions.keySet().stream()
        .filter(key -> !values.containsKey(key))
        .forEach(key -> guards.put(key, Set.of(key)));
    return new HadoopSettings(merged, guards);
  }

  /** All keys and values, secrets included. */
  public SortedMap<String, String> asMap() {
    return Collections.unmodifiableSortedMap(values);
  }

  /**
   * A new Configuration: the base, which stays as it is, with these keys. A key that only we find
   * better gives way to what the user has set in the base.
   */
  public Configuration applyTo(Configuration base) {
    Configuration result = new Configuration(base);
    layOver(result);
    return result;
  }

  /**
   * As {@link #applyTo}, on a Configuration that is in use, such as that of a Spark session. Keys
   * that another call has laid over it go away first.
   */
  public void layOver(Configuration target) {
    List<String> before = new ArrayList<>();
    target.forEach(
        entry -> {
          if (isLaid(target, entry.getKey())) {
            before.add(entry.getKey());
          }
        });
    before.forEach(target::unset);
    Map<String, String> laid = new TreeMap<>(values);
    givesWayTo.forEach(
        (key, guards) -> {
          if (guards.stream().anyMatch(guard -> isSetByUser(target, guard))) {
            laid.remove(key);
          }
        });
    laid.keySet().removeIf(key -> OVERRIDE.equals(originOf(target, key)));
    laid.forEach((key, value) -> target.set(key, value, SOURCE));
    RelocatedSettings.use(target);
  }

  /** Whether the value of a key was laid over a Configuration by {@link #layOver}. */
  public static boolean isLaid(Configuration configuration, String key) {
    return SOURCE.equals(originOf(configuration, key));
  }

  /** Whether a value is neither one of Hadoop's defaults nor ours. */
  private static boolean isSetByUser(Configuration base, String key) {
    if (base.getRaw(key) == null) {
      return false;
    }
    String origin = originOf(base, key);
    return origin == null || !(origin.equals(SOURCE) || origin.endsWith("-default.xml"));
  }

  private static @Nullable String originOf(Configuration base, String key) {
    @Nullable String[] sources = base.getPropertySources(key);
    // the first is where the value came from, the others are files it has travelled in
    return sources == null || sources.length == 0 ? null : sources[0];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HadoopSettings that
        && values.equals(that.values)
        && givesWayTo.equals(that.givesWayTo);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  /** The keys alone. */
  @Override
  public String toString() {
    return "HadoopSettings" + values.keySet();
  }
}
