/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A web server on 127.0.0.1 whose files have etags and ranges, and vices when told so. */
public final class WebServer implements AutoCloseable {
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d*)");

  /** What a server can do wrong. */
  public enum Vice {
    /** Answers each range with the whole. */
    IGNORES_RANGES,
    /** Serves the new file to a reader of the old. */
    IGNORES_CONDITIONS,
    /** Refuses HEAD, as signed URLs do. */
    REFUSES_HEAD,
    /** Says no etag. */
    HAS_NO_ETAGS,
    /** Says no time. */
    HAS_NO_TIMES,
    /** Sends a tenth of the body, then nothing. */
    STALLS,
    /** Sends a tenth of the body, then closes. */
    BREAKS_OFF
  }

  private static final int STEP_BYTES = 64 << 10;
  private static final String TIME = "Sun, 01 Nov 2026 10:00:00 GMT";

  private record Page(byte[] bytes, String etag, int status, String redirect, String time) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, Page> pages = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final AtomicLong sentBytes = new AtomicLong();
  private volatile Set<Vice> vices = Set.of();
  private volatile Runnable hook = () -> {};

  /** A server that has started. */
  public WebServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /** {@code http://127.0.0.1:port} and a path. */
  public String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  /** Puts a file under a path as it is sent, query included. */
  public void put(String path, byte[] bytes, String version) {
    pages.put(path, new Page(bytes, '"' + version + '"', 200, "", TIME));
  }

  /** Puts a file that was last modified at a time, as HTTP spells it. */
  public void put(String path, byte[] bytes, String version, String time) {
    pages.put(path, new Page(bytes, '"' + version + '"', 200, "", time));
  }

  /** How many bytes of bodies it has sent. */
  public long sentBytes() {
    return sentBytes.get();
  }

  /** Answers a path with a status. */
  public void fail(String path, int status) {
    pages.put(path, new Page(new byte[0], "", status, "", TIME));
  }

  /** Redirects a path. */
  public void redirect(String path, String to) {
    pages.put(path, new Page(new byte[0], "", 302, to, TIME));
  }

  /** What it does wrong from now on. */
  public void vices(Vice... chosen) {
    vices = Set.of(chosen);
  }

  /** Calls the hook before each request is answered; one that throws cuts the connection. */
  public void onRequest(Runnable next) {
    hook = next;
  }

  /** Methods, paths and ranges of all requests so far. */
  public List<String> requests() {
    return requests;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      hook.run();
      String path = exchange.getRequestURI().toString();
      String range = exchange.getRequestHeaders().getFirst("Range");
      requests.add(exchange.getRequestMethod() + " " + path + (range == null ? "" : " " + range));
      Page page = pages.getOrDefault(path, new Page(new byte[0], "", 404, "", TIME));
      boolean head = exchange.getRequestMethod().equals("HEAD");
      if (!page.redirect.isEmpty()) {
        exchange.getResponseHeaders().set("Location", page.redirect);
        exchange.sendResponseHeaders(page.status, -1);
      } else if (page.status != 200 || (head && vices.contains(Vice.REFUSES_HEAD))) {
        exchange.sendResponseHeaders(page.status == 200 ? 403 : page.status, -1);
      } else {
        serve(exchange, page, range, head);
      }
    }
  }

  private void serve(HttpExchange exchange, Page page, String range, boolean head)
      throws IOException {
    String wanted = exchange.getRequestHeaders().getFirst("If-Match");
    String since = exchange.getRequestHeaders().getFirst("If-Unmodified-Since");
    boolean other =
        (wanted != null && !wanted.equals(page.etag))
            || (since != null && !since.equals(page.time));
    if (other && !vices.contains(Vice.IGNORES_CONDITIONS)) {
      exchange.sendResponseHeaders(412, -1);
      return;
    }
    if (!vices.contains(Vice.HAS_NO_TIMES)) {
      exchange.getResponseHeaders().set("Last-Modified", page.time);
    }
    if (!vices.contains(Vice.HAS_NO_ETAGS)) {
      exchange.getResponseHeaders().set("ETag", page.etag);
    }
    if (head) {
      exchange.getResponseHeaders().set("Content-Length", String.valueOf(page.bytes.length));
      exchange.sendResponseHeaders(200, -1);
      return;
    }
    Matcher asked = RANGE.matcher(range == null ? "" : range);
    if (!asked.matches() || vices.contains(Vice.IGNORES_RANGES)) {
      send(exchange, 200, page.bytes);
      return;
    }
    int length = page.bytes.length;
    int from = Integer.parseInt(asked.group(1));
    int to = asked.group(2).isEmpty() ? length - 1 : Integer.parseInt(asked.group(2));
    if (from >= length) {
      exchange.sendResponseHeaders(416, -1);
      return;
    }
    int last = Math.min(to, length - 1);
    String said = "bytes " + from + "-" + last + "/" + length;
    exchange.getResponseHeaders().set("Content-Range", said);
    send(exchange, 206, Arrays.copyOfRange(page.bytes, from, last + 1));
  }

  private void send(HttpExchange exchange, int status, byte[] bytes) throws IOException {
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length == 0) {
      return;
    }
    boolean part = vices.contains(Vice.STALLS) || vices.contains(Vice.BREAKS_OFF);
    OutputStream out = exchange.getResponseBody();
    int all = part ? bytes.length / 10 : bytes.length;
    for (int sent = 0; sent < all; sent += STEP_BYTES) {
      out.write(bytes, sent, Math.min(STEP_BYTES, all - sent));
      sentBytes.addAndGet(Math.min(STEP_BYTES, all - sent));
    }
    out.flush();
    try {
      while (vices.contains(Vice.STALLS)) {
        Thread.sleep(20);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    vices = Set.of();
    server.stop(0);
    threads.shutdownNow();
  }
}
