/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.request;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The body of an answer, which is broken off when the thread that waits for it is interrupted. */
final class WatchedAnswer extends FilterInputStream {
  private final UploadStallDetector watch;
  private final Runnable abort;

  private interface Step {
    int run() throws IOException;
  }

  WatchedAnswer(UploadStallDetector watch, InputStream body, Runnable abort) {
    super(body);
    this.watch = watch;
    this.abort = abort;
  }

  private int watched(Step step) throws IOException {
    UploadStallDetector.Exchange exchange = watch.exchange();
    try (exchange) {
      exchange.begin(abort);
      return step.run();
    } catch (IOException failure) {
      throw exchange.explained(failure);
    }
  }

  @Override
  public int read() throws IOException {
    return watched(in::read);
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    return watched(() -> in.read(bytes, offset, length));
  }

  /** Some streams read to their end before they close, and a client may have forgotten why. */
  @Override
  public void close() throws IOException {
    UploadStallDetector.Exchange exchange = watch.exchange();
    try (exchange) {
      exchange.closing();
      exchange.begin(abort);
      in.close();
    } catch (IOException failure) {
      if (!exchange.isEnded()) {
        throw failure;
      }
      // else nobody waits for the rest
    }
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
