/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3.crt;

import io.github.flytehadoop.hadoop.s3.message.S3Answer;
import io.github.flytehadoop.hadoop.s3.message.S3Body;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.crt.http.HttpClientConnectionManager;
import software.amazon.awssdk.crt.http.HttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * The answer to one request over a native connection, read while it arrives. No more than a window
 * of it is in memory: the server waits for the reader. It is given up when no byte comes for too
 * long (F05). Used once.
 */
public final class NativeDownload extends S3Body implements NativeTransfer {
  /** How much of it may be in memory. */
  public static final int WINDOW_BYTES = 2 << 20;

  private static final byte[] NOTHING = {};

  private final NativeArrivals arrivals;
  private final Consumer<NativeDownload> released;
  private final Deque<byte[]> taken = new ArrayDeque<>();
  private byte[] current = NOTHING;
  private int at;
  private int readBytes;
  private boolean over;
  private String server = "";
  private @Nullable SdkHttpResponse head;
  private volatile boolean cancelled;
  private volatile @Nullable NativeRequest request;

  /**
   * An answer that was not asked for yet.
   *
   * @param patience how long the server may be silent
   * @param released runs once, when its window is no longer used
   */
  public NativeDownload(Duration patience, Consumer<NativeDownload> released) {
    this.arrivals = new NativeArrivals(patience);
    this.released = released;
  }

  /**
   * Sends the request and waits for the head of its answer.
   *
   * @param connections whose windows are moved by hand
   * @return the head; with its body where it is a refusal, and then this is over
   * @throws IOException when the connection breaks or falls silent
   */
  public S3Answer open(HttpClientConnectionManager connections, HttpRequest asked)
      throws IOException {
    server = NativeExchange.nameOf(connections);
    boolean opened = false;
    try {
      request = NativeRequest.begin(connections, asked, NativeRequest.Body.WITH_IT, arrivals);
      if (cancelled) {
        cancel();
      }
      SdkHttpResponse answer = arrivals.awaitHead(server);
      head = answer;
      opened = answer.isSuccessful();
      return new S3Answer(answer, opened ? NOTHING : arrivals.rest(answer, server));
    } finally {
      if (!opened) {
        abort();
      }
    }
  }

  @Override
  public @Nullable String header(String name) {
    return head == null ? null : head.firstMatchingHeader(name).orElse(null);
  }

  /** Waits for no more than the first byte. */
  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int count = 0;
    while (count < length && hasBytes(count == 0)) {
      int more = Math.min(length - count, current.length - at);
      System.arraycopy(current, at, bytes, offset + count, more);
      at += more;
      count += more;
    }
    return count == 0 && length > 0 ? -1 : count;
  }

  private boolean hasBytes(boolean waits) throws IOException {
    if (at < current.length) {
      return true;
    }
    moveWindow(current.length);
    at = 0;
    current = NOTHING;
    if (taken.isEmpty()) {
      arrivals.take(taken, waits, server);
    }
    byte[] next = taken.poll();
    if (next == null) {
      return false;
    }
    current = next;
    return true;
  }

  /** Lets more come in place of what was read. */
  private void moveWindow(int bytes) {
    readBytes += bytes;
    NativeRequest open = request;
    if (open != null && readBytes >= WINDOW_BYTES / 4) {
      open.moveWindow(readBytes);
      readBytes = 0;
    }
  }

  @Override
  public void cancel() {
    cancelled = true;
    NativeRequest open = request;
    if (open != null) {
      open.end(false);
    }
  }

  @Override
  public void close() {
    abort();
  }

  /** The connection is used again where nothing more can come. */
  @Override
  public void abort() {
    if (over) {
      return;
    }
    over = true;
    try {
      leave();
    } finally {
      released.accept(this);
    }
  }

  private void leave() {
    NativeRequest open = request;
    boolean read = at == current.length && taken.isEmpty() && arrivals.isExhausted();
    current = NOTHING;
    at = 0;
    taken.clear();
    if (open != null) {
      open.end(read);
    }
  }
}
