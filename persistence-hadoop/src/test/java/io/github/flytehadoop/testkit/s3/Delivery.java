/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit.s3;

import java.time.Duration;

/**
 * How a reply is put on the wire. Offsets count body bytes; {@link #BEFORE_HEAD} is before the
 * status line, {@link #NEVER} is past every end.
 */
record Delivery(long stallAt, Duration stall, long cutAt, Cut cut) {
  static final long BEFORE_HEAD = -1;
  static final long NEVER = Long.MAX_VALUE;
  static final Delivery WHOLE = new Delivery(NEVER, Duration.ZERO, NEVER, Cut.CLOSE);

  /** How a connection ends. */
  enum Cut {
    /** With a TCP reset. */
    RESET,
    /** In an orderly manner. */
    CLOSE
  }

  static Delivery stallingAt(long offset, Duration time) {
    return new Delivery(offset, time, NEVER, Cut.CLOSE);
  }

  static Delivery cutAt(long offset, Cut cut) {
    return new Delivery(NEVER, Duration.ZERO, offset, cut);
  }
}
