/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.error;

import java.util.List;

/** What a transfer did, as far as it came. Implemented by {@code transfer.TransferReport}. */
public interface TransferSummary {
  /** The target, in the form the caller used. */
  String uri();

  /** Files that are at the target, whole and verified. */
  long files();

  /** Bytes in those files. */
  long bytes();

  /** Files that were left alone because the target already had them. */
  long skipped();

  /** Files that are not at the target, and why. */
  List<PathFailure> failures();

  /** The same as one JSON object. */
  String toJson();
}
