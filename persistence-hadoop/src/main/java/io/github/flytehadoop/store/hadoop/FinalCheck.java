/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.hadoop;

import java.io.IOException;

/**
 * Proof that the file which was read is the one that was listed, for stores that cannot pin one.
 *
 * @param lengthBytes the end of the file, behind which nothing follows
 * @param question throws when another file has taken its place
 */
public record FinalCheck(long lengthBytes, Question question) {
  /** Asks the store. */
  public interface Question {
    /** Looks at the file again; throws when it is another one now. */
    void ask() throws IOException;
  }
}
