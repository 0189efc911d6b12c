/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.config.text;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Guesses what a misspelt key was to be. Source: B65. */
public final class KeySuggestions {
  private static final int LETTERS_PER_MISTAKE = 3;

  private KeySuggestions() {}

  /** The end of a sentence about an unknown name. */
  public static String didYouMean(String name, Collection<String> known) {
    String closest = closest(name, known);
    return closest == null
        ? ": it is not a known key. The keys are listed in docs/config-keys.md."
        : ": it is not a known key. Did you mean " + closest + "?";
  }

  /** The known name with the fewest mistakes, {@code null} if none is near. */
  public static @Nullable String closest(String name, Collection<String> known) {
    String best = null;
    int fewest = Integer.MAX_VALUE;
    for (String candidate : known) {
      int mistakes = mistakes(name, candidate);
      int allowed = Math.max(1, Math.min(name.length(), candidate.length()) / LETTERS_PER_MISTAKE);
      if (mistakes <= allowed && mistakes < fewest) {
        best = candidate;
        fewest = mistakes;
      }
    }
    return best;
  }

  /** Letters added, dropped, changed or swapped with their neighbour; case does not count. */
  private static int mistakes(String left, String right) {
    int[][] cost = new int[left.length() + 1][right.length() + 1];
    for (int i = 0; i <= left.length(); i++) {
      for (int j = 0; j <= right.length(); j++) {
        cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(cost, left, right, i, j);
      }
    }
    return cost[left.length()][right.length()];
  }

  private static int cheapest(int[][] cost, String left, String right, int i, int j) {
    boolean same = same(left.charAt(i - 1), right.charAt(j - 1));
    int best = cost[i - 1][j - 1] + (same ? 0 : 1);
    best = Math.min(best, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
    boolean swapped =
        i > 1
            && j > 1
            && same(left.charAt(i - 1), right.charAt(j - 2))
            && same(left.charAt(i - 2), right.charAt(j - 1));
    return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
  }

  /**
   * Not by locale: a Turkish machine must give the same hints. {@code _} and {@code -} are mixed up
   * often.
   */
  private static boolean same(char left, char right) {
    return folded(left) == folded(right);
  }

  private static char folded(char letter) {
    return letter == '_' ? '-' : Character.toLowerCase(letter);
  }
}
