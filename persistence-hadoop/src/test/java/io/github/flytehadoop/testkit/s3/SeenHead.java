/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit.s3;

import java.util.Map;
import java.util.Optional;

/**
 * The head of a request as it arrived.
 *
 * @param path as sent, still encoded
 * @param headers by lower-case name
 */
public record SeenHead(
    String method, String path, Map<String, String> query, Map<String, String> headers) {
  /** A header by its lower-case name. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }
}
