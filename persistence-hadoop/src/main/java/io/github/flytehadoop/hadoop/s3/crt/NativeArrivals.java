/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3.crt;

import io.github.flytehadoop.hadoop.request.SilentServerException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.crt.http.HttpHeader;
import software.amazon.awssdk.crt.http.HttpHeaderBlock;
import software.amazon.awssdk.crt.http.HttpStream;
import software.amazon.awssdk.crt.http.HttpStreamResponseHandler;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * What has arrived of one answer and was not taken yet. The library's threads bring it, one thread
 * takes it. The library brings no more than its window until that is moved on.
 */
final class NativeArrivals implements HttpStreamResponseHandler {
  private static final int MOST_OF_REST_BYTES = 64 << 10;
  private static final long LONGEST_END_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Duration patience;
  private final SdkHttpFullResponse.Builder response = SdkHttpFullResponse.builder();
  private final Deque<byte[]> arrived = new ArrayDeque<>();
  private @Nullable SdkHttpFullResponse head;
  private long missingBytes = -1;
  private boolean unwanted;
  private boolean ended;
  private int error;

  /** An answer whose sender is given up after so long a silence. */
  NativeArrivals(Duration patience) {
    this.patience = patience;
  }

  /**
   * Waits for status and headers.
   *
   * @throws SocketTimeoutException when the server says nothing
   * @throws IOException when the connection breaks before
   */
  synchronized SdkHttpFullResponse awaitHead(String server) throws IOException {
    while (head == null && !ended) {
      awaitNews();
    }
    if (head == null) {
      throw NativeFailures.of(error, server);
    }
    return head;
  }

  /**
   * Takes what has arrived into an empty queue; at the end of the answer there is nothing more.
   *
   * @param waits for the first bytes, where none have arrived
   * @throws SocketTimeoutException when the server says nothing
   * @throws IOException when the connection has broken, and all that came before was taken
   */
  synchronized void take(Deque<byte[]> into, boolean waits, String server) throws IOException {
    while (waits && arrived.isEmpty() && !ended && missingBytes != 0) {
      awaitNews();
    }
    if (waits && arrived.isEmpty() && (error != 0 || unwanted)) {
      throw NativeFailures.of(error, server);
    }
    into.addAll(arrived);
    arrived.clear();
  }

  /**
   * All that follows of a short answer. One that says why not is an answer even where it breaks
   * off.
   *
   * @throws IOException when an answer that says yes breaks off
   */
  byte[] rest(SdkHttpResponse answer, String server) throws IOException {
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    Deque<byte[]> some = new ArrayDeque<>();
    try {
      do {
        some.clear();
        take(some, true, server);
        some.forEach(told::writeBytes);
      } while (!some.isEmpty() && told.size() < MOST_OF_REST_BYTES);
    } catch (IOException broken) {
      if (answer.isSuccessful()) {
        throw broken;
      }
    }
    return told.toByteArray();
  }

  /** Whether the server has said something, or nobody will hear it any more. */
  synchronized boolean isAnswered() {
    return head != null || ended;
  }

  /** What counts is silence from now on, not how slow the reader was before. */
  private void awaitNews() throws IOException {
    long before = System.nanoTime();
    try {
      TimeUnit.NANOSECONDS.timedWait(this, patience.toNanos());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw AbortedException.create("interrupted in a request", interrupted);
    }
    boolean nothing = head == null || arrived.isEmpty();
    if (nothing && !ended && System.nanoTime() - before >= patience.toNanos()) {
      throw new SilentServerException(patience);
    }
  }

  /** Whether all bytes have come and were taken, so that only the end can follow. */
  synchronized boolean isExhausted() {
    return arrived.isEmpty() && (missingBytes == 0 || (ended && error == 0));
  }

  /** Keeps nothing from now on. */
  synchronized void drop() {
    unwanted = true;
    missingBytes = -1;
    arrived.clear();
  }

  /**
   * Waits until the library has done with it, which comes soon after the last byte, or after the
   * end of the connection.
   *
   * @return whether it has
   */
  synchronized boolean awaitEnd() {
    boolean interrupted = false;
    long last = System.nanoTime() + LONGEST_END_NANOS;
    while (!ended && System.nanoTime() < last) {
      try {
        TimeUnit.NANOSECONDS.timedWait(this, Math.max(1, last - System.nanoTime()));
      } catch (InterruptedException impatient) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return ended;
  }

  @Override
  public synchronized void onResponseHeaders(
      HttpStream asked, int status, int block, HttpHeader[] headers) {
    if (block != HttpHeaderBlock.MAIN.getValue()) {
      return;
    }
    response.statusCode(status);
    for (HttpHeader header : headers) {
      response.appendHeader(header.getName(), header.getValue());
    }
  }

  @Override
  public synchronized void onResponseHeadersDone(HttpStream asked, int block) {
    if (block == HttpHeaderBlock.MAIN.getValue()) {
      SdkHttpFullResponse told = response.build();
      head = told;
      missingBytes =
          told.firstMatchingHeader("Content-Length").map(NativeArrivals::count).orElse(-1L);
      notifyAll();
    }
  }

  private static long count(String header) {
    try {
      return Long.parseLong(header.strip());
    } catch (NumberFormatException unreadable) {
      return -1;
    }
  }

  /** Moves the window on only for what nobody will read. */
  @Override
  public synchronized int onResponseBody(HttpStream asked, byte[] bytes) {
    if (unwanted) {
      return bytes.length;
    }
    arrived.add(bytes);
    missingBytes -= missingBytes > 0 ? bytes.length : 0;
    notifyAll();
    return 0;
  }

  @Override
  public synchronized void onResponseComplete(HttpStream asked, int result) {
    error = result;
    ended = true;
    notifyAll();
  }
}
