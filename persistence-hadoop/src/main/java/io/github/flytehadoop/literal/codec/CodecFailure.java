/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal.codec;

import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.literal.LiteralException;
import io.github.flytehadoop.literal.wire.WireException;

/** Names what was read or written when its bytes failed. */
final class CodecFailure {
  private CodecFailure() {}

  static LiteralException reading(String what, WireException failure) {
    return failure("read", what, failure);
  }

  static LiteralException writing(String what, WireException failure) {
    return failure("write", what, failure);
  }

  private static LiteralException failure(String verb, String what, WireException failure) {
    String why = String.valueOf(failure.getMessage());
    return new LiteralException("", Problem.cannot(verb, what).because(why).message(), failure);
  }
}
