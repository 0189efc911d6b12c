/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store;

import java.io.IOException;

/**
 * Proof that the file which was read is the one that was listed, for stores that cannot pin one.
 *
 * @param lengthBytes the end of the file, behind which nothing follows
 * @param question throws when another file has taken its place
 */
record FinalCheck(long lengthBytes, Question question) {
  /** Asks the store. */
  interface Question {
    void ask() throws IOException;
  }
}
