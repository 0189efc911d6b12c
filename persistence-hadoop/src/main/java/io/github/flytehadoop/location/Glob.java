/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.location;

import io.github.flytehadoop.error.Problem;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A glob on a path with {@code /} between its segments: {@code ?} is one character and {@code *}
 * any number of them, both within a segment; {@code **} crosses segments; {@code [a-z]} and {@code
 * [!a-z]} are one character of a set; {@code {a,b}} is one of several globs; a backslash takes the
 * next character literally. All places where the glob could be are followed at once, so no glob and
 * no name makes it slower than the product of their lengths (B63).
 */
final class Glob {
  private static final int LONGEST = 4096;

  /** A character that fits leads on; a step without one is left to one place or two others. */
  private record Step(@Nullable IntPredicate fits, int next, int otherwise) {}

  private final String text;
  private final int[] characters;
  private final List<Step> steps = new ArrayList<>();
  private int at;

  private Glob(String text) {
    this.text = text;
    this.characters = text.codePoints().toArray();
  }

  /**
   * Reads a glob.
   *
   * @throws IllegalArgumentException when it is empty, too long or broken
   */
  static Glob of(String text) {
    Glob glob = new Glob(text);
    if (text.isEmpty() || text.length() > LONGEST) {
      throw glob.broken("it has " + text.length() + " characters, and may have 1 to " + LONGEST);
    }
    glob.sequence(0);
    if (glob.at < glob.characters.length) {
      throw glob.broken("a } closes nothing");
    }
    return glob;
  }

  private IllegalArgumentException broken(String why) {
    String shown = text.length() > 100 ? text.substring(0, 100) + "..." : text;
    return Problem.cannot("use the glob '" + shown + "'").because(why).argument();
  }

  private int add(IntPredicate fits) {
    steps.add(new Step(fits, steps.size() + 1, -1));
    return steps.size() - 1;
  }

  /** A step without a character, to one place or to two. */
  private int fork(int next, int otherwise) {
    steps.add(new Step(null, next, otherwise));
    return steps.size() - 1;
  }

  /** Everything up to the end, or to the comma or brace that ends an alternative. */
  private void sequence(int depth) {
    while (at < characters.length) {
      int character = characters[at];
      if (character == '}' || (depth > 0 && character == ',')) {
        return;
      }
      at++;
      switch (character) {
        case '?' -> add(Glob::isWithin);
        case '*' -> star();
        case '[' -> add(set());
        case '{' -> alternatives(depth + 1);
        case '\\' -> add(escaped());
        default -> add(same(character));
      }
    }
  }

  private static boolean isWithin(int character) {
    return character != '/';
  }

  private static IntPredicate same(int character) {
    return other -> other == character;
  }

  private IntPredicate escaped() {
    if (at == characters.length) {
      throw broken("nothing follows the backslash");
    }
    return same(characters[at++]);
  }

  private void star() {
    boolean crosses = at < characters.length && characters[at] == '*';
    at += crosses ? 1 : 0;
    int loop = fork(0, 0);
    int taken = add(crosses ? any -> true : Glob::isWithin);
    steps.set(taken, new Step(steps.get(taken).fits(), loop, -1));
    steps.set(loop, new Step(null, taken, steps.size()));
  }

  private void alternatives(int depth) {
    if (depth > 1) {
      throw broken("braces are within braces");
    }
    List<Integer> ends = new ArrayList<>();
    while (true) {
      int choice = fork(0, 0);
      sequence(depth);
      ends.add(fork(0, -1));
      if (at == characters.length) {
        throw broken("a { is not closed");
      }
      boolean more = characters[at++] == ',';
      steps.set(choice, new Step(null, choice + 1, more ? steps.size() : -1));
      if (!more) {
        break;
      }
    }
    ends.forEach(end -> steps.set(end, new Step(null, steps.size(), -1)));
  }

  private IntPredicate set() {
    boolean not = at < characters.length && characters[at] == '!';
    at += not ? 1 : 0;
    IntPredicate members = none -> false;
    for (boolean first = true; ; first = false) {
      if (at == characters.length) {
        throw broken("a [ is not closed");
      }
      int from = characters[at++];
      if (from == ']' && !first) {
        break;
      }
      members = members.or(range(from));
    }
    IntPredicate chosen = not ? members.negate() : members;
    return chosen.and(Glob::isWithin);
  }

  private IntPredicate range(int from) {
    boolean ranged =
        at + 1 < characters.length && characters[at] == '-' && characters[at + 1] != ']';
    int to = ranged ? characters[at + 1] : from;
    at += ranged ? 2 : 0;
    if (to < from) {
      throw broken("a range runs backwards");
    }
    return character -> character >= from && character <= to;
  }

  /** Whether the whole path fits. */
  boolean matches(String path) {
    return places(path).get(steps.size());
  }

  /** Whether some path below a directory could fit. */
  boolean mayMatchBelow(String directory) {
    return !places(directory + "/").isEmpty();
  }

  /** Whether every path below a directory fits: {@code logs/**}. */
  boolean matchesAllBelow(String directory) {
    String name = "\u0001";
    return matches(directory + "/" + name) && matches(directory + "/" + name + "/" + name);
  }

  /** Where the glob may be behind a path. */
  private BitSet places(String path) {
    BitSet places = new BitSet(steps.size() + 1);
    reach(places, 0);
    int[] name = path.codePoints().toArray();
    for (int index = 0; index < name.length && !places.isEmpty(); index++) {
      BitSet after = new BitSet(steps.size() + 1);
      for (int place = places.nextSetBit(0); place >= 0; place = places.nextSetBit(place + 1)) {
        IntPredicate fits = place < steps.size() ? steps.get(place).fits() : null;
        if (fits != null && fits.test(name[index])) {
          reach(after, steps.get(place).next());
        }
      }
      places = after;
    }
    return places;
  }

  /** A place, and all that follow it without a character. */
  private void reach(BitSet places, int place) {
    List<Integer> open = new ArrayList<>(List.of(place));
    while (!open.isEmpty()) {
      int next = open.remove(open.size() - 1);
      if (next < 0 || places.get(next)) {
        continue;
      }
      places.set(next);
      if (next < steps.size() && steps.get(next).fits() == null) {
        open.add(steps.get(next).next());
        open.add(steps.get(next).otherwise());
      }
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
