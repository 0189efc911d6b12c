/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3;

import io.github.flytehadoop.hadoop.s3.crt.JvmTrust;
import io.github.flytehadoop.hadoop.s3.crt.NativeDownload;
import io.github.flytehadoop.hadoop.s3.crt.NativeRuntime;
import io.github.flytehadoop.hadoop.s3.crt.NotNativeException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.crt.CrtRuntimeException;
import software.amazon.awssdk.crt.http.HttpClientConnectionManager;
import software.amazon.awssdk.crt.http.HttpClientConnectionManagerOptions;
import software.amazon.awssdk.crt.io.SocketOptions;
import software.amazon.awssdk.crt.io.TlsContext;
import software.amazon.awssdk.crt.io.TlsContextOptions;

/** The native connections of one bucket, by the servers that they lead to. Thread-safe. */
final class NativeConnections implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NativeConnections.class);
  private static final int MOST_CONNECTIONS = 128;
  private static final long IDLE_MILLIS = 20_000;
  private static final long LONGEST_END_SECONDS = 10;

  /** For a connection, as the SDK's clients wait. */
  private static final long LONGEST_WAIT_MILLIS = 10_000;

  private final S3ClientSettings settings;
  private final NativeRuntime runtime;

  /** Guarded by this, as all that follows. */
  private final Map<S3Url, HttpClientConnectionManager> managers = new HashMap<>();

  private boolean closed;
  private boolean hangs;
  private @Nullable TlsContext tls;

  NativeConnections(S3ClientSettings settings, NativeRuntime runtime) {
    this.settings = settings;
    this.runtime = runtime;
  }

  /**
   * Those to a server.
   *
   * @throws NotNativeException when native code cannot be set up
   * @throws IllegalStateException when this is closed
   */
  synchronized HttpClientConnectionManager to(S3Url url) {
    if (closed) {
      throw new IllegalStateException("the client of " + settings.bucket() + " is closed");
    }
    try {
      return managers.computeIfAbsent(url, this::manager);
    } catch (CrtRuntimeException | IllegalStateException unable) {
      throw new NotNativeException("native code cannot be set up", unable);
    }
  }

  private HttpClientConnectionManager manager(S3Url url) {
    try (SocketOptions socket = new SocketOptions()) {
      socket.connectTimeoutMs = (int) settings.timeouts().connect().toMillis();
      HttpClientConnectionManagerOptions options =
          new HttpClientConnectionManagerOptions()
              .withClientBootstrap(runtime.bootstrap())
              .withSocketOptions(socket)
              .withUri(url.server())
              .withPort(url.server().getPort())
              .withMaxConnections(Math.min(MOST_CONNECTIONS, settings.connections()))
              .withConnectionAcquisitionTimeoutInMilliseconds(LONGEST_WAIT_MILLIS)
              .withMaxConnectionIdleInMilliseconds(IDLE_MILLIS)
              .withManualWindowManagement(true)
              .withWindowSize(NativeDownload.WINDOW_BYTES);
      return HttpClientConnectionManager.create(
          url.isSecure() ? options.withTlsContext(tls()) : options);
    }
  }

  /** Trusts whom this JVM trusts. */
  private TlsContext tls() {
    TlsContext currentTls = tls;
    if (currentTls == null) {
      try (TlsContextOptions options = TlsContextOptions.createDefaultClient()) {
        options.overrideDefaultTrustStore(JvmTrust.asPem());
        currentTls = new TlsContext(options);
        tls = currentTls;
      }
    }
    return currentTls;
  }

  /** Hands out none from now on. */
  synchronized void refuse() {
    closed = true;
  }

  /** Notes that native code has connections under way which it does not end for long (F17). */
  synchronized void hang() {
    hangs = true;
  }

  /** Whether there is nothing to wait for at the end. */
  synchronized boolean isHanging() {
    return hangs;
  }

  private synchronized List<HttpClientConnectionManager> all() {
    return List.copyOf(managers.values());
  }

  /** Waits, but not for ever, for those that are still used. */
  @Override
  public void close() {
    refuse();
    for (HttpClientConnectionManager manager : all()) {
      manager.close();
      try {
        manager
            .getShutdownCompleteFuture()
            .get(isHanging() ? 0 : LONGEST_END_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      } catch (ExecutionException | TimeoutException failed) {
        LOG.debug("The connections to {} did not end cleanly", settings.bucket(), failed);
      }
    }
    forget();
  }

  private synchronized void forget() {
    managers.clear();
    if (tls != null) {
      tls.close();
      tls = null;
    }
  }
}
