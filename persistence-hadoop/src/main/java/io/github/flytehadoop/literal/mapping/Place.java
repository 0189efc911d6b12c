/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal.mapping;

import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.literal.LiteralException;
import org.jspecify.annotations.Nullable;

/** Where a value is inside the variable it belongs to: printed as {@code people[3].age}. */
final class Place {
  private final @Nullable Place above;
  private final String step;
  private final int depth;

  private Place(@Nullable Place above, String step) {
    this.above = above;
    this.step = step;
    this.depth = above == null ? 0 : above.depth + 1;
  }

  /** The variable itself; without a name it is "the literal". */
  static Place of(String name) {
    return new Place(null, name);
  }

  /** A component of a record, or the value of a key. */
  Place at(Object key) {
    return new Place(this, isName(key) ? "." + key : "[\"" + key + "\"]");
  }

  Place item(int index) {
    return new Place(this, "[" + index + "]");
  }

  /** How many values are around this one. */
  int depth() {
    return depth;
  }

  /** Refuses to write more values inside each other than can be read again. */
  void checkDepth(int most) throws LiteralException {
    if (depth > most) {
      throw cannotWrite("more than " + most + " values are inside each other", "");
    }
  }

  LiteralException cannotRead(String type, String why, String remedy) {
    Problem problem = Problem.cannot("read", subject("input ") + " as " + type);
    return new LiteralException(toString(), problem.because(why).remedy(remedy).message(), null);
  }

  LiteralException cannotWrite(String why, String remedy) {
    Problem problem = Problem.cannot("write", subject("output "));
    return new LiteralException(toString(), problem.because(why).remedy(remedy).message(), null);
  }

  private String subject(String noun) {
    return variable().isEmpty() ? "the literal" + this : noun + this;
  }

  private String variable() {
    Place top = this;
    while (top.above != null) {
      top = top.above;
    }
    return top.step;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    append(text);
    return text.toString();
  }

  private void append(StringBuilder text) {
    if (above != null) {
      above.append(text);
    }
    text.append(step);
  }

  private static boolean isName(Object key) {
    return key instanceof String name
        && !name.isEmpty()
        && Character.isUnicodeIdentifierStart(name.codePointAt(0))
        && name.codePoints().allMatch(Character::isUnicodeIdentifierPart);
  }
}
