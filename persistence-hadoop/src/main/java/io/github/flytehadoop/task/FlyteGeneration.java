/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.task;

import io.github.flytehadoop.literal.LiteralDialect;

/** Whose conventions a task follows. The arguments tell: each SDK names its options differently. */
public enum FlyteGeneration {
  /** The platform and {@code flytekit} of Flyte 1. */
  FLYTE_1(LiteralDialect.FLYTE_1),
  /** The platform and the {@code flyte} SDK of Flyte 2. */
  FLYTE_2(LiteralDialect.FLYTE_2);

  private final LiteralDialect dialect;

  FlyteGeneration(LiteralDialect dialect) {
    this.dialect = dialect;
  }

  /** How values are written. */
  public LiteralDialect dialect() {
    return dialect;
  }
}
