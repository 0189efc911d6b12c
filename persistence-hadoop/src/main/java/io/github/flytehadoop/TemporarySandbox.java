/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import io.github.flytehadoop.location.LocalSandbox;
import io.github.flytehadoop.location.TemporaryDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A sandbox that is made when somebody first asks for it, as most programs never do. */
final class TemporarySandbox implements Supplier<LocalSandbox>, AutoCloseable {
  private @Nullable TemporaryDirectory directory;
  private @Nullable LocalSandbox sandbox;

  @Override
  public synchronized LocalSandbox get() {
    LocalSandbox made = sandbox;
    if (made == null) {
      try {
        directory = TemporaryDirectory.create("flyte-");
        made = LocalSandbox.create(directory.path());
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
      sandbox = made;
    }
    return made;
  }

  @Override
  public synchronized void close() {
    if (directory != null) {
      directory.close();
    }
  }
}
