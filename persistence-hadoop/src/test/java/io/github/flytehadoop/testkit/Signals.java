/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Signals to processes that tests have started. */
public final class Signals {
  private Signals() {}

  /** Stands a process still until {@link #resume}. */
  public static void stop(ProcessHandle process) {
    send("STOP", process);
  }

  /** Lets it go on. */
  public static void resume(ProcessHandle process) {
    send("CONT", process);
  }

  /** A process that has ended takes none. */
  private static void send(String name, ProcessHandle process) {
    try {
      int code =
          new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
      if (code != 0 && process.isAlive()) {
        throw new IllegalStateException("kill -" + name + " ended with " + code);
      }
    } catch (IOException | InterruptedException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** Lets a process run for one part in a hundred of the time, until it is closed. */
  public static final class Slowed implements AutoCloseable {
    private static final long PERIOD_MILLIS = 1_000;
    private static final long AWAKE_MILLIS = 10;

    private final ProcessHandle process;
    private final Thread thread = new Thread(this::slow, "slowing a process");

    /** Begins at once. */
    public Slowed(ProcessHandle process) {
      this.process = process;
      thread.start();
    }

    private void slow() {
      try {
        while (process.isAlive()) {
          stop(process);
          TimeUnit.MILLISECONDS.sleep(PERIOD_MILLIS - AWAKE_MILLIS);
          resume(process);
          TimeUnit.MILLISECONDS.sleep(AWAKE_MILLIS);
        }
      } catch (InterruptedException | IllegalStateException ended) {
        resume(process);
      }
    }

    @Override
    public void close() throws InterruptedException {
      thread.interrupt();
      thread.join();
    }
  }
}
