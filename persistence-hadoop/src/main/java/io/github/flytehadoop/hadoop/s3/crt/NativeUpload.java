/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3.crt;

import io.github.flytehadoop.hadoop.request.SilentServerException;
import io.github.flytehadoop.hadoop.s3.message.S3Answer;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.crt.CrtRuntimeException;
import software.amazon.awssdk.crt.http.HttpClientConnectionManager;
import software.amazon.awssdk.crt.http.HttpRequest;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * One request over a native connection whose body is read while it is sent, by the thread that
 * sends it. It is given up when nobody takes a byte for too long (F05); a source may be as slow as
 * it likes. Used once.
 */
public final class NativeUpload implements NativeTransfer {
  private static final int BLOCK_BYTES = 128 << 10;
  private static final int BLOCKS_AT_ONCE = 4;
  private static final long LOOKS_EVERY_MILLIS = 100;
  private static final long LONGEST_END_SECONDS = 10;

  private final Duration patience;
  private final ContentStreamProvider body;
  private final NativeArrivals arrivals;
  private final Semaphore room = new Semaphore(BLOCKS_AT_ONCE);
  private String server = "";
  private long missingBytes;
  private volatile boolean lost;
  private volatile boolean cancelled;
  private volatile @Nullable NativeRequest request;

  /**
   * A request that was not sent yet.
   *
   * @param patience how long the server may be silent
   * @param lengthBytes of the body, as a header says it
   */
  public NativeUpload(Duration patience, ContentStreamProvider body, long lengthBytes) {
    this.patience = patience;
    this.body = body;
    this.missingBytes = lengthBytes;
    this.arrivals = new NativeArrivals(patience);
  }

  /**
   * Sends the request and waits for the whole answer, which may come before all was sent.
   *
   * @throws UncheckedIOException when the source cannot be read
   * @throws IOException when the connection breaks or falls silent
   */
  public S3Answer run(HttpClientConnectionManager connections, HttpRequest asked)
      throws IOException {
    server = NativeExchange.nameOf(connections);
    NativeRequest sent =
        NativeRequest.begin(connections, asked, NativeRequest.Body.WRITTEN, arrivals);
    request = sent;
    if (cancelled) {
      cancel();
    }
    boolean complete = false;
    try {
      send(sent);
      SdkHttpResponse head = arrivals.awaitHead(server);
      boolean all = missingBytes == 0 && isTaken(head.isSuccessful() ? LONGEST_END_SECONDS : 0);
      if (head.isSuccessful() && !all) {
        throw new IOException(server + " has answered before it had the whole body");
      }
      S3Answer answer = new S3Answer(head, arrivals.rest(head, server));
      complete = all && arrivals.isExhausted();
      return answer;
    } finally {
      sent.end(complete);
    }
  }

  private void send(NativeRequest sent) throws IOException {
    try (InputStream in = body.newStream()) {
      while (missingBytes > 0 && !arrivals.isAnswered()) {
        byte[] block = new byte[(int) Math.min(BLOCK_BYTES, missingBytes)];
        if (in.readNBytes(block, 0, block.length) < block.length) {
          throw new UncheckedIOException(
              new EOFException("the source ended " + missingBytes + " bytes early"));
        }
        if (!hasRoom() || !isWritten(sent, block)) {
          return; // what the server says, or why it says nothing, is read next
        }
      }
    }
  }

  /** Waits until a block can be written; false where the server has answered before. */
  private boolean hasRoom() throws IOException {
    long last = System.nanoTime() + patience.toNanos();
    try {
      while (!room.tryAcquire(LOOKS_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
        if (arrivals.isAnswered()) {
          return false;
        }
        if (System.nanoTime() > last) {
          throw new SilentServerException(patience);
        }
      }
      return !arrivals.isAnswered();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw AbortedException.create("interrupted in a request", interrupted);
    }
  }

  /** Whether the library took a block; it does not where the request is over. */
  private boolean isWritten(NativeRequest sent, byte[] block) {
    try {
      sent.write(block, missingBytes == block.length, this::written);
      missingBytes -= block.length;
      return true;
    } catch (CrtRuntimeException over) {
      return false;
    }
  }

  private void written(int error) {
    lost |= error != 0;
    room.release();
  }

  /** Whether the connection took all blocks that were written, which it says a little later. */
  private boolean isTaken(long mostSeconds) {
    try {
      return room.tryAcquire(BLOCKS_AT_ONCE, mostSeconds, TimeUnit.SECONDS) && !lost;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw AbortedException.create("interrupted in a request", interrupted);
    }
  }

  @Override
  public void cancel() {
    cancelled = true;
    NativeRequest sent = request;
    if (sent != null) {
      sent.end(false);
    }
  }
}
