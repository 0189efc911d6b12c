/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3.crt;

import io.github.flytehadoop.hadoop.s3.message.S3Answer;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
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
public final class NativeUpload {
  private static final int BLOCK_BYTES = 128 << 10;
  private static final int BLOCKS_AT_ONCE = 4;

  private final Duration patience;
  private final ContentStreamProvider body;
  private final NativeArrivals arrivals;
  private final Semaphore room = new Semaphore(BLOCKS_AT_ONCE);
  private long missingBytes;

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
  public S3Answer run(HttpClientConnectionManager connections, HttpRequest request)
      throws IOException {
    String server = NativeExchange.nameOf(connections);
    NativeRequest sent =
        NativeRequest.begin(connections, request, NativeRequest.Body.WRITTEN, arrivals);
    boolean complete = false;
    try {
      send(sent);
      SdkHttpResponse head = arrivals.awaitHead(server);
      if (head.isSuccessful() && missingBytes > 0) {
        throw new IOException(server + " has answered before it had the whole body");
      }
      S3Answer answer = new S3Answer(head, arrivals.rest(head, server));
      complete = missingBytes == 0 && arrivals.isExhausted();
      return answer;
    } catch (CrtRuntimeException failure) {
      throw NativeFailures.of(failure.errorCode, server);
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
        awaitRoom();
        missingBytes -= block.length;
        sent.write(block, missingBytes == 0, result -> room.release());
      }
    }
  }

  private void awaitRoom() throws IOException {
    try {
      if (!room.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new SocketTimeoutException("no byte for " + patience.toMillis() + " ms");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw AbortedException.create("interrupted in a request", interrupted);
    }
  }
}
