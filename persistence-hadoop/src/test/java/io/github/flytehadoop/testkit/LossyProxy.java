/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Stands between a client and a real server, hands on every byte, and loses the answer to one
 * request: the server has carried it out, and the client finds its connection reset.
 */
public final class LossyProxy implements AutoCloseable {
  private static final int CHUNK = 64 << 10;

  private final ServerSocket listener;
  private final URI server;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicReference<String> wanted = new AtomicReference<>();
  private final AtomicReference<List<String>> corrupted = new AtomicReference<>();
  private final AtomicInteger lost = new AtomicInteger();

  private LossyProxy(ServerSocket listener, URI server) {
    this.listener = listener;
    this.server = server;
  }

  /** A proxy before a server that speaks plain HTTP. */
  public static LossyProxy before(URI server) {
    try {
      LossyProxy proxy =
          new LossyProxy(new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1")), server);
      daemon(proxy::accept);
      return proxy;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Where clients find it. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  /** Loses the answer to the next request with these characters in its head. */
  public void loseAnswerTo(String characters) {
    wanted.set(characters);
  }

  /** Replaces these characters once, in what is sent next, by as many others. */
  public void corruptOnce(String characters, String others) {
    corrupted.set(List.of(characters, others));
  }

  /** Where the server names itself in its answers, the client finds the proxy instead. */
  private byte[] named(byte[] chunk, int length) {
    String mine = uri().getAuthority();
    String text = new String(chunk, 0, length, StandardCharsets.ISO_8859_1);
    boolean same = mine.length() == server.getAuthority().length();
    return (same ? text.replace(server.getAuthority(), mine) : text)
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private byte[] sent(byte[] chunk, int length) {
    String text = new String(chunk, 0, length, StandardCharsets.ISO_8859_1);
    List<String> change = corrupted.get();
    boolean now =
        change != null && text.contains(change.get(0)) && corrupted.compareAndSet(change, null);
    return (now ? text.replace(change.get(0), change.get(1)) : text)
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  /** How many answers were lost. */
  public int lost() {
    return lost.get();
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "lossy-proxy");
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
        AtomicBoolean losing = new AtomicBoolean();
        daemon(() -> forward(client, upstream, losing));
        daemon(() -> back(upstream, client, losing));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void forward(Socket client, Socket upstream, AtomicBoolean losing) {
    try (client;
        upstream) {
      InputStream in = client.getInputStream();
      OutputStream out = upstream.getOutputStream();
      byte[] chunk = new byte[CHUNK];
      for (int read; (read = in.read(chunk)) >= 0; ) {
        String found = wanted.get();
        if (found != null
            && new String(chunk, 0, read, StandardCharsets.ISO_8859_1).contains(found)
            && wanted.compareAndSet(found, null)) {
          losing.set(true);
        }
        out.write(sent(chunk, read));
      }
    } catch (IOException over) {
      // the other direction ends with it
    }
  }

  private void back(Socket upstream, Socket client, AtomicBoolean losing) {
    try (client;
        upstream) {
      InputStream in = upstream.getInputStream();
      OutputStream out = client.getOutputStream();
      byte[] chunk = new byte[CHUNK];
      for (int read; (read = in.read(chunk)) >= 0; ) {
        boolean goOn =
            read > 12 && new String(chunk, 0, 12, StandardCharsets.US_ASCII).endsWith("100");
        if (losing.get() && !goOn) {
          lost.incrementAndGet();
          client.setSoLinger(true, 0); // a reset, as a broken connection gives
          return;
        }
        out.write(named(chunk, read));
      }
    } catch (IOException over) {
      // the other direction ends with it
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
