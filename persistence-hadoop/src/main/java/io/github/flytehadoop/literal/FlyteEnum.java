/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal;

/**
 * An enum whose values in Python are not the names of its constants.
 *
 * <p>Inside a dataclass, and everywhere in Flyte 1, a member is its value; an output of Flyte 2 is
 * the member's name. An enum without this interface has the names of its constants as values.
 */
public interface FlyteEnum {
  /** The value of the member of the same name in Python. */
  String value();
}
