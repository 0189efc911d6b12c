/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3.crt;

import io.github.flytehadoop.hadoop.request.SilentServerException;
import io.github.flytehadoop.hadoop.request.TlsHandshake;
import io.github.flytehadoop.hadoop.s3.message.S3Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.crt.CrtRuntimeException;
import software.amazon.awssdk.crt.http.HttpClientConnection;
import software.amazon.awssdk.crt.http.HttpClientConnectionManager;
import software.amazon.awssdk.crt.http.HttpHeader;
import software.amazon.awssdk.crt.http.HttpRequest;
import software.amazon.awssdk.crt.http.HttpRequestBodyStream;
import software.amazon.awssdk.crt.http.HttpStream;
import software.amazon.awssdk.crt.http.HttpStreamResponseHandler;
import software.amazon.awssdk.http.SdkHttpFullResponse;

/**
 * One HTTP request over a native connection, from its first byte to the last of its answer. It is
 * given up when no byte moves for too long (F05). Used once.
 */
public final class NativeExchange implements HttpStreamResponseHandler {
  /** The most bytes of one answer, which is held in memory. */
  public static final int MOST_BYTES = 4 << 20;

  private static final long LOOKS_EVERY_MILLIS = 500;

  /** For a first connection, before Java is asked what may be wrong. */
  private static final Duration LONG_FOR_A_HANDSHAKE = Duration.ofSeconds(3);

  /** To whom native code has connected in this process. */
  private static final Set<URI> KNOWN = ConcurrentHashMap.newKeySet();

  /** Bytes that are sent, and anew from their start where the library wants it. */
  public static final class Body implements HttpRequestBodyStream {
    private final ByteBuffer bytes;
    private volatile Runnable progress = () -> {};

    /** That of one request. */
    public Body(byte[] bytes) {
      this.bytes = ByteBuffer.wrap(bytes);
    }

    @Override
    public boolean sendRequestBody(ByteBuffer out) {
      progress.run();
      int count = Math.min(out.remaining(), bytes.remaining());
      out.put(out.position(), bytes, bytes.position(), count);
      out.position(out.position() + count);
      bytes.position(bytes.position() + count);
      return !bytes.hasRemaining();
    }

    @Override
    public boolean resetPosition() {
      bytes.rewind();
      return true;
    }

    @Override
    public long getLength() {
      return bytes.limit();
    }
  }

  private final Duration patience;
  private final SdkHttpFullResponse.Builder response = SdkHttpFullResponse.builder();
  private final CompletableFuture<Integer> complete = new CompletableFuture<>();
  private ByteArrayOutputStream received = new ByteArrayOutputStream(0);
  private volatile long progressAt = System.nanoTime();

  /** A request that is given up after so long without a byte. */
  public NativeExchange(Duration patience) {
    this.patience = patience;
  }

  /**
   * Sends the request and waits for the whole answer.
   *
   * @param body that of the request, or null
   * @throws IOException when the connection breaks or falls silent
   */
  public S3Answer run(
      HttpClientConnectionManager connections, HttpRequest request, @Nullable Body body)
      throws IOException {
    HttpClientConnection connection = connection(connections);
    try {
      if (body != null) {
        body.progress = this::progress;
      }
      progress();
      try (HttpStream stream = connection.makeRequest(request, this)) {
        stream.activate();
        int error = await(connection);
        if (error != 0) {
          throw NativeFailures.of(error, nameOf(connections));
        }
      }
      return new S3Answer(response.build(), received.toByteArray());
    } catch (CrtRuntimeException failure) {
      throw NativeFailures.of(failure.errorCode, nameOf(connections));
    } finally {
      connections.releaseConnection(connection);
    }
  }

  /** Whom connections lead to. */
  static String nameOf(HttpClientConnectionManager connections) {
    String host = connections.getUri().getHost();
    return host + ":" + connections.getUri().getPort();
  }

  /**
   * A connection that has to be released.
   *
   * @throws javax.net.ssl.SSLHandshakeException when the server is not trusted
   * @throws IOException when there is none
   */
  static HttpClientConnection connection(HttpClientConnectionManager connections)
      throws IOException {
    CompletableFuture<HttpClientConnection> acquired = connections.acquireConnection();
    boolean had = false;
    try {
      HttpClientConnection connection = await(acquired, connections.getUri());
      had = true;
      return connection;
    } catch (ExecutionException failed) {
      throw NativeFailures.ofConnecting(failed.getCause(), nameOf(connections));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw AbortedException.create("interrupted before a request", interrupted);
    } finally {
      if (!had) {
        var unused = acquired.thenAccept(connections::releaseConnection);
      }
    }
  }

  private static HttpClientConnection await(
      CompletableFuture<HttpClientConnection> acquired, URI server)
      throws IOException, ExecutionException, InterruptedException {
    if (KNOWN.contains(server)) {
      return acquired.get();
    }
    HttpClientConnection first;
    try {
      first = acquired.get(LONG_FOR_A_HANDSHAKE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException slow) {
      refuseUntrusted(server);
      first = acquired.get();
    }
    KNOWN.add(server);
    return first;
  }

  /**
   * Native code waits for 10 to 30 s before it says that a handshake has failed, lest the time tell
   * an attacker something, and never says why; Java says so at once (F17).
   */
  private static void refuseUntrusted(URI server) throws SSLHandshakeException {
    if (!"https".equals(server.getScheme())) {
      return;
    }
    SSLSocketFactory sockets = (SSLSocketFactory) SSLSocketFactory.getDefault();
    try {
      TlsHandshake.with(sockets, server.getHost(), server.getPort(), LONG_FOR_A_HANDSHAKE);
    } catch (SSLHandshakeException untrusted) {
      throw untrusted;
    } catch (IOException other) {
      // native code says what it finds
    }
  }

  private int await(HttpClientConnection connection) throws IOException {
    while (true) {
      try {
        return complete.get(LOOKS_EVERY_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException waiting) {
        if (System.nanoTime() - progressAt > patience.toNanos()) {
          connection.shutdown();
          complete.join();
          throw new SilentServerException(patience);
        }
      } catch (InterruptedException interrupted) {
        connection.shutdown();
        complete.join();
        Thread.currentThread().interrupt();
        throw AbortedException.create("interrupted in a request", interrupted);
      } catch (ExecutionException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }

  private void progress() {
    progressAt = System.nanoTime();
  }

  @Override
  public void onResponseHeaders(
      HttpStream stream, int status, int blockType, HttpHeader[] headers) {
    progress();
    response.statusCode(status);
    for (HttpHeader header : headers) {
      response.appendHeader(header.getName(), header.getValue());
      if (header.getName().equalsIgnoreCase("Content-Length")) {
        received = new ByteArrayOutputStream(sizeOf(header.getValue()));
      }
    }
  }

  private static int sizeOf(String length) {
    try {
      return (int) Math.min(MOST_BYTES, Math.max(0, Long.parseLong(length.strip())));
    } catch (NumberFormatException unreadable) {
      return 0;
    }
  }

  /** More than was asked for is not kept: the answer is refused by its length. */
  @Override
  public int onResponseBody(HttpStream stream, byte[] bytes) {
    progress();
    if (received.size() <= MOST_BYTES) {
      received.writeBytes(bytes);
    }
    return bytes.length;
  }

  @Override
  public void onResponseComplete(HttpStream stream, int error) {
    complete.complete(error);
  }
}
