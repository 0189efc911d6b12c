/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ServerSocketFactory;

/** Says to each connection what a test says, byte by byte, whatever the client does. */
public final class RawServer implements AutoCloseable {
  /** What one connection gets; it stays open afterwards. */
  public interface Talk {
    /** Talks. */
    void with(Socket client) throws IOException, InterruptedException;
  }

  private final ServerSocket listener;
  private final String scheme;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private RawServer(ServerSocketFactory sockets, String scheme, Talk talk) throws IOException {
    this.listener = sockets.createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    this.scheme = scheme;
    daemon(() -> accept(talk));
  }

  /** One over TLS, which this JVM trusts from now on, or over plain HTTP. */
  public static RawServer start(String scheme, Talk talk) {
    try {
      ServerSocketFactory sockets =
          scheme.equals("https")
              ? TrustedKeys.ofLoopback().context().getServerSocketFactory()
              : ServerSocketFactory.getDefault();
      return new RawServer(sockets, scheme, talk);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (GeneralSecurityException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** Reads a request up to its body, of which nothing is taken, and returns it. */
  public static String readHead(Socket client) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = client.getInputStream().read();
      if (next < 0) {
        throw new EOFException("the client has left");
      }
      head.append((char) next);
    }
    return head.toString();
  }

  /** Says something at once. */
  public static void say(Socket client, String what) throws IOException {
    OutputStream out = client.getOutputStream();
    out.write(what.getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "raw-server");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept(Talk talk) {
    try {
      while (true) {
        Socket client = listener.accept();
        open.add(client);
        daemon(() -> talk(talk, client));
      }
    } catch (IOException closed) {
      // the only way this ends
    }
  }

  private static void talk(Talk talk, Socket client) {
    try {
      talk.with(client);
    } catch (IOException | InterruptedException over) {
      // the client has left
    }
  }

  /** Where clients find it. */
  public URI uri() {
    return URI.create(scheme + "://127.0.0.1:" + listener.getLocalPort());
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket client : open) {
        client.close();
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
