/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer;

import io.github.flytehadoop.store.Attributes;
import java.util.Objects;

/** Whether two files are the same, from listings alone, without a request for each. */
final class Identity {
  private Identity() {}

  static boolean isIdentical(Attributes source, Attributes target) {
    return source.lengthBytes() == target.lengthBytes()
        && (haveEtags(source, target)
            ? Objects.equals(source.etag(), target.etag())
            : !target.modified().isBefore(source.modified()));
  }

  static boolean haveEtags(Attributes source, Attributes target) {
    return source.etag() != null && target.etag() != null;
  }
}
