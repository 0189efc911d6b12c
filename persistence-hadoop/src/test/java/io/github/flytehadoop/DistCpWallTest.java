/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.testkit.DistCpSettings;
import io.github.flytehadoop.testkit.JavaProgram;
import io.github.flytehadoop.testkit.RequireStores;
import io.github.flytehadoop.testkit.TestSecrets;
import io.github.flytehadoop.testkit.YarnCluster;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Prints how long DistCp and {@code flyte-data cp} take for the same files: as programs from their
 * start to their end, by turns, on one YARN with four mappers each; and {@code flyte-data cp} also
 * as it is without {@code --engine}, which stays in its own process for so little.
 */
@RequireStores("mapreduce")
@EnabledIfSystemProperty(
    named = "test.size",
    matches = "full",
    disabledReason = "it measures wall times, which takes minutes: -Dtest.size=full runs it")
@Tag("cluster")
class DistCpWallTest {
  private static final int PAIRS = Integer.getInteger("test.pairs", 3);
  private static final String MAPPERS = "4";
  private static final List<String> MAPREDUCE =
      List.of("--engine", "mapreduce", "--tasks", MAPPERS);
  private static final int FILES = 2_000;
  private static final int FILE_BYTES = 100 << 10;
  private static final int HUGE_MEGABYTES = 1024;

  /** What two cores give many connections at once, so that they are not what is measured. */
  private static final long SCALED_BYTES_PER_SECOND_AND_CONNECTION = 4L << 20;

  /** About what one connection to S3 gives. */
  private static final long BYTES_PER_SECOND_AND_CONNECTION = 32L << 20;

  /** Between a client and S3 in the same region. */
  private static final Duration LATENCY = Duration.ofMillis(20);

  private final YarnCluster yarn = YarnCluster.shared();
  private final S3Endpoint s3 = S3Endpoint.start();

  @BeforeEach
  void makeBucket() {
    s3.createBucket("bucket");
  }

  @AfterEach
  void stop() {
    s3.close();
  }

  @Test
  void manyFilesFromHdfsToS3() throws Exception {
    String source = plantMany();
    compare("2,000 files of 100 KiB", source, FILES, true);
    s3.latency(LATENCY);
    compare("2,000 files of 100 KiB, 20 ms a request", source, FILES, false);
  }

  private String plantMany() throws IOException {
    String source = yarn.newDirectory() + "/source";
    try (FileSystem hdfs = yarn.newFileSystem()) {
      // one after the other, a DataNode takes minutes
      IntStream.range(0, FILES).parallel().forEach(file -> plant(hdfs, source, file));
    }
    return source;
  }

  private static void plant(FileSystem hdfs, String source, int file) {
    byte[] content = new byte[FILE_BYTES];
    new Random(file).nextBytes(content);
    try (var out = hdfs.create(new Path(source + "/d" + file % 20 + "/file-" + file))) {
      out.write(content);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Test
  void oneHugeFileFromHdfsToS3() throws Exception {
    String source = yarn.newDirectory() + "/source";
    byte[] megabyte = new byte[1 << 20];
    Random random = new Random(1);
    try (FileSystem hdfs = yarn.newFileSystem();
        var out = hdfs.create(new Path(source + "/huge"))) {
      for (int i = 0; i < HUGE_MEGABYTES; i++) {
        random.nextBytes(megabyte);
        out.write(megabyte);
      }
    }
    s3.connectionBandwidth(SCALED_BYTES_PER_SECOND_AND_CONNECTION);
    compare("1 file of 1 GiB, 4 MiB/s a connection", source, 1, false);
    s3.connectionBandwidth(BYTES_PER_SECOND_AND_CONNECTION);
    compare("1 file of 1 GiB, 32 MiB/s a connection", source, 1, true);
  }

  private void compare(String what, String source, int files, boolean alsoRenaming)
      throws Exception {
    double[] ratios = new double[PAIRS];
    for (int pair = 0; pair < PAIRS; pair++) {
      boolean oursFirst = pair % 2 == 0;
      double first = oursFirst ? ours(source, files, MAPREDUCE) : 0;
      double direct = distCp(source, files, "-direct");
      boolean rename = alsoRenaming && pair == 0;
      double renaming = rename ? distCp(source, files) : 0;
      double ours = oursFirst ? first : ours(source, files, MAPREDUCE);
      double auto = ours(source, files, List.of());
      ratios[pair] = ours / direct;
      System.out.printf(
          Locale.ROOT,
          "%s: mapreduce %.1f s, auto %.1f s, DistCp -direct %.1f s, ratios %.2f, %.2f%s%n",
          what,
          ours,
          auto,
          direct,
          ratios[pair],
          auto / direct,
          rename ? String.format(Locale.ROOT, "; DistCp without -direct %.1f s", renaming) : "");
    }
    Arrays.sort(ratios);
    System.out.printf(Locale.ROOT, "%s: median ratio of mapreduce %.2f%n", what, ratios[PAIRS / 2]);
  }

  private double ours(String source, int files, List<String> engine) throws Exception {
    List<String> words = new ArrayList<>(List.of("cp"));
    words.addAll(engine);
    Configuration client = yarn.configuration();
    for (Map.Entry<String, String> entry : client) {
      String[] sources = client.getPropertySources(entry.getKey());
      if (sources != null && sources[0].equals("programmatically")) {
        words.addAll(List.of("-D", entry.getKey() + "=" + entry.getValue()));
      }
    }
    words.addAll(List.of("-r", source, "s3://bucket/copy"));
    Map<String, String> environment =
        Map.of(
            "FLYTE_AWS_ENDPOINT",
            s3.uri().toString(),
            "FLYTE_AWS_ACCESS_KEY_ID",
            "tester",
            "FLYTE_AWS_SECRET_ACCESS_KEY",
            TestSecrets.S3_SECRET_KEY);
    return seconds(files, () -> JavaProgram.flyteData(environment, words.toArray(String[]::new)));
  }

  private double distCp(String source, int files, String... options) throws Exception {
    List<String> words = new ArrayList<>(List.of(options));
    words.addAll(List.of("-m", MAPPERS, source, "s3a://bucket/copy"));
    return seconds(
        files,
        () ->
            JavaProgram.distCp(
                Map.of(), DistCpSettings.onYarn(yarn, s3), words.toArray(String[]::new)));
  }

  private interface Program {
    JavaProgram run() throws Exception;
  }

  private double seconds(int files, Program program) throws Exception {
    s3.resetRequests();
    long start = System.nanoTime();
    JavaProgram ended = program.run();
    double seconds = (System.nanoTime() - start) / 1e9;
    assertThat(ended.exitCode()).as(ended.output()).isZero();
    List<String> keys = s3.keys("bucket");
    assertThat(keys.stream().filter(key -> !key.endsWith("/"))).hasSize(files);
    System.out.printf(Locale.ROOT, "  %.1f s, requests %s%n", seconds, s3.counts());
    keys.forEach(key -> s3.deleteDirectly("bucket", key));
    return seconds;
  }
}
