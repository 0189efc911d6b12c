/* Licensed under Apache-2.0; see LICENSE. */

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Adds a latency to every request of every connection to a server on this machine, and changes nothing else:
 * {@code java LatencyProxy.java PORT TARGET_PORT MILLIS}. The first bytes that a client sends after an answer, or after it
 * connected, are a new request; they wait, and whatever follows does not. At its end it prints how many requests there were.
 */
public final class LatencyProxy {
  private static final int BUFFER_BYTES = 64 << 10;
  private static final AtomicLong REQUESTS = new AtomicLong();

  private LatencyProxy() {}

  /** Runs until it is killed. */
  public static void main(String[] args) throws IOException {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println(REQUESTS.get())));
    InetAddress loopback = InetAddress.getLoopbackAddress();
    int target = Integer.parseInt(args[1]);
    long millis = Long.parseLong(args[2]);
    try (ServerSocket listening = new ServerSocket(Integer.parseInt(args[0]), 1024, loopback)) {
      while (true) {
        Socket client = listening.accept();
        Socket server = new Socket(loopback, target);
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        AtomicBoolean answered = new AtomicBoolean(true);
        start(
            () -> copy(client, server, () -> {
              if (answered.getAndSet(false)) {
                REQUESTS.incrementAndGet();
                Thread.sleep(millis);
              }
            }));
        start(() -> copy(server, client, () -> answered.set(true)));
      }
    }
  }

  private interface Step {
    void run() throws InterruptedException;
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(null, work, "copy", 256 << 10);
    thread.setDaemon(true);
    thread.start();
  }

  private static void copy(Socket from, Socket to, Step beforeEach) {
    try (from; to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int read; (read = in.read(buffer)) >= 0; ) {
        beforeEach.run();
        out.write(buffer, 0, read);
      }
    } catch (IOException | InterruptedException closed) {
      // the other direction ends with this one
    }
  }
}
