/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The rules that a test covers, such as {@code CFG-2} or {@code W-40}; {@code docs/rules.md} is
 * made of it.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Rule {
  /** The rules' ids. */
  String[] value();
}
