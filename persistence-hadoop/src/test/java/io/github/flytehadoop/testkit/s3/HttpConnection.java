/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit.s3;

import io.github.flytehadoop.testkit.s3.Delivery.Cut;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serial;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * One kept-alive connection, served by one thread. Written on the socket because the JDK's HTTP
 * server can neither reset a connection nor send a body that is too short.
 */
final class HttpConnection implements Runnable, Closeable {
  private static final Map<Integer, String> REASONS =
      Map.of(
          200, "OK",
          204, "No Content",
          206, "Partial Content",
          301, "Moved Permanently",
          400, "Bad Request",
          403, "Forbidden",
          404, "Not Found",
          412, "Precondition Failed",
          500, "Internal Server Error",
          503, "Service Unavailable");

  private final Socket socket;
  private final Handler handler;
  private final CountDownLatch closing;
  private boolean inFlight;

  /** Answers requests. */
  interface Handler {
    /** Called when a head has arrived. */
    void begin();

    /** Reads the body and answers; a {@link Dropped} resets the connection. */
    Reply handle(HttpHead head, RequestBody body) throws IOException;

    /** Called once when the answer is all but sent, or given up. */
    void end();
  }

  /** Ends the connection with a reset instead of an answer. */
  static final class Dropped extends IOException {
    @Serial private static final long serialVersionUID = 1L;
  }

  /**
   * Serves the socket.
   *
   * @param closing opens when the endpoint closes, which ends every stall
   */
  HttpConnection(Socket socket, Handler handler, CountDownLatch closing) {
    this.socket = socket;
    this.handler = handler;
    this.closing = closing;
  }

  @Override
  public void run() {
    try (socket) {
      socket.setTcpNoDelay(true);
      BufferedInputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
      BufferedOutputStream out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
      Optional<HttpHead> head = HttpHead.read(in);
      while (head.isPresent() && serve(head.get(), new RequestBody(head.get(), in, out), out)) {
        head = HttpHead.read(in);
      }
    } catch (IOException e) {
      // The client went away or was cut off; both are what tests are made of.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private boolean serve(HttpHead head, RequestBody body, OutputStream out)
      throws IOException, InterruptedException {
    handler.begin();
    inFlight = true;
    try {
      Reply reply = handler.handle(head, body);
      boolean whole = send(head, reply, out);
      return whole && !head.header("connection").orElse("").equalsIgnoreCase("close");
    } catch (Dropped e) {
      end();
      socket.setSoLinger(true, 0);
      socket.close();
      return false;
    } finally {
      end();
    }
  }

  /** Whether everything was sent and the connection may live on. */
  private boolean send(HttpHead head, Reply reply, OutputStream out)
      throws IOException, InterruptedException {
    Delivery delivery = reply.delivery();
    if (delivery.stallAt() == Delivery.BEFORE_HEAD) {
      stall(delivery);
    }
    if (delivery.cutAt() == Delivery.BEFORE_HEAD) {
      throw new Dropped();
    }
    out.write(headOf(reply).getBytes(StandardCharsets.ISO_8859_1));
    Content body = head.method().equals("HEAD") ? Content.EMPTY : reply.body();
    Content sent = body.slice(0, Math.min(delivery.cutAt(), body.length()));
    if (delivery.stallAt() >= 0 && delivery.stallAt() <= sent.length()) {
      sent.slice(0, delivery.stallAt()).writeTo(out);
      out.flush();
      stall(delivery);
      sent = sent.slice(delivery.stallAt(), sent.length() - delivery.stallAt());
    }
    // A client that has the last byte may ask again at once: by then this request is over.
    long butOne = Math.max(sent.length() - 1, 0);
    sent.slice(0, butOne).writeTo(out);
    end();
    sent.slice(butOne, 1).writeTo(out);
    out.flush();
    if (delivery.cutAt() == Delivery.NEVER) {
      return true;
    }
    if (delivery.cut() == Cut.RESET) {
      throw new Dropped();
    }
    return false;
  }

  private void stall(Delivery delivery) throws InterruptedException, Dropped {
    if (closing.await(delivery.stall().toMillis(), TimeUnit.MILLISECONDS)) {
      throw new Dropped();
    }
  }

  private void end() {
    if (inFlight) {
      inFlight = false;
      handler.end();
    }
  }

  private static String headOf(Reply reply) {
    StringBuilder head = new StringBuilder("HTTP/1.1 ").append(reply.status()).append(' ');
    head.append(REASONS.getOrDefault(reply.status(), "Status")).append("\r\n");
    reply.headers().forEach((name, value) -> line(head, name, value));
    if (!reply.headers().containsKey("Date")) {
      line(head, "Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(now()));
    }
    line(head, "Server", "testkit");
    if (reply.status() != 204 && reply.status() != 304) {
      line(head, "Content-Length", Long.toString(reply.body().length()));
    }
    return head.append("\r\n").toString();
  }

  private static ZonedDateTime now() {
    return ZonedDateTime.now(ZoneOffset.UTC);
  }

  private static void line(StringBuilder head, String name, String value) {
    head.append(name).append(": ").append(value).append("\r\n");
  }
}
