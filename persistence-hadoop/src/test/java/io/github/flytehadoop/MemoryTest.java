/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.testkit.MiniHdfs;
import io.github.flytehadoop.testkit.RequireStores;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.S3Server;
import io.github.flytehadoop.testkit.TestDirectories;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 2 GiB of mixed files go to a store and come back in a JVM with 512 MiB of heap. */
@Tag("slow")
@Rule("W-25")
class MemoryTest {
  private static final long MEBIBYTE = 1 << 20;
  private static final int[] LARGE_MEBIBYTES = {512, 256, 256, 200, 128, 128, 100, 64, 64, 40, 40};
  private static final int SMALL_FILES = 400;

  private static Path tree;
  @TempDir Path temp;
  private Path work;

  @BeforeAll
  static void makeTree() throws IOException {
    tree = TestDirectories.scratch("tree");
    Random random = new Random(1);
    byte[] block = new byte[(int) MEBIBYTE];
    long bytes = 0;
    for (int i = 0; i < LARGE_MEBIBYTES.length; i++) {
      try (OutputStream out = Files.newOutputStream(tree.resolve("large" + i))) {
        for (int mebibyte = 0; mebibyte < LARGE_MEBIBYTES[i]; mebibyte++) {
          random.nextBytes(block);
          out.write(block);
        }
      }
      bytes += LARGE_MEBIBYTES[i] * MEBIBYTE;
    }
    Path small = Files.createDirectories(tree.resolve("small"));
    for (int i = 0; i < SMALL_FILES; i++) {
      byte[] content = new byte[random.nextInt((int) (i % 10 == 0 ? 8 * MEBIBYTE : MEBIBYTE))];
      random.nextBytes(content);
      Files.write(small.resolve("f" + i), content);
      bytes += content.length;
    }
    assertThat(bytes).isGreaterThan(2048 * MEBIBYTE);
  }

  @AfterAll
  static void removeTree() {
    TestDirectories.delete(tree);
  }

  @BeforeEach
  void makeDirectory() throws IOException {
    work = TestDirectories.scratch("memory");
  }

  @AfterEach
  void removeDirectory() {
    TestDirectories.delete(work);
  }

  private void roundTrip(String remote, Map<String, String> environment) throws Exception {
    Path out = work.resolve("out");
    Path printed = temp.resolve("printed");
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+ExitOnOutOfMemoryError",
                MemoryProbe.class.getName(),
                tree.toString(),
                remote,
                out.toString())
            .redirectErrorStream(true)
            .redirectOutput(printed.toFile());
    builder.environment().put("CLASSPATH", classPath);
    builder.environment().putAll(environment);
    Process child = builder.start();
    try {
      assertThat(child.waitFor(10, TimeUnit.MINUTES)).isTrue();
    } finally {
      child.destroyForcibly();
    }
    String text = Files.readString(printed);
    System.out.println(remote.substring(0, remote.indexOf(':')) + ": " + text);
    assertThat(child.exitValue()).as(text).isZero();
    try (Stream<Path> all = Files.walk(tree)) {
      List<Path> files = all.filter(Files::isRegularFile).toList();
      for (Path file : files) {
        assertThat(Files.mismatch(file, out.resolve(tree.relativize(file)))).isEqualTo(-1);
      }
    }
  }

  @Test
  @RequireStores("s3")
  void onS3() throws Exception {
    S3Server s3 = S3Server.startOnDisk(Files.createDirectories(work.resolve("s3")));
    roundTrip(
        "s3://" + s3.newBucket(),
        Map.of(
            "FLYTE_AWS_ENDPOINT", s3.uri().toString(),
            "FLYTE_AWS_ACCESS_KEY_ID", s3.accessKey(),
            "FLYTE_AWS_SECRET_ACCESS_KEY", s3.secretKey()));
  }

  @Test
  @RequireStores("hdfs")
  void onHdfs() throws Exception {
    MiniHdfs hdfs = MiniHdfs.shared();
    String directory = hdfs.newDirectory();
    try {
      roundTrip(directory, Map.of());
    } finally {
      try (var plain = hdfs.newFileSystem()) {
        plain.delete(new org.apache.hadoop.fs.Path(directory), true);
      }
    }
  }
}
