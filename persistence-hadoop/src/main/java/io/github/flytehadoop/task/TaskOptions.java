/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.task;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The options that were found among the arguments of a task. */
record TaskOptions(Map<Name, String> values, List<String> rest) {
  /** Begins a long option, and alone it ends the options. */
  private static final String END = "--";

  private static final String TEMPLATE = "{{";
  private static final String NOTHING = "\"\"";

  /** What an option means, whatever an SDK calls it. */
  enum Name {
    INPUTS("--inputs", "-i"),
    OUTPUT_PREFIX("--output-prefix"),
    OUTPUTS_PATH("--outputs-path", "-o"),
    RAW_DATA("--raw-output-data-prefix", "--raw-data-path", "-r"),
    CHECKPOINT("--checkpoint-path", "-c"),
    PREVIOUS_CHECKPOINT("--prev-checkpoint", "-p"),
    RUN_NAME("--run-name"),
    ACTION("--name"),
    RUN_START_TIME("--run-start-time");

    @SuppressWarnings("ImmutableEnumChecker") // List.of gives an immutable list
    private final List<String> spellings;

    Name(String... spellings) {
      this.spellings = List.of(spellings);
    }
  }

  private static final Map<String, Name> SPELLINGS = spellings();

  private static Map<String, Name> spellings() {
    Map<String, Name> all = new HashMap<>();
    for (Name name : Name.values()) {
      name.spellings.forEach(spelling -> all.put(spelling, name));
    }
    return Map.copyOf(all);
  }

  static TaskOptions read(List<String> arguments) {
    int end = arguments.indexOf(END);
    List<String> words = end < 0 ? arguments : arguments.subList(0, end);
    Map<Name, String> values = new EnumMap<>(Name.class);
    int at = 0;
    while (at < words.size()) {
      String word = words.get(at++);
      int equals = word.startsWith(END) ? word.indexOf('=') : -1;
      if (equals >= 0) {
        put(values, word.substring(0, equals), word.substring(equals + 1));
      } else if (isOption(word) && at < words.size() && !isOption(words.get(at))) {
        put(values, word, words.get(at++));
      }
    }
    return new TaskOptions(
        values, end < 0 ? List.of() : arguments.subList(end + 1, arguments.size()));
  }

  private static void put(Map<Name, String> values, String option, String value) {
    Name name = SPELLINGS.get(option);
    if (name != null && !isAbsent(value)) {
      values.put(name, value);
    }
  }

  /** A value of ours never begins so: it is a location, a name or a time. */
  private static boolean isOption(String word) {
    return word.length() > 1 && word.charAt(0) == '-';
  }

  private static boolean isAbsent(String value) {
    return value.isEmpty() || value.equals(NOTHING) || value.startsWith(TEMPLATE);
  }

  @Nullable String value(Name name) {
    return values.get(name);
  }
}
