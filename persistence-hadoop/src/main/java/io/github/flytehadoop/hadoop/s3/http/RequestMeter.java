/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3.http;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

/** Counts HTTP requests by the classes that price lists have; repeated ones too. Thread-safe. */
public final class RequestMeter {
  private final ConcurrentMap<String, LongAdder> counts = new ConcurrentHashMap<>();

  /** Counts a request by its method and its parameters. */
  public void count(SdkHttpRequest request) {
    count(classOf(request));
  }

  /** Counts a request that copies nothing, by its method and its parameters. */
  public void count(SdkHttpMethod method, Map<String, ?> query) {
    count(classOf(method, query, false));
  }

  private void count(String kind) {
    S3Totals.sent();
    counts.computeIfAbsent(kind, first -> new LongAdder()).increment();
  }

  private static String classOf(SdkHttpRequest request) {
    return classOf(
        request.method(),
        request.rawQueryParameters(),
        request.firstMatchingHeader("x-amz-copy-source").isPresent());
  }

  private static String classOf(SdkHttpMethod method, Map<String, ?> query, boolean copies) {
    return switch (method) {
      case GET -> query.containsKey("list-type") ? "LIST" : ofGet(query);
      case PUT -> copies ? "COPY" : "PUT";
      case POST -> query.containsKey("delete") ? "DELETE" : "POST";
      default -> method.name();
    };
  }

  private static String ofGet(Map<String, ?> query) {
    return query.containsKey("uploads") || query.containsKey("uploadId") ? "LIST" : "GET";
  }

  /** A copy of the counts so far, by class. */
  public Map<String, Long> counts() {
    Map<String, Long> copy = new TreeMap<>();
    counts.forEach((kind, count) -> copy.put(kind, count.sum()));
    return copy;
  }
}
