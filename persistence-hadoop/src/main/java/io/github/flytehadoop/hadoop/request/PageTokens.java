/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.request;

import org.jspecify.annotations.Nullable;

/**
 * Follows the tokens of a listing from page to page, and ends one that leads in a circle. Of all
 * tokens before it keeps two, the second ever further on (Brent). Belongs to one thread.
 */
public final class PageTokens {
  private @Nullable String token;
  private @Nullable String landmark;
  private long steps;
  private long until = 1;

  /** Tokens of a listing that begins. */
  public PageTokens() {}

  /** The token to ask for the next page with, null for the first. */
  public @Nullable String token() {
    return token;
  }

  /**
   * Turns the page.
   *
   * @param next what the page says of the one behind it; null or empty behind the last
   * @return whether there is another page
   * @throws UnusableListingException when the store leads back to a page that it gave before
   */
  public boolean turn(@Nullable String next) {
    if (next == null || next.isEmpty()) {
      token = null;
      return false;
    }
    if (next.equals(token) || next.equals(landmark)) {
      throw new UnusableListingException(
          "the store gives the same page again and again: the listing is inconsistent");
    }
    token = next;
    steps++;
    if (steps == until) {
      landmark = next;
      until = 2 * until;
      steps = 0;
    }
    return true;
  }

  /**
   * Turns the page of a store that says apart whether there is more.
   *
   * @param more whether there is
   * @param next where, which has to be said then
   * @return whether there is another page
   * @throws UnusableListingException when the store contradicts itself
   */
  public boolean turn(@Nullable Boolean more, @Nullable String next) {
    if (!Boolean.TRUE.equals(more)) {
      return turn(null);
    }
    if (next == null || next.isEmpty()) {
      throw new UnusableListingException(
          "the store says that the listing goes on and does not say where"
              + " (no continuation token): the listing is inconsistent");
    }
    return turn(next);
  }
}
