/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.config.text;

import io.github.flytehadoop.error.ConfigException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * INI as Python's {@code configparser} reads it. A parser of our own, because the JVM's INI
 * libraries differ where it hurts: they cut values at {@code ;} and {@code #}, take backslashes for
 * escapes, or merge duplicates, and a secret key has such characters.
 *
 * <p>{@code #} and {@code ;} start a comment on a line of their own only; {@code =} or {@code :}
 * ends a name; a line that is indented deeper than its option goes on with the option's value;
 * names are lower-cased, sections are not; a duplicate is an error; {@code [DEFAULT]} holds for
 * every section that is there. Interpolation is off but for {@code %%}: with it on, flytekit drops
 * a value that has a bare {@code %} (W-42).
 */
public final class IniFile {
  public static final String DEFAULT_SECTION = "DEFAULT";

  private static final Pattern LINE_END = Pattern.compile("\r\n|\r|\n");
  private static final char NEXT_LINE = 0x85;

  private final Path file;
  private final Map<String, Map<String, List<String>>> sections = new LinkedHashMap<>();

  private String sectionName = "";
  private @Nullable Map<String, List<String>> section;
  private @Nullable List<String> value;
  private int optionIndent;

  private IniFile(Path file) {
    this.file = file;
  }

  /** Reads sections and their options. */
  public static IniFile parse(Path file, String text) {
    IniFile ini = new IniFile(file);
    String[] lines = LINE_END.split(text, -1);
    for (int i = 0; i < lines.length; i++) {
      ini.addLine(i + 1, lines[i]);
    }
    return ini;
  }

  /** The sections but for {@code DEFAULT}. */
  public Set<String> sectionNames() {
    Set<String> names = new LinkedHashSet<>(sections.keySet());
    names.remove(DEFAULT_SECTION);
    return names;
  }

  /** The options that stand in a section itself. */
  public Set<String> optionNames(String name) {
    return sections.getOrDefault(name, Map.of()).keySet();
  }

  /** An option's value, {@code null} if the section itself does not have it. */
  public @Nullable String value(String name, String option) {
    List<String> lines = sections.getOrDefault(name, Map.of()).get(option);
    // as Python joins: blank lines inside stay, those at the end go
    return lines == null ? null : stripEnd(String.join("\n", lines)).replace("%%", "%");
  }

  private void addLine(int number, String line) {
    String text = strip(line);
    if (text.startsWith("#") || text.startsWith(";")) {
      return;
    }
    List<String> open = value;
    if (text.isEmpty()) {
      if (open != null) {
        open.add("");
      }
      return;
    }
    int indent = indent(line);
    if (open != null && indent > optionIndent) {
      open.add(text);
      return;
    }
    optionIndent = indent;
    int end = text.lastIndexOf(']');
    if (text.startsWith("[") && end > 1) {
      openSection(number, text.substring(1, end));
    } else {
      openOption(number, text);
    }
  }

  private void openSection(int number, String name) {
    if (!name.equals(DEFAULT_SECTION) && sections.containsKey(name)) {
      throw refused(number, "section [" + name + "] is there twice. Merge the two.");
    }
    sectionName = name;
    section = sections.computeIfAbsent(name, unused -> new LinkedHashMap<>());
    value = null;
  }

  private void openOption(int number, String text) {
    Map<String, List<String>> current = section;
    if (current == null) {
      throw refused(number, "a section such as [aws] must come first.");
    }
    int delimiter = delimiter(text);
    if (delimiter < 1) {
      // the line is not repeated: it may be the second half of a secret
      throw refused(
          number, "the line is no \"name = value\". Mend it, or start it with # to leave it out.");
    }
    String name = strip(text.substring(0, delimiter)).toLowerCase(Locale.ROOT);
    List<String> lines = new ArrayList<>(List.of(strip(text.substring(delimiter + 1))));
    if (current.putIfAbsent(name, lines) != null) {
      throw refused(number, name + " is in [" + sectionName + "] twice. Remove one.");
    }
    value = lines;
  }

  private static int delimiter(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '=' || text.charAt(i) == ':') {
        return i;
      }
    }
    return -1;
  }

  private ConfigException refused(int line, String problemAndFix) {
    return ConfigText.refused(file, line, optionIndent + 1, problemAndFix);
  }

  private static int indent(String line) {
    int at = 0;
    while (isSpace(line.charAt(at))) {
      at++;
    }
    return at;
  }

  private static String strip(String text) {
    int from = 0;
    while (from < text.length() && isSpace(text.charAt(from))) {
      from++;
    }
    return stripEnd(text.substring(from));
  }

  private static String stripEnd(String text) {
    int to = text.length();
    while (to > 0 && isSpace(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(0, to);
  }

  /** Python's notion, which has the no-break space and {@code U+0085} that Java's lacks. */
  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == NEXT_LINE;
  }
}
