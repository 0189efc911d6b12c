/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit.s3;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * A request in the terms of S3, path style.
 *
 * @param key the literal key, or empty
 * @param body decoded; empty until it is read
 * @param fault what shall go wrong with it
 */
record S3Request(
    HttpHead head, RequestKind kind, String bucket, String key, Content body, Fault fault) {

  static S3Request of(HttpHead head) {
    String path = head.rawPath().substring(1);
    int slash = path.indexOf('/');
    String bucket = HttpHead.decode(slash < 0 ? path : path.substring(0, slash));
    String key = slash < 0 ? "" : HttpHead.decode(path.substring(slash + 1));
    RequestKind kind = RequestKind.of(head, key);
    return new S3Request(head, kind, bucket, key, Content.EMPTY, Fault.NONE);
  }

  Optional<String> header(String name) {
    return head.header(name);
  }

  Optional<String> parameter(String name) {
    return head.parameter(name);
  }

  /** The headers with such names, by lower-case name. */
  Map<String, String> headers(Predicate<String> names) {
    Map<String, String> found = new TreeMap<>(head.headers());
    found.keySet().removeIf(names.negate());
    return Collections.unmodifiableMap(found);
  }

  S3Request withHead(HttpHead other) {
    return new S3Request(other, kind, bucket, key, body, fault);
  }

  S3Request withBody(Content other) {
    return new S3Request(head, kind, bucket, key, other, fault);
  }

  S3Request withFault(Fault other) {
    return new S3Request(head, kind, bucket, key, body, other);
  }
}
