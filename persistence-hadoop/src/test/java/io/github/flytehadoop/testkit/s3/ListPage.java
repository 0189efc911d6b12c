/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit.s3;

import java.util.List;
import java.util.Optional;

/**
 * One page of a listing.
 *
 * @param nextToken present when there is more
 */
record ListPage(List<Entry> entries, List<String> prefixes, Optional<String> nextToken) {

  /** A key and what is under it. */
  record Entry(String key, StoredObject object) {}

  ListPage withEntries(List<Entry> other) {
    return new ListPage(other, prefixes, nextToken);
  }

  ListPage withNextToken(String token) {
    return new ListPage(entries, prefixes, Optional.of(token));
  }
}
