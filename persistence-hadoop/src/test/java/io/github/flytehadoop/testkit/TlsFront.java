/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Speaks TLS to clients, with a certificate of its own, and hands on every byte to a server. */
public final class TlsFront implements AutoCloseable {
  private final TlsKeys keys;
  private final ServerSocket listener;
  private final URI server;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  /** Stands before a server that speaks plain HTTP. */
  public TlsFront(URI server) throws IOException, GeneralSecurityException {
    this.server = server;
    this.keys = TlsKeys.create("ip:127.0.0.1");
    this.listener =
        keys.context()
            .getServerSocketFactory()
            .createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    daemon(this::accept);
  }

  /** Where clients find it. */
  public String url() {
    return "https://127.0.0.1:" + listener.getLocalPort();
  }

  /** The options of a JVM that trusts it. */
  public String[] trusting() {
    return new String[] {
      "-Djavax.net.ssl.trustStore=" + keys.file(),
      "-Djavax.net.ssl.trustStorePassword=" + TlsKeys.PASSWORD
    };
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "tls-front");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Socket upstream = new Socket(server.getHost(), server.getPort());
        open.add(client);
        open.add(upstream);
        daemon(() -> copy(client, upstream));
        daemon(() -> copy(upstream, client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void copy(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException over) {
      // the other direction ends with it
    } finally {
      open.remove(from);
      open.remove(to);
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
