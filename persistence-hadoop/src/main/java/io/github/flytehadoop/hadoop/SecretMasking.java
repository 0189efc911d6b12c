/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop;

import io.github.flytehadoop.hadoop.azure.AzureKey;
import io.github.flytehadoop.hadoop.gcs.GcsKey;
import io.github.flytehadoop.hadoop.hdfs.HdfsKey;
import io.github.flytehadoop.hadoop.overlay.HadoopKey;
import io.github.flytehadoop.hadoop.s3.S3Key;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which Hadoop keys hold secrets. The tables of the stores decide for the keys they name, also for
 * one bucket or account or behind {@code spark.hadoop.}; the name decides for all others.
 */
public final class SecretMasking {
  private static final String MASK = "***";
  private static final String SPARK = "spark.hadoop.";
  private static final String S3A = "fs.s3a.";
  private static final String BUCKET = "fs.s3a.bucket.";
  private static final Pattern SUSPECT =
      Pattern.compile(
          "(?i)password|secret|token|access[.]?key|account[.]?key|encryption[.]?key|credential|signature");
  private static final Set<String> SECRET = keys(HadoopKey.Kind.SECRET);
  private static final Set<String> PLAIN = keys(HadoopKey.Kind.PLAIN);

  private SecretMasking() {}

  /** Every row of every table. */
  static Stream<HadoopKey> table() {
    return Stream.of(S3Key.values(), GcsKey.values(), AzureKey.values(), HdfsKey.values())
        .flatMap(Stream::of);
  }

  private static Set<String> keys(HadoopKey.Kind kind) {
    Set<String> keys = new TreeSet<>();
    table().filter(row -> row.kind() == kind).forEach(row -> keys.add(row.key()));
    return Set.copyOf(keys);
  }

  /** Whether the value of a key must not be shown. */
  public static boolean isSecret(String key) {
    String plain = key.startsWith(SPARK) ? key.substring(SPARK.length()) : key;
    List<String> spellings = spellings(plain);
    if (spellings.stream().anyMatch(SECRET::contains)) {
      return true;
    }
    return SUSPECT.matcher(plain).find() && spellings.stream().noneMatch(PLAIN::contains);
  }

  /** The value as it may be shown. */
  public static String masked(String key, String value) {
    return isSecret(key) && !value.isEmpty() ? MASK : value;
  }

  /** A copy as it may be shown, sorted. */
  public static SortedMap<String, String> masked(Map<String, String> values) {
    SortedMap<String, String> shown = new TreeMap<>();
    values.forEach((key, value) -> shown.put(key, masked(key, value)));
    return shown;
  }

  /** The key itself, and without what may be the name of a bucket or an account; both have dots. */
  private static List<String> spellings(String key) {
    if (key.startsWith(BUCKET)) {
      return cuts(key.substring(BUCKET.length())).map(cut -> S3A + cut[1]).toList();
    }
    return Stream.concat(Stream.of(key), cuts(key).map(cut -> cut[0])).toList();
  }

  private static Stream<String[]> cuts(String text) {
    return IntStream.range(0, text.length())
        .filter(at -> text.charAt(at) == '.')
        .mapToObj(at -> new String[] {text.substring(0, at), text.substring(at + 1)});
  }
}
