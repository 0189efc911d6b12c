/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.http;

import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Attributes;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.apache.hadoop.io.IOUtils;

/**
 * Sends requests and follows redirects to other web addresses, never from https to http. The proxy
 * is that of the JVM's system properties. HTTP/1.1: parts of one file then come over connections of
 * their own.
 */
final class HttpRequests {
  private final HttpClient client;
  private final Duration silence;

  /** An exchange that gives up a server which is silent for so long. */
  HttpRequests(Duration silence) {
    this.silence = silence;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(silence)
            .build();
  }

  static HttpRequest.Builder head(URI uri) {
    return HttpRequest.newBuilder(uri).method("HEAD", HttpRequest.BodyPublishers.noBody());
  }

  static HttpRequest.Builder get(URI uri) {
    return HttpRequest.newBuilder(uri).GET();
  }

  HttpResponse<InputStream> send(String verb, Location at, HttpRequest.Builder request)
      throws TransferException {
    // a compressed body would have another length and other ranges
    HttpRequest.Builder ready = request.header("Accept-Encoding", "identity").timeout(silence);
    HttpResponse<InputStream> response = sendOnce(verb, at, ready.build());
    for (int redirects = 0; HttpRedirects.isRedirect(response); redirects++) {
      IOUtils.closeStream(response.body());
      URI next = HttpRedirects.next(verb, at, response);
      if (redirects == HttpRedirects.MOST) {
        throw HttpRedirects.tooMany(verb, at, next);
      }
      response = sendOnce(verb, at, ready.uri(next).build());
    }
    return response;
  }

  private HttpResponse<InputStream> sendOnce(String verb, Location at, HttpRequest request)
      throws TransferException {
    try {
      return client.send(request, begun -> new ArrivingBody(silence));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw HttpFailures.of(verb, at, new InterruptedIOException("the thread was interrupted"));
    } catch (IOException failure) {
      throw HttpFailures.of(verb, at, request.uri(), failure);
    }
  }

  /** The body, complete or an exception. */
  static InputStream guarded(Location at, HttpResponse<InputStream> response) {
    return new HttpRead(
        at,
        response.body(),
        response.headers().firstValueAsLong("Content-Length").orElse(Attributes.UNKNOWN_LENGTH));
  }
}
