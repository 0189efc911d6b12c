/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3;

import io.github.flytehadoop.hadoop.request.AdaptiveConcurrencyLimit;
import io.github.flytehadoop.hadoop.s3.crt.JvmTrust;
import io.github.flytehadoop.hadoop.s3.crt.NativeExchange;
import io.github.flytehadoop.hadoop.s3.crt.NativeRuntime;
import io.github.flytehadoop.hadoop.s3.crt.NotNativeException;
import io.github.flytehadoop.hadoop.s3.http.RequestMeter;
import io.github.flytehadoop.hadoop.s3.http.S3Totals;
import io.github.flytehadoop.hadoop.s3.http.ThrottlingInterceptor;
import io.github.flytehadoop.hadoop.s3.message.S3Answer;
import io.github.flytehadoop.hadoop.s3.message.S3Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.crt.CrtRuntimeException;
import software.amazon.awssdk.crt.auth.credentials.Credentials;
import software.amazon.awssdk.crt.auth.signing.AwsSigner;
import software.amazon.awssdk.crt.auth.signing.AwsSigningConfig;
import software.amazon.awssdk.crt.http.HttpClientConnectionManager;
import software.amazon.awssdk.crt.http.HttpClientConnectionManagerOptions;
import software.amazon.awssdk.crt.http.HttpHeader;
import software.amazon.awssdk.crt.http.HttpRequest;
import software.amazon.awssdk.crt.io.SocketOptions;
import software.amazon.awssdk.crt.io.TlsContext;
import software.amazon.awssdk.crt.io.TlsContextOptions;

/**
 * Sends small objects and small ranges over native connections, signed by native code, at a
 * fraction of what the SDK's pipeline takes of the processor. It tries nothing twice. Thread-safe.
 */
final class NativeClient implements AutoCloseable {
  /** The most bytes of all bodies at once; what comes beyond goes by the SDK's streams. */
  private static final int MOST_BYTES_AT_ONCE = 64 << 20;

  private static final Logger LOG = LoggerFactory.getLogger(NativeClient.class);
  private static final int MOST_CONNECTIONS = 128;
  private static final long IDLE_MILLIS = 20_000;
  private static final String UNSIGNED = "UNSIGNED-PAYLOAD";

  /** Java's setting of a certificate that a client shows; native code would show none. */
  private static final String OWN_CERTIFICATE = "javax.net.ssl.keyStore";

  private final S3ClientSettings settings;
  private final RequestMeter meter;
  private final AdaptiveConcurrencyLimit pace;
  private final NativeRuntime runtime;
  private final Semaphore bytes = new Semaphore(MOST_BYTES_AT_ONCE);
  private final ConcurrentMap<S3Url, HttpClientConnectionManager> managers =
      new ConcurrentHashMap<>();
  private @Nullable TlsContext tls;

  private NativeClient(
      S3ClientSettings settings, RequestMeter meter, AdaptiveConcurrencyLimit pace) {
    this.settings = settings;
    this.meter = meter;
    this.pace = pace;
    this.runtime = NativeRuntime.acquire();
  }

  /** Null where the SDK's client has to send everything, although there is the library. */
  static @Nullable NativeClient of(
      S3ClientSettings settings, RequestMeter meter, AdaptiveConcurrencyLimit pace) {
    boolean fits =
        settings.proxy().address() == null
            && System.getProperty(OWN_CERTIFICATE, "").isEmpty()
            && S3Url.of(settings.bucket(), settings.address()) != null;
    return fits ? new NativeClient(settings, meter, pace) : null;
  }

  /** Reserves memory for so many bytes; false when there is none now. */
  boolean reserve(long count) {
    return count <= NativeExchange.MOST_BYTES && bytes.tryAcquire((int) count);
  }

  void release(long count) {
    bytes.release((int) count);
  }

  /**
   * Sends one request, once.
   *
   * @throws software.amazon.awssdk.awscore.exception.AwsServiceException when the store refuses it
   * @throws NotNativeException when native code cannot reach the bucket
   * @throws IOException when the connection breaks
   */
  S3Answer send(S3Message message, S3Address address, Instant now) throws IOException {
    S3Url url = S3Url.of(settings.bucket(), address);
    if (url == null) {
      throw new NotNativeException("the bucket has moved to where only the SDK finds it", null);
    }
    byte[] content = message.body();
    NativeExchange.Body body = content == null ? null : new NativeExchange.Body(content);
    HttpRequest request = signed(message, url, body, address.region(), now);
    AdaptiveConcurrencyLimit.Turn turn = begin();
    long start = System.nanoTime();
    try {
      meter.count(message.method().name());
      S3Answer answer =
          new NativeExchange(settings.timeouts().silence()).run(connections(url), request, body);
      if (ThrottlingInterceptor.isRefusal(answer.response())) {
        pace.refused(turn, ThrottlingInterceptor.comeBackAfter(answer.response()));
      } else {
        pace.went();
      }
      if (!answer.response().isSuccessful()) {
        throw S3Refusal.of(message.method(), answer.response(), answer.body());
      }
      return answer;
    } finally {
      S3Totals.took(System.nanoTime() - start);
      pace.end();
    }
  }

  private AdaptiveConcurrencyLimit.Turn begin() {
    try {
      return pace.begin();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw AbortedException.create("interrupted while the store wants fewer requests");
    }
  }

  private HttpRequest signed(
      S3Message message,
      S3Url url,
      NativeExchange.@Nullable Body body,
      String region,
      Instant now) {
    List<HttpHeader> headers = new ArrayList<>();
    headers.add(new HttpHeader("Host", url.host()));
    headers.add(new HttpHeader("User-Agent", settings.request().userAgent()));
    if (body != null) {
      headers.add(new HttpHeader("Content-Length", Long.toString(body.getLength())));
    }
    add(headers, settings.request().custom());
    add(headers, settings.objects().paid());
    add(headers, message.headers());
    HttpRequest request =
        new HttpRequest(
            message.method().name(),
            url.path(message.key(), message.query()),
            headers.toArray(HttpHeader[]::new),
            body);
    AwsCredentials identity = settings.credentials().resolveCredentials();
    if (identity.accessKeyId() == null || identity.secretAccessKey() == null) {
      return request;
    }
    String payload = url.isSecure() ? UNSIGNED : digest(message.body());
    return sign(request, identity, payload, region, now);
  }

  private static void add(List<HttpHeader> headers, Map<String, String> more) {
    more.forEach((name, value) -> headers.add(new HttpHeader(name, value)));
  }

  private static HttpRequest sign(
      HttpRequest request, AwsCredentials identity, String payload, String region, Instant now) {
    byte[] token =
        identity instanceof AwsSessionCredentials session
            ? session.sessionToken().getBytes(StandardCharsets.UTF_8)
            : null;
    Credentials credentials =
        new Credentials(
            identity.accessKeyId().getBytes(StandardCharsets.UTF_8),
            identity.secretAccessKey().getBytes(StandardCharsets.UTF_8),
            token);
    try (AwsSigningConfig config = new AwsSigningConfig()) {
      config.setAlgorithm(AwsSigningConfig.AwsSigningAlgorithm.SIGV4);
      config.setSignatureType(AwsSigningConfig.AwsSignatureType.HTTP_REQUEST_VIA_HEADERS);
      config.setRegion(region);
      config.setService("s3");
      config.setTime(now.toEpochMilli());
      config.setCredentials(credentials);
      config.setUseDoubleUriEncode(false);
      config.setShouldNormalizeUriPath(false);
      config.setSignedBodyValue(payload);
      config.setSignedBodyHeader(AwsSigningConfig.AwsSignedBodyHeaderType.X_AMZ_CONTENT_SHA256);
      return AwsSigner.signRequest(request, config).get();
    } catch (ExecutionException | CrtRuntimeException failed) {
      throw SdkClientException.create("the request could not be signed", failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw AbortedException.create("interrupted before a request", interrupted);
    }
  }

  /** Over plain HTTP the signature covers the bytes. */
  private static String digest(byte @Nullable [] body) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(body == null ? new byte[0] : body));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private HttpClientConnectionManager connections(S3Url url) {
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
              .withMaxConnectionIdleInMilliseconds(IDLE_MILLIS);
      return HttpClientConnectionManager.create(
          url.isSecure() ? options.withTlsContext(tls()) : options);
    }
  }

  /** Trusts whom this JVM trusts. */
  private synchronized TlsContext tls() {
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

  @Override
  public synchronized void close() {
    for (HttpClientConnectionManager manager : managers.values()) {
      manager.close();
      try {
        manager.getShutdownCompleteFuture().get();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      } catch (ExecutionException failed) {
        LOG.debug("The connections to {} did not end cleanly", settings.bucket(), failed);
      }
    }
    managers.clear();
    if (tls != null) {
      tls.close();
      tls = null;
    }
    NativeRuntime.release();
  }
}
