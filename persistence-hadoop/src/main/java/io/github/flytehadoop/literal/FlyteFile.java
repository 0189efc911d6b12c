/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal;

import java.util.Objects;

/**
 * One file in a store: {@code FlyteFile} of flytekit, {@code File} of Flyte 2.
 *
 * @param uri taken as it is: {@code %20} is three characters
 * @param format such as {@code csv}; empty when none is declared
 */
public record FlyteFile(String uri, String format) {
  /** Refuses null. */
  public FlyteFile {
    Objects.requireNonNull(uri, "uri");
    Objects.requireNonNull(format, "format");
  }

  /** A file without a format. */
  public FlyteFile(String uri) {
    this(uri, "");
  }
}
