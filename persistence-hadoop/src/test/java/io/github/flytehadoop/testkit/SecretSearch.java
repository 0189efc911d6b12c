/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Looks for secrets in text, as they are and as URLs, base64 and XML would carry them. */
public final class SecretSearch {
  private final Map<String, String> origins;

  /** Looks for these, each with where it comes from. */
  public SecretSearch(Map<String, String> origins) {
    this.origins = Map.copyOf(origins);
  }

  /** Looks for all secrets of all tests. */
  public static SecretSearch ofTests() {
    return new SecretSearch(TestSecrets.origins());
  }

  /** Where the secrets that are in this text come from. */
  public Set<String> in(String text) {
    Set<String> found = new TreeSet<>();
    origins.forEach(
        (secret, origin) -> {
          if (spellings(secret).stream().anyMatch(text::contains)) {
            found.add("the secret of " + origin);
          }
        });
    return found;
  }

  private static List<String> spellings(String secret) {
    String url = URLEncoder.encode(secret, StandardCharsets.UTF_8);
    String base64 =
        Base64.getEncoder()
            .withoutPadding()
            .encodeToString(secret.getBytes(StandardCharsets.UTF_8));
    String xml = secret.replace("&", "&amp;").replace("<", "&lt;");
    return List.of(secret, url, base64, xml);
  }

  /** The files below a directory that have one in a line, with line numbers. */
  public Set<String> below(Path directory) throws IOException {
    Set<String> found = new TreeSet<>();
    List<Path> files;
    try (Stream<Path> all = Files.walk(directory)) {
      files = all.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      try (BufferedReader reader =
          new BufferedReader(
              new java.io.InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
        int number = 0;
        for (String line; (line = reader.readLine()) != null; ) {
          number++;
          for (String secret : in(line)) {
            found.add(directory.relativize(file) + ":" + number + ": " + secret);
          }
        }
      }
    }
    return found;
  }
}
