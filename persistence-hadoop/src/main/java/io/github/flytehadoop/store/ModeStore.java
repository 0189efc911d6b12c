/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store;

import io.github.flytehadoop.location.Location;
import java.io.IOException;

/**
 * A store whose files and directories have modes. It gives a file the one that {@link
 * WriteOptions#mode()} says before the file has its name.
 */
public interface ModeStore extends Store {
  /** Whether there are modes at all: a system such as Windows has none. */
  boolean keepsModes();

  /**
   * The mode of a file or directory that is there; that of what a link leads to.
   *
   * @throws io.github.flytehadoop.error.DataNotFoundException when there is nothing
   */
  FileMode modeOf(Location at) throws IOException;

  /**
   * Gives a directory a mode.
   *
   * @param root below which no link is followed on the way
   * @throws io.github.flytehadoop.error.TransferException of kind {@code CONFLICT} when a link is
   *     on the way, {@code ACCESS_DENIED} when the mode may not be set
   */
  void setMode(Location directory, Location root, FileMode mode) throws IOException;
}
