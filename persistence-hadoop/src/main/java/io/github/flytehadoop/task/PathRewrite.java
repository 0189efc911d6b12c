/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.task;

import io.github.flytehadoop.FileAccessProvider;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.literal.Literal;
import io.github.flytehadoop.literal.LiteralValue.BlobValue;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Lets files and directories among the inputs be read from a faster place, such as a mount. Like
 * Flyte 2 it looks at inputs themselves, not into lists, and does nothing when the place is absent.
 */
record PathRewrite(String oldPrefix, String newPrefix) {
  private static final String ARROW = "->";

  /** Reads {@code old->new}, or gives null when nothing is to be done. */
  static @Nullable PathRewrite of(TaskVariables variables, FileAccessProvider provider)
      throws IOException {
    String text = variables.first(TaskVariables.PATH_REWRITE);
    if (text == null) {
      return null;
    }
    String[] parts = text.split(ARROW, -1);
    if (parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
      throw Problem.cannot("read the inputs")
          .because("_F_PATH_REWRITE is not of the form old->new")
          .remedy("Correct or remove the variable.")
          .argument();
    }
    return provider.exists(parts[1]) ? new PathRewrite(parts[0], parts[1]) : null;
  }

  Literal applied(Literal literal) {
    if (!(literal.value() instanceof BlobValue blob) || !blob.uri().startsWith(oldPrefix)) {
      return literal;
    }
    String uri = newPrefix + blob.uri().substring(oldPrefix.length());
    return new Literal(
        new BlobValue(uri, blob.format(), blob.dimensionality()),
        literal.hash(),
        literal.metadata(),
        literal.rest());
  }
}
