/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.azure;

import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpPipelineNextSyncPolicy;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import reactor.core.publisher.Mono;

/** Counts HTTP requests by the classes that price lists have. Thread-safe. */
final class AzureMeter implements HttpPipelinePolicy {
  private final ConcurrentMap<String, LongAdder> counts = new ConcurrentHashMap<>();

  @Override
  public Mono<HttpResponse> process(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
    count(context.getHttpRequest());
    return next.process();
  }

  @Override
  public HttpResponse processSync(
      HttpPipelineCallContext context, HttpPipelineNextSyncPolicy next) {
    count(context.getHttpRequest());
    return next.processSync();
  }

  private void count(HttpRequest request) {
    boolean list =
        request.getHttpMethod() == HttpMethod.GET
            && String.valueOf(request.getUrl().getQuery()).contains("comp=list");
    String kind = list ? "LIST" : request.getHttpMethod().toString();
    counts.computeIfAbsent(kind, first -> new LongAdder()).increment();
  }

  /** A copy of the counts so far, by class. */
  Map<String, Long> counts() {
    Map<String, Long> copy = new TreeMap<>();
    counts.forEach((kind, count) -> copy.put(kind, count.sum()));
    return copy;
  }
}
