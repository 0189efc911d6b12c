/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit.s3;

import java.io.Closeable;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;

/**
 * Accepts connections and gives each a daemon thread, for clients keep idle connections open; when
 * there are too many, new ones wait.
 */
final class HttpListener implements AutoCloseable {
  static final int MAX_CONNECTIONS = 512;

  private final ServerSocket server;
  private final HttpConnection.Handler handler;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Set<HttpConnection> connections = ConcurrentHashMap.newKeySet();
  private final Semaphore free = new Semaphore(MAX_CONNECTIONS);
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "s3-endpoint");
            thread.setDaemon(true);
            return thread;
          });

  HttpListener(ServerSocket server, HttpConnection.Handler handler) {
    this.server = server;
    this.handler = handler;
    threads.execute(this::acceptAll);
  }

  int port() {
    return server.getLocalPort();
  }

  @Override
  public void close() {
    closing.countDown();
    closeQuietly(server);
    connections.forEach(HttpListener::closeQuietly);
    threads.shutdownNow();
  }

  private void acceptAll() {
    try {
      while (true) {
        free.acquire();
        Socket socket = server.accept();
        HttpConnection connection = new HttpConnection(socket, handler, closing);
        connections.add(connection);
        if (closing.getCount() == 0) {
          // whoever closed all may not have seen this one
          closeQuietly(connection);
          return;
        }
        threads.execute(() -> serve(connection));
      }
    } catch (IOException | RejectedExecutionException e) {
      // The server socket is closed: the only way this ends.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve(HttpConnection connection) {
    try {
      connection.run();
    } finally {
      connections.remove(connection);
      free.release();
    }
  }

  private static void closeQuietly(Closeable resource) {
    try {
      resource.close();
    } catch (IOException e) {
      // It is gone either way.
    }
  }
}
