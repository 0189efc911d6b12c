/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3;

import java.io.IOException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * An HTTP client each of whose requests is counted, waits for its turn where the store wants fewer
 * (F10, F12), and is given up when nobody takes its body (F05).
 */
final class WatchedHttpClient implements SdkHttpClient {
  private final SdkHttpClient client;
  private final RequestMeter meter;
  private final Pace pace;
  private final SendingWatch watch;

  WatchedHttpClient(SdkHttpClient client, RequestMeter meter, Pace pace, SendingWatch watch) {
    this.client = client;
    this.meter = meter;
    this.pace = pace;
    this.watch = watch;
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    SendingWatch.Sending sending = request.contentStreamProvider().map(watch::sending).orElse(null);
    HttpExecuteRequest watched =
        sending == null
            ? request
            : HttpExecuteRequest.builder()
                .request(request.httpRequest())
                .contentStreamProvider(sending)
                .metricCollector(request.metricCollector().orElse(null))
                .build();
    ExecutableHttpRequest prepared = client.prepareRequest(watched);
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        try (SendingWatch.Sending body = sending) {
          if (body != null) {
            body.abortable(prepared);
          }
          return paced(prepared, request);
        }
      }

      @Override
      public void abort() {
        prepared.abort();
      }
    };
  }

  private HttpExecuteResponse paced(ExecutableHttpRequest prepared, HttpExecuteRequest request)
      throws IOException {
    Pace.Turn turn = begin();
    try {
      meter.count(request.httpRequest());
      HttpExecuteResponse answer = prepared.call();
      if (Pacing.isRefusal(answer.httpResponse())) {
        pace.refused(turn, Pacing.comeBackAfter(answer.httpResponse()));
      } else {
        pace.went();
      }
      return answer;
    } finally {
      pace.end();
    }
  }

  private Pace.Turn begin() {
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
