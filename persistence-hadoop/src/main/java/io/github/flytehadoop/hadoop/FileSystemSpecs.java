/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop;

import io.github.flytehadoop.location.Location;

/** Tells what the file system of a location needs: from a DataConfig, or from what was shipped. */
interface FileSystemSpecs {
  /**
   * The place of a location.
   *
   * @throws IllegalArgumentException when nobody knows it
   */
  FileSystemSpec of(Location location, FileSystemOptions options);
}
