/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.simulation;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One line of a program: {@code copy by=content delete-extra=5 existing=overwrite}.
 *
 * @param verb what is done
 * @param words how, by name
 */
record Step(String verb, Map<String, String> words) {
  Step {
    words = Collections.unmodifiableMap(new TreeMap<>(words));
  }

  /** A step with words, each followed by its value. */
  static Step of(String verb, Object... words) {
    Map<String, String> all = new TreeMap<>();
    for (int i = 0; i < words.length; i += 2) {
      all.put(words[i].toString(), words[i + 1].toString());
    }
    return new Step(verb, all);
  }

  boolean is(String... verbs) {
    return java.util.List.of(verbs).contains(verb);
  }

  boolean has(String word) {
    return words.containsKey(word);
  }

  String get(String word) {
    return Objects.requireNonNull(words.get(word), () -> word + " of " + this);
  }

  @Nullable String find(String word) {
    return words.get(word);
  }

  String get(String word, String otherwise) {
    return words.getOrDefault(word, otherwise);
  }

  int number(String word, int otherwise) {
    String said = words.get(word);
    return said == null ? otherwise : Integer.parseInt(said);
  }

  Step with(String word, Object value) {
    Map<String, String> more = new TreeMap<>(words);
    more.put(word, value.toString());
    return new Step(verb, more);
  }

  Step without(String word) {
    Map<String, String> fewer = new TreeMap<>(words);
    fewer.remove(word);
    return new Step(verb, fewer);
  }

  static Step parse(String line) {
    String[] parts = line.strip().split(" +");
    Map<String, String> words = new TreeMap<>();
    for (int i = 1; i < parts.length; i++) {
      int end = parts[i].indexOf('=');
      words.put(
          parts[i].substring(0, end),
          URLDecoder.decode(parts[i].substring(end + 1), StandardCharsets.UTF_8));
    }
    return new Step(parts[0], words);
  }

  @Override
  public String toString() {
    return verb
        + words.entrySet().stream()
            .map(word -> " " + word.getKey() + "=" + spelled(word.getValue()))
            .collect(Collectors.joining());
  }

  private static String spelled(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("%2F", "/");
  }
}
