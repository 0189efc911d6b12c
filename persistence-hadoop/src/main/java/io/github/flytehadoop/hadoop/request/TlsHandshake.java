/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.request;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** A handshake with a server, and nothing after it: whether this JVM trusts it, and why not. */
public final class TlsHandshake {
  private TlsHandshake() {}

  /**
   * Shakes hands as clients do, for whom the name of the server counts as well.
   *
   * @param patience for the connection, and for each byte of the server
   * @return what both have agreed on
   * @throws javax.net.ssl.SSLException when the server is not trusted, or speaks no TLS
   * @throws IOException when the handshake comes to no end
   */
  public static SSLSession with(SSLSocketFactory sockets, String host, int port, Duration patience)
      throws IOException {
    int millis = (int) patience.toMillis();
    try (Socket plain = new Socket()) {
      plain.connect(new InetSocketAddress(host, port), millis);
      plain.setSoTimeout(millis);
      try (SSLSocket socket = (SSLSocket) sockets.createSocket(plain, host, port, true)) {
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket.getSession();
      }
    }
  }
}
