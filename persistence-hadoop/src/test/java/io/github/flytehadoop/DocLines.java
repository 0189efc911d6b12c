/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Breaks the paragraphs and list items of Markdown; tables, headings and code stay as they are. */
final class DocLines {
  static final int LONGEST = 120;

  /** Code, a link or an image is one word. */
  private static final Pattern WORD =
      Pattern.compile("(?:`[^`]*`|!?\\[(?:`[^`]*`|[^\\]])*\\]\\([^)]*\\)|\\S)+");

  private static final Pattern ITEM = Pattern.compile("(\\s*(?:[-*+]|\\d+[.)])\\s+).*");

  /** What would begin something else at the start of a line. */
  private static final Pattern MARKER = Pattern.compile("[-*+>#|=]+|\\d+[.)]");

  private final List<String> lines = new ArrayList<>();
  private final List<String> paragraph = new ArrayList<>();

  private DocLines() {}

  /** The same text, in which every paragraph that had a line too long is broken anew. */
  static String wrapped(String markdown) {
    DocLines doc = new DocLines();
    boolean code = false;
    for (String line : markdown.split("\n", -1)) {
      boolean fence = line.strip().startsWith("```");
      if (code || fence || isApart(line)) {
        doc.flush();
        doc.lines.add(line);
      } else {
        if (ITEM.matcher(line).matches()) {
          doc.flush();
        }
        doc.paragraph.add(line);
      }
      code ^= fence;
    }
    doc.flush();
    return String.join("\n", doc.lines);
  }

  private static boolean isApart(String line) {
    String text = line.strip();
    return text.isEmpty()
        || text.startsWith("|")
        || text.startsWith("#")
        || text.startsWith("<")
        || text.startsWith(">")
        || line.startsWith("    ") && !ITEM.matcher(line).matches()
        || line.endsWith("  ");
  }

  private void flush() {
    if (paragraph.stream().anyMatch(line -> line.length() > LONGEST)) {
      breakAnew();
    } else {
      lines.addAll(paragraph);
    }
    paragraph.clear();
  }

  private void breakAnew() {
    Matcher item = ITEM.matcher(paragraph.get(0));
    String first = item.matches() ? item.group(1) : "";
    String text = String.join(" ", paragraph.stream().map(String::strip).toList());
    Matcher words = WORD.matcher(text.substring(first.strip().length()));
    StringBuilder line = new StringBuilder(first);
    boolean begun = false;
    while (words.find()) {
      String word = words.group();
      boolean fits = line.length() + (begun ? 1 : 0) + word.length() <= LONGEST;
      if (begun && !fits && !MARKER.matcher(word).matches()) {
        lines.add(line.toString());
        line = new StringBuilder(" ".repeat(first.length()));
        begun = false;
      }
      line.append(begun ? " " : "").append(word);
      begun = true;
    }
    lines.add(line.toString());
  }
}
