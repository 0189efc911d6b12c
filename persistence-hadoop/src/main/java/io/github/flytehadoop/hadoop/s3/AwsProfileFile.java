/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3;

import io.github.flytehadoop.error.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The file in which AWS's tools keep profiles: {@code AWS_CONFIG_FILE}, or {@code .aws/config} at
 * home. Only what says where a store is is read here; credentials are left to AWS's own classes.
 */
final class AwsProfileFile {
  private final Map<String, Map<String, String>> sections;

  private AwsProfileFile(Map<String, Map<String, String>> sections) {
    this.sections = sections;
  }

  /** The file that an environment names; one without sections where there is none. */
  static AwsProfileFile of(Map<String, String> environment) {
    String named = environment.getOrDefault("AWS_CONFIG_FILE", "").strip();
    String home = environment.getOrDefault("HOME", environment.getOrDefault("USERPROFILE", ""));
    if (named.isEmpty() && home.isBlank()) {
      return new AwsProfileFile(Map.of());
    }
    Path file = named.isEmpty() ? Path.of(home, ".aws", "config") : Path.of(named);
    try {
      return new AwsProfileFile(parse(Files.readAllLines(file)));
    } catch (NoSuchFileException none) {
      return new AwsProfileFile(Map.of());
    } catch (IOException unreadable) {
      if (named.isEmpty()) {
        return new AwsProfileFile(Map.of());
      }
      throw new ConfigException(
          "AWS_CONFIG_FILE",
          "environment",
          "the file " + file + " cannot be read. Make it readable or unset the variable.");
    }
  }

  /** Reads the lines; indented ones belong to the setting above them, as in {@code s3 =}. */
  private static Map<String, Map<String, String>> parse(List<String> lines) {
    Map<String, Map<String, String>> sections = new HashMap<>();
    Map<String, String> section = new HashMap<>();
    String above = "";
    for (String line : lines) {
      String text = line.strip();
      if (text.startsWith("[") && text.contains("]")) {
        String name = text.substring(1, text.indexOf(']')).strip().replaceAll("\\s+", " ");
        section = sections.computeIfAbsent(name, first -> new HashMap<>());
        above = "";
      } else if (text.indexOf('=') > 0 && !text.startsWith("#") && !text.startsWith(";")) {
        above = put(section, line, above);
      }
    }
    return sections;
  }

  /** Adds a setting; the answer is the one that indented lines below belong to. */
  private static String put(Map<String, String> section, String line, String above) {
    String text = line.strip();
    int equals = text.indexOf('=');
    boolean nested = Character.isWhitespace(line.charAt(0)) && !above.isEmpty();
    String key = text.substring(0, equals).strip();
    section.put(nested ? above + "." + key : key, text.substring(equals + 1).strip());
    return nested ? above : key;
  }

  /** A setting of a profile; empty when it has none. */
  String ofProfile(String profile, String key) {
    Map<String, String> named = sections.get("profile " + profile);
    if (named == null && profile.equals("default")) {
      named = sections.get(profile);
    }
    return named == null ? "" : named.getOrDefault(key, "");
  }

  /** A setting of S3 in a section of services; empty when it has none. */
  String ofServices(String services, String key) {
    return sections.getOrDefault("services " + services, Map.of()).getOrDefault("s3." + key, "");
  }
}
