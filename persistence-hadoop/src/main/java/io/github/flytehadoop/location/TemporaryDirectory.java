/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.location;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory of the user's own below {@code java.io.tmpdir} that goes away on {@link #close()}
 * (fixes FAP-C3).
 *
 * @param path where it is
 */
public record TemporaryDirectory(Path path) implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TemporaryDirectory.class);

  /**
   * Makes one whose name starts with a prefix.
   *
   * @throws io.github.flytehadoop.error.TransferException when it cannot be made, naming the
   *     setting that chooses another place
   */
  public static TemporaryDirectory create(String prefix) throws IOException {
    try {
      return new TemporaryDirectory(Files.createTempDirectory(prefix));
    } catch (IOException failure) {
      throw Problem.cannot("make a temporary directory in", System.getProperty("java.io.tmpdir"))
          .because(LocalSandbox.reason(failure))
          .kind(FailureKind.LOCAL_IO)
          .remedy(
              "Set TMPDIR for flyte-data, or the system property java.io.tmpdir, to a directory that"
                  + " may be written to.")
          .causedBy(failure)
          .exception();
    }
  }

  @Override
  public void close() {
    if (!Files.exists(path)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(path)) {
      for (Path each : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    } catch (IOException | UncheckedIOException failure) {
      LOG.warn("The temporary directory {} could not be removed whole", path, failure);
    }
  }
}
