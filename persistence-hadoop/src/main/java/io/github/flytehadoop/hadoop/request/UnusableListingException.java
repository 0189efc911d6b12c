/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.request;

/** A listing that would not be what the store has; asking again does not help. */
public final class UnusableListingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A listing that contradicts itself, and how. */
  public UnusableListingException(String why) {
    super(why);
  }
}
