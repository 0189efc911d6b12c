/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3.crt;

import java.io.IOException;
import software.amazon.awssdk.crt.CrtRuntimeException;
import software.amazon.awssdk.crt.http.HttpClientConnection;
import software.amazon.awssdk.crt.http.HttpClientConnectionManager;
import software.amazon.awssdk.crt.http.HttpRequest;
import software.amazon.awssdk.crt.http.HttpStream;
import software.amazon.awssdk.crt.http.HttpStreamBase;

/** One request under way, and the connection that it has to itself. Thread-safe. */
final class NativeRequest {
  private final HttpClientConnectionManager connections;
  private final HttpClientConnection connection;
  private final HttpStream stream;
  private final NativeArrivals arrivals;
  private boolean over;

  private NativeRequest(
      HttpClientConnectionManager connections,
      HttpClientConnection connection,
      HttpStream stream,
      NativeArrivals arrivals) {
    this.connections = connections;
    this.connection = connection;
    this.stream = stream;
    this.arrivals = arrivals;
  }

  /** Whether a request brings its body with it. */
  enum Body {
    /** It has none, or brings it. */
    WITH_IT,
    /** It is written to the stream of the request. */
    WRITTEN
  }

  /**
   * Sends a request.
   *
   * @param connections whose windows are moved by hand
   * @throws IOException when there is no connection
   */
  static NativeRequest begin(
      HttpClientConnectionManager connections,
      HttpRequest request,
      Body body,
      NativeArrivals arrivals)
      throws IOException {
    HttpClientConnection connection = NativeExchange.connection(connections);
    boolean begun = false;
    try {
      HttpStream stream = connection.makeRequest(request, arrivals, body == Body.WRITTEN);
      try {
        stream.activate();
        begun = true;
      } finally {
        if (!begun) {
          stream.close();
        }
      }
      return new NativeRequest(connections, connection, stream, arrivals);
    } catch (CrtRuntimeException failure) {
      throw NativeFailures.of(failure.errorCode, NativeExchange.nameOf(connections));
    } finally {
      if (!begun) {
        connections.releaseConnection(connection);
      }
    }
  }

  /** Sends more of a body that is {@link Body#WRITTEN}; the bytes are the library's from now on. */
  synchronized void write(
      byte[] bytes, boolean last, HttpStreamBase.HttpStreamWriteDataCompletionCallback written) {
    if (!over) {
      stream.writeData(bytes, last, written);
    }
  }

  /** Lets so many bytes more of the answer come. */
  synchronized void moveWindow(int bytes) {
    if (!over) {
      stream.incrementWindow(bytes);
    }
  }

  /**
   * Gives the connection back; harmless when repeated.
   *
   * @param complete whether both sides have said all; otherwise nobody can use it again
   */
  synchronized void end(boolean complete) {
    if (over) {
      return;
    }
    over = true;
    if (!complete || !arrivals.awaitEnd()) {
      arrivals.drop();
      connection.shutdown();
      arrivals.awaitEnd();
    }
    stream.close();
    connections.releaseConnection(connection);
  }
}
