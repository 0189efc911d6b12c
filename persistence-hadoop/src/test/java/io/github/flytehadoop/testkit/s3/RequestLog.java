/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit.s3;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Every request in order of arrival, and how many were served at once. */
final class RequestLog {
  private final List<Entry> entries = new ArrayList<>();
  private int inFlight;
  private int maxInFlight;

  /** Records an arrival; it counts from this moment. */
  synchronized Entry add(S3Request request, String identity) {
    HttpHead head = request.head();
    String range = head.header("range").or(() -> head.header("x-amz-copy-source-range")).orElse("");
    Entry entry =
        new Entry(
            new Request(
                entries.size() + 1,
                request.kind(),
                head.method(),
                request.bucket(),
                request.key(),
                head.rawQuery(),
                identity,
                0,
                range,
                0,
                0));
    entries.add(entry);
    return entry;
  }

  /** Notes the body received so far. */
  synchronized void received(Entry entry, long bytesIn) {
    Request r = entry.request;
    entry.request = finished(r, r.status(), bytesIn, r.bytesOut());
  }

  /** Notes the reply; to be called before it is sent, so that the caller finds it here. */
  synchronized void replying(Entry entry, int status, long bytesOut) {
    entry.request = finished(entry.request, status, entry.request.bytesIn(), bytesOut);
  }

  synchronized void begin() {
    inFlight++;
    maxInFlight = Math.max(maxInFlight, inFlight);
  }

  synchronized void end() {
    inFlight--;
  }

  synchronized List<Request> requests() {
    return entries.stream().map(entry -> entry.request).toList();
  }

  synchronized Map<RequestKind, Integer> counts() {
    Map<RequestKind, Integer> counts = new EnumMap<>(RequestKind.class);
    entries.forEach(entry -> counts.merge(entry.request.kind(), 1, Integer::sum));
    return counts;
  }

  synchronized int maxInFlight() {
    return maxInFlight;
  }

  synchronized void reset() {
    entries.clear();
    maxInFlight = inFlight;
  }

  private static Request finished(Request r, int status, long bytesIn, long bytesOut) {
    return new Request(
        r.ordinal(),
        r.kind(),
        r.method(),
        r.bucket(),
        r.key(),
        r.query(),
        r.identity(),
        status,
        r.rangeHeader(),
        bytesIn,
        bytesOut);
  }

  /** A place in the log that is filled in as the request goes on. */
  static final class Entry {
    private Request request;

    private Entry(Request request) {
      this.request = request;
    }

    int ordinal() {
      return request.ordinal();
    }
  }
}
