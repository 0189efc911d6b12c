/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.job;

import java.util.UUID;

/** Names for runs that the caller did not name. */
final class JobNames {
  private JobNames() {}

  static String next() {
    return "job-" + UUID.randomUUID().toString().substring(0, 13);
  }
}
