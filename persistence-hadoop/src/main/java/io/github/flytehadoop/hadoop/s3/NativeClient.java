/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3;

import io.github.flytehadoop.hadoop.request.AdaptiveConcurrencyLimit;
import io.github.flytehadoop.hadoop.s3.crt.NativeDownload;
import io.github.flytehadoop.hadoop.s3.crt.NativeExchange;
import io.github.flytehadoop.hadoop.s3.crt.NativeRuntime;
import io.github.flytehadoop.hadoop.s3.crt.NativeSigner;
import io.github.flytehadoop.hadoop.s3.crt.NativeTransfer;
import io.github.flytehadoop.hadoop.s3.crt.NativeUpload;
import io.github.flytehadoop.hadoop.s3.crt.NotNativeException;
import io.github.flytehadoop.hadoop.s3.http.RequestMeter;
import io.github.flytehadoop.hadoop.s3.http.S3Totals;
import io.github.flytehadoop.hadoop.s3.http.ThrottlingInterceptor;
import io.github.flytehadoop.hadoop.s3.message.S3Answer;
import io.github.flytehadoop.hadoop.s3.message.S3Body;
import io.github.flytehadoop.hadoop.s3.message.S3Message;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.crt.http.HttpClientConnectionManager;
import software.amazon.awssdk.crt.http.HttpHeader;
import software.amazon.awssdk.crt.http.HttpRequest;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Sends requests for the bytes of objects and for pages of listings over native connections, signed
 * by native code, at a fraction of what the SDK's pipeline takes of the processor. It tries nothing
 * twice. Thread-safe.
 */
final class NativeClient implements AutoCloseable {
  /** The most bytes of all bodies at once; what comes beyond goes by the SDK's streams. */
  private static final int MOST_BYTES_AT_ONCE = 64 << 20;

  /** Java's setting of a certificate that a client shows; native code would show none. */
  private static final String OWN_CERTIFICATE = "javax.net.ssl.keyStore";

  private final S3ClientSettings settings;
  private final RequestMeter meter;
  private final AdaptiveConcurrencyLimit pace;
  private final Semaphore bytes = new Semaphore(MOST_BYTES_AT_ONCE);
  private final NativeConnections connections;
  private final Set<NativeTransfer> open = ConcurrentHashMap.newKeySet();

  private NativeClient(
      S3ClientSettings settings, RequestMeter meter, AdaptiveConcurrencyLimit pace) {
    this.settings = settings;
    this.meter = meter;
    this.pace = pace;
    this.connections = new NativeConnections(settings, NativeRuntime.acquire());
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
    byte[] content = message.body();
    NativeExchange.Body body = content == null ? null : new NativeExchange.Body(content);
    return sent(
        signed(message, body, address, now),
        (connections, request) ->
            new NativeExchange(settings.timeouts().silence()).run(connections, request, body));
  }

  /**
   * Opens the answer to one request, sent once; null when there is no memory for it now. The same
   * failures.
   */
  @Nullable S3Body open(S3Message message, S3Address address, Instant now) throws IOException {
    int window = NativeDownload.WINDOW_BYTES;
    if (!bytes.tryAcquire(window)) {
      return null;
    }
    NativeDownload download =
        new NativeDownload(settings.timeouts().silence(), over -> left(over, window));
    open.add(download);
    boolean opened = false;
    try {
      sent(signed(message, null, address, now), download::open);
      opened = true;
      return download;
    } finally {
      if (!opened) {
        download.abort();
      }
    }
  }

  private void left(NativeDownload over, int window) {
    open.remove(over);
    bytes.release(window);
  }

  /**
   * Sends one request, once, whose body is read while it is sent; null where its bytes have to be
   * signed. The same failures.
   *
   * @param message without a body, and with the length of it as a header
   */
  @Nullable S3Answer upload(
      S3Message message, ContentStreamProvider body, S3Address address, Instant now)
      throws IOException {
    if (!address.isSecure()) {
      return null;
    }
    long lengthBytes = Long.parseLong(message.headers().getOrDefault("Content-Length", "0"));
    NativeUpload upload = new NativeUpload(settings.timeouts().silence(), body, lengthBytes);
    Signed signed = signed(message, null, address, now);
    open.add(upload);
    try {
      return sent(signed, upload::run);
    } finally {
      open.remove(upload);
    }
  }

  /** A request that is complete, and where it goes. */
  private record Signed(S3Message message, S3Url url, HttpRequest request) {}

  /** One way of sending a request. */
  private interface Sending {
    S3Answer send(HttpClientConnectionManager connections, HttpRequest request) throws IOException;
  }

  private S3Answer sent(Signed signed, Sending sending) throws IOException {
    SdkHttpMethod method = signed.message().method();
    AdaptiveConcurrencyLimit.Turn turn = begin();
    long start = System.nanoTime();
    try {
      meter.count(method, signed.message().query());
      S3Answer answer = sending.send(connections.to(signed.url()), signed.request());
      if (method == SdkHttpMethod.GET && isWithoutEnd(answer.response())) {
        throw new NotNativeException("answers end with their connections", null);
      }
      if (ThrottlingInterceptor.isRefusal(answer.response())) {
        pace.refused(turn, ThrottlingInterceptor.comeBackAfter(answer.response()));
      } else {
        pace.went();
      }
      if (!answer.response().isSuccessful()) {
        throw S3Refusal.of(method, answer.response(), answer.body());
      }
      return answer;
    } catch (SSLHandshakeException untrusted) {
      connections.hang();
      throw untrusted;
    } finally {
      S3Totals.took(System.nanoTime() - start);
      pace.end();
    }
  }

  /** Whether a body has no length, for which the library would take it to be empty. */
  private static boolean isWithoutEnd(SdkHttpResponse response) {
    return response.firstMatchingHeader("Content-Length").isEmpty()
        && response.firstMatchingHeader("Transfer-Encoding").isEmpty();
  }

  private AdaptiveConcurrencyLimit.Turn begin() {
    try {
      return pace.begin();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw AbortedException.create("interrupted while the store wants fewer requests");
    }
  }

  private Signed signed(
      S3Message message, NativeExchange.@Nullable Body body, S3Address address, Instant now) {
    S3Url url = S3Url.of(settings.bucket(), address);
    if (url == null) {
      throw new NotNativeException("the bucket has moved to where only the SDK finds it", null);
    }
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
      return new Signed(message, url, request);
    }
    String payload = url.isSecure() ? NativeSigner.UNSIGNED : NativeSigner.digest(message.body());
    return new Signed(
        message, url, NativeSigner.sign(request, identity, payload, address.region(), now));
  }

  private static void add(List<HttpHeader> headers, Map<String, String> more) {
    more.forEach((name, value) -> headers.add(new HttpHeader(name, value)));
  }

  @Override
  public void close() {
    connections.refuse(); // so that no more is opened than is ended next
    open.forEach(NativeTransfer::cancel);
    connections.close();
    if (connections.isHanging()) {
      NativeRuntime.abandon();
    } else {
      NativeRuntime.release();
    }
  }
}
