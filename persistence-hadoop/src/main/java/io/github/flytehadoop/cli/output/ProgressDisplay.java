/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli.output;

import io.github.flytehadoop.error.PathFailure;
import io.github.flytehadoop.transfer.ProgressListener;
import java.io.PrintStream;
import java.util.Objects;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A bar of bytes and a count of files on a terminal; it goes away with the transfer. */
public final class ProgressDisplay implements ProgressListener, AutoCloseable {
  private static final long MEBIBYTE = 1L << 20;

  private final PrintStream terminal;
  private final int columns;
  private final String verb;
  private @Nullable ProgressBar bar;
  private long planned;
  private long finished;
  private long failed;

  /** Shows nothing before the plan is known. */
  public ProgressDisplay(PrintStream terminal, int columns, String verb) {
    this.terminal = terminal;
    this.columns = columns;
    this.verb = verb;
  }

  @Override
  public synchronized void planned(long files, long bytes) {
    close();
    planned = files;
    bar =
        new ProgressBarBuilder()
            .setTaskName(verb)
            .setInitialMax(bytes)
            .setUnit("MiB", MEBIBYTE)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(200)
            .showSpeed()
            .clearDisplayOnFinish()
            .setConsumer(new ConsoleProgressBarConsumer(terminal, columns))
            .build();
    showFiles();
  }

  @Override
  public synchronized void advanced(long bytes) {
    if (bar != null) {
      bar.stepBy(bytes);
    }
  }

  @Override
  public synchronized void finished(String path, long bytes) {
    finished++;
    showFiles();
  }

  @Override
  public synchronized void failed(PathFailure failure) {
    failed++;
    showFiles();
  }

  private void showFiles() {
    String problems = failed == 0 ? "" : ", " + failed + " failed";
    Objects.requireNonNull(bar)
        .setExtraMessage(" " + finished + "/" + planned + " files" + problems);
  }

  @Override
  public synchronized void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
    finished = 0;
    failed = 0;
  }
}
