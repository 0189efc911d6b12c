/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.plan;

import io.github.flytehadoop.store.Attributes;
import java.util.Objects;

/** Whether two files are the same, from listings alone, without a request for each. */
public final class Identity {
  private Identity() {}

  /** Whether two files count as the same by what listings tell. */
  public static boolean isIdentical(Attributes source, Attributes target) {
    return source.lengthBytes() == target.lengthBytes()
        && (haveEtags(source, target)
            ? Objects.equals(source.etag(), target.etag())
            : !target.modified().isBefore(source.modified()));
  }

  /** Whether both files have an etag to compare. */
  public static boolean haveEtags(Attributes source, Attributes target) {
    return source.etag() != null && target.etag() != null;
  }
}
