/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.http.policy.AddDatePolicy;
import com.azure.core.http.policy.AddHeadersPolicy;
import com.azure.core.http.policy.HttpPipelinePolicy;
import com.azure.core.http.policy.RequestIdPolicy;
import com.azure.core.http.policy.UserAgentPolicy;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Configuration;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.BlobServiceVersion;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.CustomerProvidedKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.InvalidPathHandleException;
import org.jspecify.annotations.Nullable;

/**
 * Sends each request to one container once, and waits for its answer. What it sends itself are the
 * bodies: the SDK's own calls would send them through Reactor, which tells of every interrupted one
 * in the log and promises nothing about what it holds. Its threads are daemons that end when idle.
 */
public final class AzureClient {
  /** Old enough for every emulator and cloud, and has all that is asked for. */
  private static final BlobServiceVersion VERSION = BlobServiceVersion.V2021_12_02;

  /** An upload that is slower than this is taken for one that does not arrive. */
  private static final long LEAST_BYTES_A_SECOND = 64 << 10;

  private static final HttpHeaderName PROXY_LOGIN =
      HttpHeaderName.fromString(AzureNetwork.PROXY_LOGIN);
  private static final String RESPONSE_TIMEOUT = "azure-response-timeout";
  private static final int PARTIAL = 206;
  private static final int FIRST_FAILURE = 300;

  private final AzureClientSettings settings;
  private final HttpPipeline pipeline;
  private final BlobContainerClient container;
  private final @Nullable CustomerProvidedKey customerKey;

  AzureClient(AzureClientSettings settings, AzureMeter meter) {
    this.settings = settings;
    this.pipeline =
        new HttpPipelineBuilder()
            .httpClient(httpClient(settings))
            .policies(policies(settings, meter).toArray(HttpPipelinePolicy[]::new))
            .build();
    String key = settings.customerKey();
    this.customerKey = key == null ? null : new CustomerProvidedKey(key);
    this.container =
        new BlobServiceClientBuilder()
            .endpoint(settings.address().sdkEndpoint(settings.account()))
            .serviceVersion(VERSION)
            .customerProvidedKey(customerKey)
            .pipeline(pipeline)
            .buildClient()
            .getBlobContainerClient(settings.container());
  }

  /** The identity comes behind all that changes what is signed. */
  private static List<HttpPipelinePolicy> policies(AzureClientSettings settings, AzureMeter meter) {
    List<HttpPipelinePolicy> policies = new ArrayList<>();
    policies.add(new UserAgentPolicy((settings.userAgent() + " flyte-hadoop").strip()));
    policies.add(new RequestIdPolicy());
    policies.add(new AddDatePolicy());
    if (!settings.address().path().isEmpty()) {
      policies.add(new EndpointPolicy(settings.address()));
    }
    policies.add(settings.identity().policy());
    policies.add(meter);
    policies.add(new BodyLengthPolicy());
    String login = settings.proxies().of(settings.address().endpoint()).authorization();
    if (login != null) {
      policies.add(new AddHeadersPolicy(new HttpHeaders().set(PROXY_LOGIN, login)));
    }
    return policies;
  }

  private static com.azure.core.http.HttpClient httpClient(AzureClientSettings settings) {
    AzureClientSettings.Timeouts timeouts = settings.timeouts();
    HttpClient.Builder ours =
        AzureNetwork.through(settings.proxies()).followRedirects(HttpClient.Redirect.NEVER);
    return new JdkHttpClientBuilder(ours)
        .configuration(Configuration.NONE) // else it looks for proxies of its own
        .connectionTimeout(timeouts.connect())
        .responseTimeout(timeouts.silence())
        .readTimeout(timeouts.silence())
        .writeTimeout(timeouts.silence())
        .build();
  }

  /** The SDK's client, for requests without a body. */
  public BlobContainerClient container() {
    return container;
  }

  /**
   * Writes to a blob.
   *
   * @param query without the question mark, empty for none
   * @throws BlobStorageException when the store refuses it
   */
  public void put(String key, String query, Map<String, String> headers, BinaryData body) {
    HttpRequest request = request(HttpMethod.PUT, key, query);
    headers.forEach((name, value) -> request.setHeader(HttpHeaderName.fromString(name), value));
    long length = body.getLength();
    request.setHeader(HttpHeaderName.CONTENT_LENGTH, Long.toString(length)).setBody(body);
    try (HttpResponse answer = pipeline.sendSync(request, patience(length))) {
      refuseFailure(answer);
    }
  }

  /** The JDK counts the time of the body, too. */
  private Context patience(long bodyBytes) {
    Duration body = Duration.ofSeconds(bodyBytes / LEAST_BYTES_A_SECOND);
    return new Context(RESPONSE_TIMEOUT, settings.timeouts().silence().plus(body));
  }

  /**
   * Reads a range of one version of a blob.
   *
   * @param etag with its quotes
   * @param end behind the last byte
   * @return the bytes as they come; to be closed
   * @throws BlobStorageException when the store refuses it
   */
  public InputStream get(String key, String etag, long start, long end) {
    HttpRequest request = request(HttpMethod.GET, key, "");
    request.setHeader(HttpHeaderName.IF_MATCH, etag);
    request.setHeader(HttpHeaderName.fromString("x-ms-range"), "bytes=" + start + "-" + (end - 1));
    HttpResponse answer = pipeline.sendSync(request, Context.NONE);
    refuseFailure(answer);
    IOException other = otherThanAsked(answer, etag, start);
    if (other != null) {
      answer.close();
      throw new UncheckedIOException(other);
    }
    return answer.getBodyAsBinaryData().toStream();
  }

  /** There are servers and caches that know neither this range nor conditions (F07, F29). */
  private static @Nullable IOException otherThanAsked(
      HttpResponse answer, String etag, long start) {
    String range = String.valueOf(answer.getHeaderValue(HttpHeaderName.CONTENT_RANGE));
    boolean asked =
        answer.getStatusCode() == PARTIAL ? range.startsWith("bytes " + start + "-") : start == 0;
    if (!asked) {
      return new IOException("the store sent another range than it was asked for");
    }
    String found = answer.getHeaderValue(HttpHeaderName.ETAG);
    return found == null || found.replace("\"", "").equals(etag.replace("\"", ""))
        ? null
        : new InvalidPathHandleException("another version replaced it");
  }

  private HttpRequest request(HttpMethod method, String key, String query) {
    String blob = container.getBlobClient(key).getBlobUrl();
    HttpHeaders headers =
        new HttpHeaders()
            .set(HttpHeaderName.fromString("x-ms-version"), VERSION.getVersion())
            .set(HttpHeaderName.ACCEPT, "application/xml")
            .set(HttpHeaderName.CONTENT_LENGTH, "0"); // the signature wants one
    if (customerKey != null) {
      headers
          .set(HttpHeaderName.fromString("x-ms-encryption-key"), customerKey.getKey())
          .set(HttpHeaderName.fromString("x-ms-encryption-key-sha256"), customerKey.getKeySha256())
          .set(HttpHeaderName.fromString("x-ms-encryption-algorithm"), "AES256");
    }
    return new HttpRequest(method, query.isEmpty() ? blob : blob + "?" + query).setHeaders(headers);
  }

  private static void refuseFailure(HttpResponse answer) {
    if (answer.getStatusCode() >= FIRST_FAILURE) {
      try (answer) {
        HttpResponse told = answer.buffer();
        String said = told.getBodyAsBinaryData().toString();
        throw new BlobStorageException(
            AzureNetwork.withoutDetail("Status code " + told.getStatusCode() + ", " + said),
            told,
            null);
      }
    }
  }
}
