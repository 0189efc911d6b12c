/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;

/**
 * A proxy on 127.0.0.1: it opens tunnels and hands on requests, for whoever logs in where it wants
 * that; or it answers every request with one status.
 */
public final class TestProxy implements AutoCloseable {
  private final ServerSocket listener;
  private final int status;
  private final String login;
  private final List<String> asked = new CopyOnWriteArrayList<>();

  /** One that serves everybody when the status is 200. */
  public TestProxy(int status) throws IOException {
    this(status, "");
  }

  /** One that wants to know who asks. */
  public static TestProxy wanting(String user, String password) throws IOException {
    String login = user + ":" + password;
    return new TestProxy(
        200, Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
  }

  private TestProxy(int status, String login) throws IOException {
    this.status = status;
    this.login = login;
    this.listener = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    daemon(this::accept);
  }

  /** Where it listens. */
  public int port() {
    return listener.getLocalPort();
  }

  /** The first lines of the requests so far. */
  public List<String> asked() {
    return asked;
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "test-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        daemon(() -> serve(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      String head = head(client.getInputStream());
      if (head.isEmpty()) {
        return;
      }
      String line = head.lines().findFirst().orElse("");
      asked.add(line);
      boolean known = login.isEmpty() || head.contains("Basic " + login + "\r\n");
      if (status != 200 || !known) {
        refuse(client, known ? status : 407);
      } else if (line.startsWith("CONNECT ")) {
        say(client, "HTTP/1.1 200 Said\r\n\r\n");
        String[] target = line.split(" ")[1].split(":");
        tunnel(client, new Socket(target[0], Integer.parseInt(target[1])));
      } else {
        URI target = URI.create(line.split(" ")[1]);
        Socket server = new Socket(target.getHost(), target.getPort());
        say(server, ofOneRequest(head, target));
        tunnel(client, server);
      }
    } catch (IOException over) {
      // the client has gone
    }
  }

  private void refuse(Socket client, int with) throws IOException {
    say(
        client,
        "HTTP/1.1 "
            + with
            + " Said\r\nProxy-Authenticate: Basic realm=\"test\"\r\n"
            + "Content-Length: 4\r\nConnection: close\r\n\r\npage");
    client.shutdownOutput();
    client.getInputStream().transferTo(OutputStream.nullOutputStream());
  }

  private static void say(Socket to, String what) throws IOException {
    to.getOutputStream().write(what.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** The head as a server gets it; the next request of the connection may be to another. */
  private static String ofOneRequest(String head, URI target) {
    String path = target.getRawPath().isEmpty() ? "/" : target.getRawPath();
    String query = target.getRawQuery() == null ? "" : "?" + target.getRawQuery();
    return head.replaceFirst(" http://\\S+ ", Matcher.quoteReplacement(" " + path + query + " "))
        .replaceAll("(?im)^(proxy-)?connection:.*\r\n", "")
        .replaceAll("(?im)^proxy-authorization:.*\r\n", "")
        .replaceFirst("\r\n\r\n$", "\r\nConnection: close\r\n\r\n");
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        break;
      }
      head.write(next);
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  private static void tunnel(Socket client, Socket server) throws IOException {
    try (server) {
      daemon(
          () -> {
            try (server;
                client) {
              server.getInputStream().transferTo(client.getOutputStream());
            } catch (IOException over) {
              // the other direction ends with it
            }
          });
      client.getInputStream().transferTo(server.getOutputStream());
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
