/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/**
 * A temporary directory that goes away on {@link #close()}.
 *
 * @param directory where it is
 */
record Scratch(Path directory) implements AutoCloseable {
  static Scratch create(String prefix) throws IOException {
    return new Scratch(Files.createTempDirectory(prefix));
  }

  @Override
  public void close() {
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException | UncheckedIOException failure) {
      LoggerFactory.getLogger(Scratch.class)
          .warn("The temporary directory {} could not be removed: {}", directory, "" + failure);
    }
  }
}
