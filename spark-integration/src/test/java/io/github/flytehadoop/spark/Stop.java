/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.api.java.UDF1;

/**
 * A column function that stops its task at one row, in the middle of what the task writes, until
 * the test lets it go on. Test and executors meet in a directory, which outlives every JVM.
 *
 * @param directory where {@code stopped-ATTEMPT} says that an attempt has stopped, with the id of
 *     its process, and {@code go-ATTEMPT} lets it go on
 * @param row at which every attempt stops
 * @param failing a row at which every attempt fails, once {@code fail} is there
 */
record Stop(String directory, long row, long failing) implements UDF1<Long, Long> {
  static final Duration PATIENCE = Duration.ofSeconds(90);

  @Override
  public Long call(Long id) throws IOException {
    int attempt = TaskContext.get().attemptNumber();
    if (id == row) {
      long pid = ProcessHandle.current().pid();
      Path saying = Files.writeString(file("stopping-" + attempt), Long.toString(pid));
      Files.move(saying, file("stopped-" + attempt));
      await(file("go-" + attempt));
    }
    if (id == failing) {
      await(file("fail"));
      throw new IllegalStateException("as asked");
    }
    return id;
  }

  /** Waits for an attempt to stop: the id of its process. */
  long awaitStopped(int attempt) throws IOException {
    await(file("stopped-" + attempt));
    return Long.parseLong(Files.readString(file("stopped-" + attempt)));
  }

  void letGo(int attempt) throws IOException {
    Files.createFile(file("go-" + attempt));
  }

  void fail() throws IOException {
    Files.createFile(file("fail"));
  }

  private Path file(String name) {
    return Path.of(directory, name);
  }

  /** Does not listen to interrupts, as little as a task that hangs in a system call. */
  private static void await(Path file) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!Files.exists(file)) {
      if (System.nanoTime() > end) {
        throw new UncheckedIOException(new IOException("nobody made " + file));
      }
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      Thread.interrupted();
    }
  }
}
