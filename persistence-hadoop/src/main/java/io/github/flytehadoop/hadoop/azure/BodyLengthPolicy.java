/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpPipelineNextSyncPolicy;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Shows the length of a body to whoever asks for it by name, and to nobody who takes all headers.
 * The JDK's client writes that header itself; the SDK would warn of it at every request.
 */
final class BodyLengthPolicy implements HttpPipelinePolicy {
  /** The headers of one request. */
  private static final class Unlisted extends HttpHeaders {
    private final @Nullable String length;

    Unlisted(HttpHeaders headers) {
      super(headers);
      this.length = headers.getValue(HttpHeaderName.CONTENT_LENGTH);
      remove(HttpHeaderName.CONTENT_LENGTH);
    }

    @Override
    public @Nullable String getValue(HttpHeaderName name) {
      return HttpHeaderName.CONTENT_LENGTH.equals(name) ? length : super.getValue(name);
    }
  }

  @Override
  public Mono<HttpResponse> process(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
    hide(context);
    return next.process();
  }

  @Override
  public HttpResponse processSync(
      HttpPipelineCallContext context, HttpPipelineNextSyncPolicy next) {
    hide(context);
    return next.processSync();
  }

  private static void hide(HttpPipelineCallContext context) {
    context.getHttpRequest().setHeaders(new Unlisted(context.getHttpRequest().getHeaders()));
  }
}
