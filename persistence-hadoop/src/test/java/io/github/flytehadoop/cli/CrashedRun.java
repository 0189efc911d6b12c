/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.testkit.TestDirectories;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** One command in a JVM of its own that is killed, and the same command once more in this one. */
final class CrashedRun implements AutoCloseable {
  /** What is done with the tree. */
  enum Verb {
    PUT,
    GET,
    COPY
  }

  private static final int SMALL_FILES = 14;
  private static final int LARGE_BYTES = 11 << 20;

  private final Verb verb;
  private final Path work;
  private final Map<String, byte[]> files = new TreeMap<>();
  private final S3Endpoint s3 = S3Endpoint.start();

  CrashedRun(Verb verb, int seed, Path work) throws IOException {
    this.verb = verb;
    this.work = Files.createDirectories(work);
    Random random = new Random(seed);
    for (int i = 0; i < SMALL_FILES; i++) {
      files.put("d" + random.nextInt(4) + "/" + "e".repeat(i % 3) + i, bytes(random, 50_000));
    }
    files.put("empty", new byte[0]);
    byte[] large = new byte[LARGE_BYTES + random.nextInt(1000)];
    random.nextBytes(large);
    files.put("d1/large", large);
    s3.createBucket("b");
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path local = work.resolve("in").resolve(file.getKey());
      Files.createDirectories(local.getParent());
      Files.write(local, file.getValue());
      s3.putDirectly("b", "from/" + file.getKey(), file.getValue());
    }
  }

  private static byte[] bytes(Random random, int atMost) {
    byte[] bytes = new byte[random.nextInt(atMost)];
    random.nextBytes(bytes);
    return bytes;
  }

  private String[] command() {
    List<String> all = new ArrayList<>(List.of("-q"));
    switch (verb) {
      case PUT -> all.addAll(List.of("put", work.resolve("in").toString(), "s3://b/to"));
      case GET -> all.addAll(List.of("get", "s3://b/from", work.resolve("out/to").toString()));
      case COPY -> all.addAll(List.of("cp", "--skip-identical", "s3://b/from", "s3://b/to"));
      default -> throw new AssertionError(verb);
    }
    all.addAll(List.of("-r", "--job-id", "sweep", "--part-size", "5MiB", "--streams", "4"));
    return all.toArray(String[]::new);
  }

  /** Runs it to its end in this JVM. */
  int countRequests() {
    finish();
    return s3.requests().size();
  }

  /**
   * Starts it, and kills it when its n-th request arrives; the request is carried out afterwards,
   * as far as it has arrived, or not.
   *
   * @return whether it got so far
   */
  boolean killAt(int request, boolean carriedOut) throws Exception {
    AtomicInteger arrived = new AtomicInteger();
    List<Process> child = new ArrayList<>();
    synchronized (child) {
      s3.onRequest(
          (kind, ordinal) -> {
            if (arrived.incrementAndGet() == request) {
              kill(child);
              if (!carriedOut) {
                throw new IllegalStateException("the client is dead");
              }
            }
          });
      child.add(start());
    }
    assertThat(child.get(0).waitFor(3, TimeUnit.MINUTES)).isTrue();
    s3.onRequest((kind, ordinal) -> {});
    return child.get(0).exitValue() == 128 + 9;
  }

  private static void kill(List<Process> child) {
    synchronized (child) {
      child.get(0).destroyForcibly();
      try {
        child.get(0).waitFor();
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private Process start() throws IOException {
    Path tmp = Files.createDirectories(work.resolve("tmp"));
    List<String> java =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Djava.io.tmpdir=" + tmp,
                "-Dhadoop.tmp.dir=" + tmp,
                FlyteData.class.getName()));
    java.addAll(List.of(command()));
    ProcessBuilder builder =
        new ProcessBuilder(java)
            .redirectErrorStream(true)
            .redirectOutput(work.resolve("printed").toFile());
    Map<String, String> environment = new HashMap<>(Outcome.s3(s3));
    environment.put(
        "CLASSPATH",
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** The same command in this JVM. */
  void finish() {
    Outcome outcome = Outcome.of(Outcome.s3(s3), command());
    assertThat(outcome.code()).as(outcome.err()).isZero();
  }

  /** What is at the target, by its path below it; of a download all that is beside it too. */
  private Map<String, byte[]> found() throws IOException {
    Map<String, byte[]> found = new TreeMap<>();
    if (verb != Verb.GET) {
      for (String key : s3.keys("b")) {
        if (!key.startsWith("from/")) {
          found.put(key, s3.bytes("b", key));
        }
      }
    } else if (Files.exists(work.resolve("out"))) {
      try (Stream<Path> all = Files.walk(work.resolve("out"))) {
        for (Path file : all.filter(Files::isRegularFile).toList()) {
          found.put(work.resolve("out").relativize(file).toString(), Files.readAllBytes(file));
        }
      }
    }
    return found;
  }

  /** Whatever has a name that others see is a file as it was sent. */
  void assertNothingPartial() throws IOException {
    found()
        .forEach(
            (path, content) -> {
              if (!path.substring(path.lastIndexOf('/') + 1).startsWith("._flyte_")) {
                assertThat(path).startsWith("to/");
                assertThat(content).as(path).isEqualTo(files.get(path.substring(3)));
              }
            });
  }

  /** Equal trees and nothing else: no temporary file, no journal, no pending upload. */
  void assertDone() throws IOException {
    Map<String, byte[]> found = found();
    assertThat(found.keySet())
        .containsExactlyElementsOf(files.keySet().stream().map(path -> "to/" + path).toList());
    found.forEach(
        (path, content) -> assertThat(content).as(path).isEqualTo(files.get(path.substring(3))));
    assertThat(s3.pendingUploads("b")).isEmpty();
  }

  @Override
  public void close() throws IOException {
    s3.close();
    TestDirectories.delete(work);
  }
}
