/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop;

import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.location.Location;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;

/**
 * The places of one job, on their way to its workers: what they need of the driver's configuration
 * and nothing else. Immutable. It holds secrets and shows none.
 */
public final class SerializableFileSystemSpecs implements FileSystemSpecs, Serializable {
  private static final long serialVersionUID = 1L;

  private final HashMap<String, FileSystemSpec> places;

  SerializableFileSystemSpecs(Map<String, FileSystemSpec> places) {
    this.places = new HashMap<>(places);
  }

  static String name(Location location, Access access) {
    return location.root() + " " + access;
  }

  @Override
  public FileSystemSpec of(Location location, FileSystemOptions options) {
    FileSystemSpec place = places.get(name(location, options.access()));
    if (place == null) {
      throw Problem.cannot("open", location.text())
          .also("on a worker")
          .because("the job was not planned for it")
          .argument();
    }
    return place.with(options.overrides());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SerializableFileSystemSpecs that && places.equals(that.places);
  }

  @Override
  public int hashCode() {
    return places.hashCode();
  }

  /** The names of the places alone. */
  @Override
  public String toString() {
    return "SerializableFileSystemSpecs" + places.keySet();
  }
}
