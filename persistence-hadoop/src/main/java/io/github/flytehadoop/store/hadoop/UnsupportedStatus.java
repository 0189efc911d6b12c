/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.hadoop;

import java.io.IOException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a listing that nobody can transfer: its key is one that no {@link Path} can hold,
 * such as {@code a//b}, or it is a directory that may not be listed.
 */
public final class UnsupportedStatus extends FileStatus {
  private static final long serialVersionUID = 1L;

  private final String below;
  private final String why;
  private final transient @Nullable IOException denied;

  /** The key behind the prefix of the listed root, and why no path names it, as a clause. */
  public UnsupportedStatus(String below, String why, Path root) {
    super(0, false, 0, 0, 0, root);
    this.below = below;
    this.why = why;
    this.denied = null;
  }

  /** A directory that may not be listed. */
  UnsupportedStatus(FileStatus directory, IOException denied) {
    super(0, true, 0, 0, directory.getModificationTime(), directory.getPath());
    this.below = "";
    this.why = "";
    this.denied = denied;
  }

  String below() {
    return below;
  }

  String why() {
    return why;
  }

  /** The refusal of a directory; null for a key that no path can hold. */
  @Nullable IOException denied() {
    return denied;
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
