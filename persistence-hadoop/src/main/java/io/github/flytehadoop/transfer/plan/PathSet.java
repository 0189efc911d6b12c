/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.plan;

/**
 * A set of files by path and length in one mebibyte, however many there are: a file that was added
 * is always found, and one that was not is found by mistake now and then.
 */
final class PathSet {
  private static final int WORDS = 1 << 17;
  private static final int PROBES = 4;
  private static final long PRIME = 0x9E3779B97F4A7C15L;

  private final long[] bits = new long[WORDS];

  void add(String path, long lengthBytes) {
    long hash = hash(path, lengthBytes);
    for (int probe = 0; probe < PROBES; probe++) {
      int bit = bit(hash, probe);
      bits[bit >>> 6] |= 1L << bit;
    }
  }

  boolean mayHave(String path, long lengthBytes) {
    long hash = hash(path, lengthBytes);
    for (int probe = 0; probe < PROBES; probe++) {
      int bit = bit(hash, probe);
      if ((bits[bit >>> 6] & 1L << bit) == 0) {
        return false;
      }
    }
    return true;
  }

  private static int bit(long hash, int probe) {
    return (int) (mixed(hash + probe * PRIME) & (WORDS * 64L - 1));
  }

  private static long hash(String path, long lengthBytes) {
    long hash = mixed(lengthBytes + PRIME);
    for (int i = 0; i < path.length(); i++) {
      hash = hash * 31 + path.charAt(i);
    }
    return mixed(hash);
  }

  private static long mixed(long value) {
    long mixed = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
    return mixed ^ mixed >>> 31;
  }
}
