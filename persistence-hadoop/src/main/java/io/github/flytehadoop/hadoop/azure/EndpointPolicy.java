/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.azure;

import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpPipelineNextSyncPolicy;
import com.azure.core.http.HttpPipelinePosition;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import java.net.URL;
import reactor.core.publisher.Mono;

/**
 * Sends requests to an emulator, whose accounts are paths, before they are signed. The SDK by
 * itself takes accounts for paths where the host is an address, and not where it has a name.
 */
final class EndpointPolicy implements HttpPipelinePolicy {
  private final AzureAddress address;

  EndpointPolicy(AzureAddress address) {
    this.address = address;
  }

  @Override
  public Mono<HttpResponse> process(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
    send(context.getHttpRequest());
    return next.process();
  }

  @Override
  public HttpResponse processSync(
      HttpPipelineCallContext context, HttpPipelineNextSyncPolicy next) {
    send(context.getHttpRequest());
    return next.processSync();
  }

  private void send(HttpRequest request) {
    URL url = request.getUrl();
    request.setUrl(address.endpoint() + address.path() + url.getFile());
  }

  @Override
  public HttpPipelinePosition getPipelinePosition() {
    return HttpPipelinePosition.PER_CALL;
  }
}
