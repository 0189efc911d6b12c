/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli.option;

/** What is in a file of Flyte's metadata: the bytes do not say. */
public enum LiteralForm {
  /** Inputs or outputs. */
  MAP,
  /** One literal, as an offloaded one is. */
  LITERAL,
  /** Why a task failed. */
  ERROR;

  /** What the name of a file says. */
  public static LiteralForm of(String uri) {
    String name = uri.substring(uri.lastIndexOf('/') + 1);
    if (name.endsWith("_offloaded_metadata.pb")) {
      return LITERAL;
    }
    return name.startsWith("error") ? ERROR : MAP;
  }
}
