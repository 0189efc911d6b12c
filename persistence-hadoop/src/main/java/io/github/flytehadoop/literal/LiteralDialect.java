/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal;

/**
 * How each generation of Flyte's SDK writes a value, where they differ: enums that are not inside a
 * dataclass, and the tags of files, directories and tables in a union.
 */
public enum LiteralDialect {
  /** As flytekit does: an enum is its member's value. */
  FLYTE_1,
  /** As the {@code flyte} SDK does: an enum is its member's name. */
  FLYTE_2
}
