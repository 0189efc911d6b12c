/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/** A web server on 127.0.0.1 that speaks TLS, with a certificate that nobody signed but itself. */
public final class TlsServer implements AutoCloseable {
  private final HttpsServer server;
  private final SSLContext context;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  /**
   * A server that has started; it answers 404.
   *
   * @param name whom the certificate is for, as {@link TlsKeys#create} takes it
   */
  public TlsServer(String name) throws IOException, GeneralSecurityException {
    context = TlsKeys.create(name).context();
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(404, -1);
          exchange.close();
        });
    // a handshake that hangs keeps no other waiting
    server.setExecutor(threads);
    server.start();
  }

  /** {@code https://127.0.0.1:port}. */
  public String url() {
    return "https://127.0.0.1:" + server.getAddress().getPort();
  }

  /** A context that trusts this server. */
  public SSLContext trusting() {
    return context;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
