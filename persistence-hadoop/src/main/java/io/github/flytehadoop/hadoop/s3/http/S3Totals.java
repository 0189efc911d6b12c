/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3.http;

import java.util.concurrent.atomic.LongAdder;

/** What all our clients of S3 in this JVM have sent; S3A counts what it sends by itself. */
public final class S3Totals {
  private static final LongAdder REQUESTS = new LongAdder();
  private static final LongAdder RETRIES = new LongAdder();
  private static final LongAdder NANOS = new LongAdder();

  private S3Totals() {}

  /** Counts a request. */
  public static void sent() {
    REQUESTS.increment();
  }

  /** Counts a request that is sent again. */
  public static void again() {
    RETRIES.increment();
  }

  /** Adds the time that a request took. */
  public static void took(long nanos) {
    NANOS.add(nanos);
  }

  /** HTTP requests, repeated ones too. */
  public static long requests() {
    return REQUESTS.sum();
  }

  /** Those that were sent again. */
  public static long retries() {
    return RETRIES.sum();
  }

  /** The time from their beginning to their answers, added up. */
  public static long nanos() {
    return NANOS.sum();
  }
}
