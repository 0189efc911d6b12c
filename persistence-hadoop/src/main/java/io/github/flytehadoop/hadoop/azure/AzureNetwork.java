/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.azure;

import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpHeaderName;
import com.azure.storage.blob.models.BlobStorageException;
import io.github.flytehadoop.hadoop.proxy.NetworkProxy;
import io.github.flytehadoop.hadoop.proxy.Proxies;
import io.github.flytehadoop.hadoop.proxy.ProxyAnswerException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.nio.channels.UnresolvedAddressException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;

/** Says of failures of the network what the JDK's HTTP client leaves out. */
final class AzureNetwork {
  private static final Pattern DETAIL =
      Pattern.compile("<AuthenticationErrorDetail>.*?</AuthenticationErrorDetail>", Pattern.DOTALL);

  private static final Pattern TUNNEL = Pattern.compile("^Tunnel failed, got: (\\d{3})");
  private static final HttpHeaderName REQUEST_ID = HttpHeaderName.fromString("x-ms-request-id");
  private static final int NO_LOGIN = 407;

  /** A client with an authenticator of the JDK's would send no authorization to the store. */
  static final String PROXY_LOGIN = "Proxy-Authorization";

  private AzureNetwork() {}

  /** A client that leaves the network as it is told to. */
  static HttpClient.Builder through(Proxies proxies) {
    return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).proxy(proxies);
  }

  /** The failure, with the address that was tried; the answer of a proxy as such. */
  static IOException told(IOException failure, URI server, NetworkProxy proxy) {
    URI address = proxy.address() == null ? server : proxy.address();
    ProxyAnswerException answer = ofProxy(failure, proxy);
    return answer == null ? told(failure, address) : answer;
  }

  /**
   * The answer of a proxy in the place of the server, which asks for no tunnel to it and whose
   * answers have an id; null for another failure.
   */
  static @Nullable ProxyAnswerException ofProxy(Exception failure, NetworkProxy proxy) {
    if (proxy.address() == null) {
      return null;
    }
    for (Throwable link = failure; link != null; link = link.getCause()) {
      Matcher tunnel = TUNNEL.matcher(String.valueOf(link.getMessage()));
      if (tunnel.find()) {
        return new ProxyAnswerException(proxy, Integer.parseInt(tunnel.group(1)), failure);
      }
      if (isWithoutBody(link)) {
        return new ProxyAnswerException(proxy, NO_LOGIN, failure);
      }
      if (link instanceof HttpResponseException answer && isOfProxy(answer)) {
        return new ProxyAnswerException(proxy, answer.getResponse().getStatusCode(), failure);
      }
    }
    return null;
  }

  /** The JDK takes a proxy that wants a login before its tunnel for an answer with no body. */
  private static boolean isWithoutBody(Throwable link) {
    return link instanceof NullPointerException
        && String.valueOf(link.getMessage()).contains("'inputStream' cannot be null");
  }

  private static boolean isOfProxy(HttpResponseException answer) {
    return answer.getResponse().getStatusCode() == NO_LOGIN
        || answer.getResponse().getHeaderValue(REQUEST_ID) == null;
  }

  /** The failure, with the address that was tried; an unknown host as such. */
  private static IOException told(IOException failure, URI address) {
    boolean refused = false;
    for (Throwable link = failure; link != null; link = link.getCause()) {
      if (link instanceof UnresolvedAddressException) {
        UnknownHostException unknown = new UnknownHostException(address.getHost());
        unknown.addSuppressed(failure);
        return unknown;
      }
      refused |= link instanceof ConnectException;
    }
    if (!refused) {
      return failure;
    }
    ConnectException plain = new ConnectException("Connection refused");
    plain.addSuppressed(failure);
    int usual = "https".equals(address.getScheme()) ? 443 : 80;
    int port = address.getPort() >= 0 ? address.getPort() : usual;
    return new IOException("connect to " + address.getHost() + ":" + port + " failed", plain);
  }

  /**
   * A text of the store without what it says of a signature that does not fit: that repeats the
   * headers which were signed, a key of the customer's among them.
   */
  static String withoutDetail(String said) {
    return DETAIL.matcher(said).replaceAll("");
  }

  /** What was thrown inside of the SDK's pipeline. */
  static Exception unwrapped(RuntimeException thrown) {
    Throwable inner = Exceptions.unwrap(thrown);
    if (inner instanceof BlobStorageException told && DETAIL.matcher(said(told)).find()) {
      return new BlobStorageException(withoutDetail(said(told)), told.getResponse(), null);
    }
    Throwable network = inner instanceof UncheckedIOException ? inner.getCause() : inner;
    Throwable io = network instanceof RuntimeException ? wrapped(network) : network;
    return io instanceof Exception exception ? exception : thrown;
  }

  private static String said(Exception failure) {
    return String.valueOf(failure.getMessage());
  }

  /** An IOException or interruption that a plain RuntimeException was put around. */
  private static Throwable wrapped(Throwable thrown) {
    Throwable cause = thrown.getCause();
    boolean plain =
        thrown.getClass() == RuntimeException.class
            || thrown.getClass() == IllegalStateException.class;
    return plain && (cause instanceof IOException || cause instanceof InterruptedException)
        ? cause
        : thrown;
  }
}
