/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The executors of a {@link SparkStandalone} that this JVM started, as processes. */
final class ExecutorProcesses {
  private ExecutorProcesses() {}

  /** Master and Workers are children of this process, and executors those of Workers. */
  static List<ProcessHandle> all() {
    return ProcessHandle.current().children().flatMap(ProcessHandle::children).toList();
  }

  /** Sends a signal, by its name without SIG. */
  static void signal(String name, ProcessHandle process) {
    try {
      int code =
          new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
      assertThat(code).as("kill -" + name).isZero();
    } catch (IOException | InterruptedException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** Lets a process run for one part in a hundred of the time, until it is closed. */
  static final class Slowed implements AutoCloseable {
    private static final long PERIOD_MILLIS = 1_000;
    private static final long AWAKE_MILLIS = 10;

    private final ProcessHandle process;
    private final Thread thread = new Thread(this::slow, "slowing an executor");

    Slowed(ProcessHandle process) {
      this.process = process;
      thread.start();
    }

    private void slow() {
      try {
        while (true) {
          signal("STOP", process);
          TimeUnit.MILLISECONDS.sleep(PERIOD_MILLIS - AWAKE_MILLIS);
          signal("CONT", process);
          TimeUnit.MILLISECONDS.sleep(AWAKE_MILLIS);
        }
      } catch (InterruptedException | IllegalStateException ended) {
        signal("CONT", process);
      }
    }

    @Override
    public void close() throws InterruptedException {
      thread.interrupt();
      thread.join();
    }
  }
}
