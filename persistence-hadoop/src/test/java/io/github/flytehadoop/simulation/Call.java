/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.simulation;

import io.github.flytehadoop.FileAccessProvider;
import io.github.flytehadoop.transfer.BlobDimensionality;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One call of the library, in bounded time. */
final class Call {
  private static final long PATIENCE_SECONDS = 60;

  private final Ends ends;
  private final Asked asked;
  private volatile @Nullable Outcome outcome;
  private final Thread thread = new Thread(this::call, "simulated-call");

  Call(Ends ends, Asked asked) {
    this.ends = ends;
    this.asked = asked;
    thread.setDaemon(true);
  }

  /**
   * Runs to the end.
   *
   * @throws Violation when it does not end
   */
  Outcome run() {
    thread.start();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    Outcome ended = outcome;
    if (ended == null) {
      String stack =
          Arrays.stream(thread.getStackTrace())
              .map(Object::toString)
              .collect(Collectors.joining("\n  "));
      thread.interrupt();
      throw new Violation("time", asked + " does not end:\n  " + stack);
    }
    return ended;
  }

  void cancel() {
    thread.interrupt();
  }

  private void call() {
    try {
      outcome = called();
    } catch (IOException | RuntimeException failure) {
      outcome = Outcome.of(failure);
    }
  }

  private Outcome called() throws IOException {
    if (asked.step().has("shell")) {
      return SteppedServices.shown(ends.scratch(), new CommandLine(ends, asked)::run);
    }
    FileAccessProvider provider = ends.provider();
    String one = asked.one();
    String path = one == null ? "" : one;
    String from = ends.uri("source", path);
    String to = ends.uri("target", path);
    BlobDimensionality shape =
        one == null ? BlobDimensionality.MULTIPART : BlobDimensionality.SINGLE;
    return switch (asked.step().verb()) {
      case "put" -> Outcome.of(provider.putData(Path.of(from), to, shape));
      case "get" -> Outcome.of(provider.getData(from, Path.of(to), shape));
      case "copy" -> Outcome.of(provider.copy(from, to, asked.options()));
      default -> Outcome.of(provider.check(from, to, asked.by(), difference -> {}));
    };
  }
}
