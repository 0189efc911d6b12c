/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.gcs;

import com.google.api.client.googleapis.services.AbstractGoogleClientRequest;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.HttpResponseException;
import com.google.api.client.http.HttpTransport;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.storage.Storage;
import com.google.auth.oauth2.GoogleCredentials;
import io.github.flytehadoop.hadoop.proxy.NetworkProxy;
import io.github.flytehadoop.hadoop.request.AdaptiveConcurrencyLimit;
import io.github.flytehadoop.hadoop.request.RetryVerdict;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.http.conn.ConnectionReleaseTrigger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The requests of one identity to Google Cloud Storage. It sends them again as {@link
 * GcsRetryRules} say, renews a token that was refused, and learns which buckets let the requester
 * pay. Nothing is looked for before the first request. Thread-safe.
 */
public final class GcsConnection implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GcsConnection.class);
  private static final int UNAUTHORIZED = 401;
  private static final String PAYER = "userProject";

  /** One request, or several that belong together. */
  public interface Request<T> {
    /** Sends it; called again for another try. */
    T send(Storage client) throws IOException;
  }

  private final GcsClientSettings settings;
  private final GcsRetryRules rules;
  private final AdaptiveConcurrencyLimit pace = new AdaptiveConcurrencyLimit();
  private final Set<String> paidFor = ConcurrentHashMap.newKeySet();
  private final ConcurrentMap<String, LongAdder> counts = new ConcurrentHashMap<>();
  private final HttpTransport transport;
  private final NetworkProxy proxy;
  private final Storage storage;
  private @Nullable GoogleCredentials credentials;
  private boolean credentialsMade;

  /** A connection that has sent nothing yet. */
  public GcsConnection(GcsClientSettings settings) {
    this.settings = settings;
    this.rules = new GcsRetryRules(settings.retries());
    this.proxy = settings.proxies().of(URI.create(settings.rootUrl()));
    this.transport = GcsTransport.of(settings.proxies(), proxy, settings.timeouts().silence());
    this.storage =
        new Storage.Builder(transport, GsonFactory.getDefaultInstance(), this::initialize)
            .setRootUrl(settings.rootUrl())
            .setServicePath(settings.servicePath())
            .setApplicationName(settings.applicationName())
            .build();
  }

  /** What it is made of. */
  public GcsClientSettings settings() {
    return settings;
  }

  /** The HTTP requests that it has sent so far, by class, repeated ones too. */
  public Map<String, Long> requests() {
    Map<String, Long> copy = new TreeMap<>();
    counts.forEach((kind, count) -> copy.put(kind, count.sum()));
    return copy;
  }

  private void initialize(HttpRequest request) throws IOException {
    request
        .setConnectTimeout((int) settings.timeouts().connect().toMillis())
        .setReadTimeout((int) settings.timeouts().silence().toMillis())
        .setNumberOfRetries(0)
        .setFollowRedirects(false)
        .setLoggingEnabled(false)
        .setInterceptor(this::authorize);
    settings.headers().forEach(request.getHeaders()::set);
  }

  /** Just before it is sent. */
  private void authorize(HttpRequest request) throws IOException {
    GoogleCredentials known = credentials();
    if (known != null) {
      try {
        URI uri = request.getUrl().toURI();
        if (!GcsAddress.mayCarryTokens(uri)) {
          throw GcsCredentialsException.inClear(GcsAddress.server(uri));
        }
        known
            .getRequestMetadata(uri)
            .forEach((name, values) -> request.getHeaders().set(name, headerOf(name, values)));
      } catch (IOException | RuntimeException failure) {
        throw refused(failure);
      }
    }
    String path = request.getUrl().getRawPath();
    boolean listing = request.getRequestMethod().equals("GET") && path.endsWith("/o");
    String kind = listing ? "LIST" : request.getRequestMethod();
    counts.computeIfAbsent(kind, first -> new LongAdder()).increment();
  }

  private static Object headerOf(String name, List<String> values) {
    return name.equalsIgnoreCase("Authorization") || values.size() > 1 ? values : values.get(0);
  }

  private static IOException refused(Exception failure) {
    return failure instanceof GcsCredentialsException known
        ? known
        : GcsCredentialsException.noToken(failure.getMessage(), failure);
  }

  private synchronized @Nullable GoogleCredentials credentials() throws IOException {
    if (!credentialsMade) {
      credentials = settings.credentials().make(() -> transport);
      credentialsMade = true;
    }
    return credentials;
  }

  /** Adds what requests for an object of a bucket carry. */
  public <R extends AbstractGoogleClientRequest<?>> R object(R request, String bucket) {
    settings.encryption().headers().forEach(request.getRequestHeaders()::set);
    return bucket(request, bucket);
  }

  /**
   * Adds what requests for a copy carry.
   *
   * @param bucket that it goes to
   * @param payerOfSource who pays where it comes from, or null
   */
  public <R extends AbstractGoogleClientRequest<?>> R copy(
      R request, String bucket, @Nullable String payerOfSource) {
    settings.encryption().sourceHeaders().forEach(request.getRequestHeaders()::set);
    object(request, bucket);
    if (payerOfSource != null) {
      request.set(PAYER, payerOfSource);
    }
    return request;
  }

  /** Adds what requests to a bucket carry. */
  public <R extends AbstractGoogleClientRequest<?>> R bucket(R request, String bucket) {
    request.setDisableGZipContent(true);
    String project = payerOf(bucket);
    if (project != null) {
      request.set(PAYER, project);
    }
    return request;
  }

  /** The project that pays for requests to a bucket, or null for its owner's. */
  public @Nullable String payerOf(String bucket) {
    boolean pays = settings.payer().paysFor(bucket) || paidFor.contains(bucket);
    return pays ? settings.payer().project() : null;
  }

  /**
   * Sends a request until it is answered or nothing helps.
   *
   * @param bucket that it is for
   */
  public <T> T call(String bucket, Request<T> request) throws IOException {
    boolean renewed = false;
    boolean pays = false;
    for (int tries = 1; ; tries++) {
      try {
        return once(request);
      } catch (HttpResponseException told) {
        boolean another = !renewed && told.getStatusCode() == UNAUTHORIZED && renew();
        renewed |= another;
        boolean learned = !pays && asksForPayer(told);
        if (learned) { // another thread may have learned it while this request was on its way
          pays = true;
          paidFor.add(bucket);
        } else if (!another) {
          pauseOrThrow(told, tries);
        }
      } catch (IOException | RuntimeException broken) {
        pauseOrThrow(broken, tries);
      }
    }
  }

  private <T> T once(Request<T> request) throws IOException {
    AdaptiveConcurrencyLimit.Turn turn;
    try {
      turn = pace.begin();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while the store wants fewer requests");
    }
    try {
      requireUninterrupted();
      T answer = request.send(storage);
      pace.went();
      return answer;
    } catch (HttpResponseException told) {
      if (GcsRetryRules.isThrottling(told)) {
        pace.refused(turn, GcsRetryRules.comeBackAfter(told));
      } else {
        pace.went();
      }
      throw told;
    } finally {
      pace.end();
    }
  }

  /** Who was cancelled sends nothing more. */
  public static void requireUninterrupted() throws InterruptedIOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("interrupted");
    }
  }

  /** Gives up what is left of an answer: closing it would read all of that. */
  public static void giveUp(HttpResponse answer, InputStream bytes) throws IOException {
    if (bytes instanceof ConnectionReleaseTrigger connection) {
      connection.abortConnection();
    } else {
      answer.disconnect();
    }
  }

  /** A token may have been withdrawn before its time. */
  private boolean renew() throws IOException {
    GoogleCredentials known = credentials();
    if (known == null) {
      return false;
    }
    try {
      known.refresh();
      return true;
    } catch (IOException | RuntimeException failure) {
      throw refused(failure);
    }
  }

  /** The answer of a bucket whose requester pays, to who has not said so. */
  private boolean asksForPayer(HttpResponseException told) {
    return settings.payer().mode() == GcsPayer.Mode.AUTO
        && told.getStatusCode() == 400
        && String.valueOf(told.getMessage()).contains("requester pays");
  }

  /**
   * Waits for another try, or throws the failure.
   *
   * @param tries so far
   */
  public void pauseOrThrow(Exception thrown, int tries) throws IOException {
    Exception failure = GcsTransport.told(thrown, proxy);
    RetryVerdict verdict = GcsRetryRules.verdict(failure);
    if (!rules.mayTryAgain(verdict, tries)) {
      throw verdict == RetryVerdict.DEAD
          ? new IOException("after " + tries + " tries: " + failure.getMessage(), failure)
          : failed(failure);
    }
    LOG.debug("Try {} failed and is repeated: {}", tries, failure.getClass().getSimpleName());
    try {
      Thread.sleep(rules.waitMillis(verdict, tries));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw (InterruptedIOException)
          new InterruptedIOException("interrupted before another try").initCause(failure);
    }
  }

  private static IOException failed(Exception failure) {
    if (failure instanceof IOException broken) {
      return broken;
    }
    throw (RuntimeException) failure;
  }

  @Override
  public void close() {
    try {
      transport.shutdown();
    } catch (IOException failure) {
      LOG.warn("The client of GCS did not close cleanly: {}", failure.getMessage());
    }
  }
}
