/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Whoever makes the archive of classes when a command of an unpacked distribution has ended. */
final class ArchiveMaker {
  private static final long LONG_ENOUGH_MINUTES = 5;

  private ArchiveMaker() {}

  /** Returns when nobody makes an archive below a directory. */
  static void await(Path directory) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(LONG_ENOUGH_MINUTES);
    while (isAtWork(directory)) {
      assertThat(System.nanoTime())
          .as("an archive is still made below " + directory)
          .isLessThan(end);
      Thread.sleep(50);
    }
  }

  private static boolean isAtWork(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.anyMatch(file -> file.endsWith("maker"));
    } catch (UncheckedIOException changed) {
      return true;
    }
  }
}
