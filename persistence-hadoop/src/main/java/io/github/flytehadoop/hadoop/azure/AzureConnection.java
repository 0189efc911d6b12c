/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.azure;

import com.azure.core.util.Context;
import com.azure.storage.blob.models.BlobStorageException;
import io.github.flytehadoop.hadoop.proxy.NetworkProxy;
import io.github.flytehadoop.hadoop.request.RetryVerdict;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The requests of one identity to one container. It sends them again as {@link AzureRetryRules}
 * say. Thread-safe; the SDK's threads are daemons that end when idle, so there is nothing to close.
 */
public final class AzureConnection {
  /** One request. */
  public interface Request<T> {
    /** Sends it; called again for another try. */
    T send(AzureClient client) throws IOException;
  }

  private static final Logger LOG = LoggerFactory.getLogger(AzureConnection.class);

  private final AzureClientSettings settings;
  private final AzureMeter meter = new AzureMeter();
  private final AzureRetryRules rules;
  private final AzureClient client;

  /** A connection that has sent nothing yet. */
  public AzureConnection(AzureClientSettings settings) {
    this.settings = settings;
    this.rules = new AzureRetryRules(settings.retries());
    this.client = new AzureClient(settings, meter);
  }

  /** The HTTP requests that it has sent so far, by class, repeated ones too. */
  public Map<String, Long> requests() {
    return meter.counts();
  }

  /**
   * Sends a request until it is answered or nothing helps.
   *
   * @throws com.azure.storage.blob.models.BlobStorageException when the store refuses it
   * @throws IOException when there is no answer, or no token to ask with
   */
  public <T> T call(Request<T> request) throws IOException {
    for (int tries = 1; ; tries++) {
      if (Thread.currentThread().isInterrupted()) {
        // the JDK's client may lose the mark when an answer comes at the same moment
        throw interrupted(new InterruptedException());
      }
      try {
        return request.send(client);
      } catch (IOException failure) {
        pauseOrThrow(failure, tries);
      } catch (RuntimeException thrown) {
        pauseOrThrow(AzureNetwork.unwrapped(thrown), tries);
      }
    }
  }

  /**
   * Asks a first question, where a proxy is on the way: one that lets nothing through is told at
   * once, which ABFS would ask for long.
   */
  public void requireWayOut() throws IOException {
    if (settings.proxies().of(settings.address().endpoint()).address() == null) {
      return;
    }
    try {
      call(client -> client.container().getPropertiesWithResponse(null, null, Context.NONE));
    } catch (BlobStorageException answered) {
      LOG.debug("The store answers: {}", answered.getStatusCode());
    }
  }

  private void pauseOrThrow(Exception thrown, int tries) throws IOException {
    Exception failure = told(thrown);
    RetryVerdict verdict = AzureRetryRules.verdict(failure);
    if (!rules.mayTryAgain(verdict, tries)) {
      throw verdict == RetryVerdict.DEAD
          ? new IOException("after " + tries + " tries: " + failure.getMessage(), failure)
          : failed(failure);
    }
    try {
      Thread.sleep(rules.waitMillis(failure, verdict, tries));
    } catch (InterruptedException interrupted) {
      throw interrupted(failure);
    }
  }

  private Exception told(Exception thrown) {
    URI server = settings.address().endpoint();
    NetworkProxy proxy = settings.proxies().of(server);
    if (thrown instanceof IOException network) {
      return AzureNetwork.told(network, server, proxy);
    }
    Exception ofProxy = AzureNetwork.ofProxy(thrown, proxy);
    return ofProxy == null ? thrown : ofProxy;
  }

  private static IOException failed(Exception failure) {
    if (failure instanceof RuntimeException told) {
      throw told;
    }
    if (RetryVerdict.isInterruption(failure)) {
      return interrupted(failure);
    }
    return failure instanceof IOException network ? network : new IOException(failure);
  }

  private static InterruptedIOException interrupted(Exception cause) {
    Thread.currentThread().interrupt();
    InterruptedIOException stopped = new InterruptedIOException("interrupted");
    stopped.initCause(cause);
    return stopped;
  }
}
