/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal;

import java.util.Objects;

/**
 * A directory in a store: {@code FlyteDirectory} of flytekit, {@code Dir} of Flyte 2.
 *
 * @param uri taken as it is, without a final slash
 * @param format of the files in it; empty when none is declared
 */
public record FlyteDirectory(String uri, String format) {
  /** Refuses null. */
  public FlyteDirectory {
    Objects.requireNonNull(uri, "uri");
    Objects.requireNonNull(format, "format");
  }

  /** A directory without a format. */
  public FlyteDirectory(String uri) {
    this(uri, "");
  }
}
