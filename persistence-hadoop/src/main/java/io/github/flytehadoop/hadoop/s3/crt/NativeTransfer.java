/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3.crt;

/** Bytes that are under way for longer than it takes to close a client. */
public interface NativeTransfer {
  /** Breaks it off, from whatever thread; its owner finds that the connection broke. */
  void cancel();
}
