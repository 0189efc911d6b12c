/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.azure;

import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpPipelineNextSyncPolicy;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.fs.azurebfs.extensions.SASTokenProvider;
import reactor.core.publisher.Mono;

/** Has each request carry the signature that a class of the user's gives for it. */
final class SignaturePolicy implements HttpPipelinePolicy {
  private final SASTokenProvider provider;
  private final AccountConfiguration options;

  SignaturePolicy(SASTokenProvider provider, AccountConfiguration options) {
    this.provider = provider;
    this.options = options;
  }

  @Override
  public Mono<HttpResponse> process(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
    return Mono.defer(
        () -> {
          try {
            sign(context.getHttpRequest());
            return next.process();
          } catch (IOException failure) {
            return Mono.error(failure);
          }
        });
  }

  @Override
  public HttpResponse processSync(
      HttpPipelineCallContext context, HttpPipelineNextSyncPolicy next) {
    try {
      sign(context.getHttpRequest());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return next.processSync();
  }

  private void sign(HttpRequest request) throws IOException {
    String url = request.getUrl().toString();
    String token =
        provider.getSASToken(options.account(), options.container(), key(request), what(request));
    String plain = token.startsWith("?") ? token.substring(1) : token;
    if (!isQuery(plain)) {
      throw new AzureLoginException("the signature is no query string", 0);
    }
    request.setUrl(url + (url.contains("?") ? "&" : "?") + plain);
  }

  /** Whether it can stand in an address; the SDK logs a whole address that is none. */
  static boolean isQuery(String signature) {
    try {
      return new URI("https://host/?" + signature).getRawFragment() == null;
    } catch (URISyntaxException malformed) {
      return false;
    }
  }

  /** The name of the blob, as ABFS writes it. */
  private String key(HttpRequest request) {
    String path = request.getUrl().getPath();
    String before = "/" + options.container();
    int at = path.indexOf(before + "/");
    String encoded = at < 0 ? "" : path.substring(at + before.length() + 1);
    return "/" + URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static String what(HttpRequest request) {
    String query = String.valueOf(request.getUrl().getQuery());
    return switch (request.getHttpMethod()) {
      case PUT -> SASTokenProvider.WRITE_OPERATION;
      case DELETE -> SASTokenProvider.DELETE_OPERATION;
      case HEAD -> SASTokenProvider.GET_STATUS_OPERATION;
      default ->
          query.contains("comp=list")
              ? SASTokenProvider.LIST_OPERATION
              : SASTokenProvider.READ_OPERATION;
    };
  }
}
