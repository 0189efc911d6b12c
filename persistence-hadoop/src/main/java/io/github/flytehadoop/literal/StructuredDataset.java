/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal;

import java.util.List;
import java.util.Objects;

/**
 * A table in a store: what Python has as a {@code DataFrame}, an arrow table or a {@code
 * StructuredDataset}.
 *
 * @param uri of a file, or of a directory of files
 * @param format {@code parquet} or {@code csv} in lower case for Python to read it, or empty
 * @param columns those declared; none when the declaration names none
 */
public record StructuredDataset(String uri, String format, List<Column> columns) {
  /** Copies the columns. */
  public StructuredDataset {
    Objects.requireNonNull(uri, "uri");
    Objects.requireNonNull(format, "format");
    columns = List.copyOf(columns);
  }

  /** A table without declared columns. */
  public StructuredDataset(String uri, String format) {
    this(uri, format, List.of());
  }
}
