/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpPipelineNextSyncPolicy;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import reactor.core.publisher.Mono;

/** Has each request carry a token, over TLS alone. */
final class TokenPolicy implements HttpPipelinePolicy {
  private final TokenSource source;

  TokenPolicy(TokenSource source) {
    this.source = source;
  }

  @Override
  public Mono<HttpResponse> process(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
    return Mono.defer(
        () -> {
          try {
            add(context);
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
      add(context);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return next.processSync();
  }

  private void add(HttpPipelineCallContext context) throws IOException {
    if (!"https".equals(context.getHttpRequest().getUrl().getProtocol())) {
      throw new AzureLoginException("tokens are sent over TLS alone", 0);
    }
    String token = source.fetch().getToken();
    context.getHttpRequest().setHeader(HttpHeaderName.AUTHORIZATION, header(token));
  }

  /** The JDK would print a header that it refuses. */
  static String header(String token) throws AzureLoginException {
    if (token.isEmpty() || !token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new AzureLoginException("the token is not one line of plain characters", 0);
    }
    return "Bearer " + token;
  }
}
