/* Licensed under Apache-2.0; see LICENSE. */

/** The least a JVM can do. */
public final class Empty {
  private Empty() {}

  /** Nothing. */
  public static void main(String[] args) {}
}
