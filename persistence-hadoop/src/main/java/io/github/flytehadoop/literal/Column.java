/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal;

import java.util.Objects;

/** A column of a table, with the type of its values. */
public record Column(String name, LiteralType type) {
  /** Refuses null. */
  public Column {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
  }
}
