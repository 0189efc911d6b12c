/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.http;

import io.github.flytehadoop.hadoop.request.SilentServerException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer as it comes. Its reader does not wait for ever (F05), and can be
 * interrupted (F41): that of the JDK does, and before Java 20 forgets an interruption. It holds
 * what has arrived at once, and asks for more when that is taken.
 */
final class ArrivingBody extends InputStream implements HttpResponse.BodySubscriber<InputStream> {
  private final Duration silence;

  /** An empty list is the end, of what is closed as well. */
  private final BlockingQueue<List<ByteBuffer>> arrived = new LinkedBlockingQueue<>();

  private Iterator<ByteBuffer> taken = Collections.emptyIterator();
  private @Nullable ByteBuffer buffer;
  private boolean ended;
  private volatile @Nullable Throwable broken;
  private Flow.@Nullable Subscription subscription;
  private volatile boolean closed;

  /** A body of which nothing has come yet. */
  ArrivingBody(Duration silence) {
    this.silence = silence;
  }

  @Override
  public CompletionStage<InputStream> getBody() {
    return CompletableFuture.completedStage(this);
  }

  @Override
  public synchronized void onSubscribe(Flow.Subscription begun) {
    subscription = begun;
    if (closed) {
      begun.cancel();
    } else {
      begun.request(1);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    if (buffers.isEmpty()) {
      askForMore();
    } else {
      arrived.add(buffers);
    }
  }

  @Override
  public void onError(Throwable failure) {
    broken = failure;
    arrived.add(List.of());
  }

  @Override
  public void onComplete() {
    arrived.add(List.of());
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    ByteBuffer next = next();
    if (closed) { // by another thread, perhaps
      throw new IOException("the body is closed");
    }
    if (next == null) {
      return -1;
    }
    int count = Math.min(length, next.remaining());
    next.get(bytes, offset, count);
    return count;
  }

  /** A buffer with bytes in it, or null at the end. */
  private @Nullable ByteBuffer next() throws IOException {
    ByteBuffer current = buffer;
    while (current == null || !current.hasRemaining()) {
      if (!taken.hasNext() && !take()) {
        return null;
      }
      current = taken.next();
    }
    buffer = current;
    return current;
  }

  /** Takes what has arrived, or false at the end. */
  private boolean take() throws IOException {
    if (!ended) {
      List<ByteBuffer> next = await();
      ended = next.isEmpty();
      taken = next.iterator();
      if (!ended) {
        askForMore();
      }
    }
    Throwable failure = broken;
    if (ended && failure != null) {
      throw failure instanceof IOException told
          ? told
          : new IOException(failure.getMessage(), failure);
    }
    return !ended;
  }

  private List<ByteBuffer> await() throws IOException {
    List<ByteBuffer> next;
    try {
      next = arrived.poll(silence.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException interrupted) {
      close();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted in a request");
    }
    if (next == null) {
      close();
      throw new SilentServerException(silence);
    }
    return next;
  }

  private synchronized void askForMore() {
    if (subscription != null && !closed) {
      subscription.request(1);
    }
  }

  @Override
  public int available() {
    ByteBuffer current = buffer;
    return current == null ? 0 : current.remaining();
  }

  /** Gives up what has not come; the connection serves the next request when all has. */
  @Override
  public synchronized void close() {
    closed = true;
    arrived.add(List.of()); // a reader waits no longer
    if (subscription != null) {
      subscription.cancel();
    }
  }
}
