/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3.http;

import io.github.flytehadoop.hadoop.request.AdaptiveConcurrencyLimit;
import io.github.flytehadoop.hadoop.request.UploadStallDetector;
import java.io.IOException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * An HTTP client each of whose requests is counted, waits for its turn where the store wants fewer
 * (F10, F12), and is given up when nobody takes its body (F05) or wants it any more (F41).
 */
public final class WatchedHttpClient implements SdkHttpClient {
  private final SdkHttpClient client;
  private final RequestMeter meter;
  private final AdaptiveConcurrencyLimit pace;
  private final UploadStallDetector watch;

  /** A client around another, which it closes. */
  public WatchedHttpClient(
      SdkHttpClient client,
      RequestMeter meter,
      AdaptiveConcurrencyLimit pace,
      UploadStallDetector watch) {
    this.client = client;
    this.meter = meter;
    this.pace = pace;
    this.watch = watch;
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    UploadStallDetector.Exchange exchange = watch.exchange();
    HttpExecuteRequest watched =
        request
            .contentStreamProvider()
            .map(
                body ->
                    HttpExecuteRequest.builder()
                        .request(request.httpRequest())
                        .contentStreamProvider(() -> exchange.body(body.newStream()))
                        .metricCollector(request.metricCollector().orElse(null))
                        .build())
            .orElse(request);
    ExecutableHttpRequest prepared = client.prepareRequest(watched);
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        try (exchange) {
          return watched(paced(prepared, request, exchange));
        } catch (IOException failure) {
          throw exchange.explained(failure);
        }
      }

      @Override
      public void abort() {
        prepared.abort();
      }
    };
  }

  private HttpExecuteResponse watched(HttpExecuteResponse answer) {
    AbortableInputStream body = answer.responseBody().orElse(null);
    return body == null
        ? answer
        : HttpExecuteResponse.builder()
            .response(answer.httpResponse())
            .responseBody(AbortableInputStream.create(watch.answer(body, body::abort), body))
            .build();
  }

  private HttpExecuteResponse paced(
      ExecutableHttpRequest prepared,
      HttpExecuteRequest request,
      UploadStallDetector.Exchange exchange)
      throws IOException {
    AdaptiveConcurrencyLimit.Turn turn = begin();
    long start = System.nanoTime();
    try {
      meter.count(request.httpRequest());
      // how long it waited for its turn is no silence of the server
      exchange.begin(prepared::abort);
      HttpExecuteResponse answer = prepared.call();
      if (ThrottlingInterceptor.isRefusal(answer.httpResponse())) {
        pace.refused(turn, ThrottlingInterceptor.comeBackAfter(answer.httpResponse()));
      } else {
        pace.went();
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

  @Override
  public String clientName() {
    return client.clientName();
  }

  @Override
  public void close() {
    watch.close();
    client.close();
  }
}
