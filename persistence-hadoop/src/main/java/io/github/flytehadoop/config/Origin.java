/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.config;

import java.nio.file.Path;

/** Where an effective value came from. */
public sealed interface Origin {
  /** The origin as a user reads it. */
  String describe();

  /** Nothing set it. */
  record Default() implements Origin {
    @Override
    public String describe() {
      return "default";
    }
  }

  /**
   * An environment variable.
   *
   * @param name its name
   */
  record Environment(String name) implements Origin {
    @Override
    public String describe() {
      return "environment variable " + name;
    }
  }

  /**
   * An option of an INI file.
   *
   * @param file the file
   * @param section the section, without brackets
   * @param option the option
   */
  record Ini(Path file, String section, String option) implements Origin {
    @Override
    public String describe() {
      return file + " [" + section + "] " + option;
    }
  }

  /**
   * A key of a YAML file.
   *
   * @param file the file
   * @param path the keys from the top, joined by dots
   */
  record Yaml(Path file, String path) implements Origin {
    @Override
    public String describe() {
      return file + " " + path;
    }
  }
}
