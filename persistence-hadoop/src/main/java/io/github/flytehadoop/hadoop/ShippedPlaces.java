/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop;

import io.github.flytehadoop.location.Location;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;

/**
 * The places of one job, on their way to its workers: what they need of the driver's configuration
 * and nothing else. Immutable. It holds secrets and shows none.
 */
public final class ShippedPlaces implements Places, Serializable {
  private static final long serialVersionUID = 1L;

  private final HashMap<String, Place> places;

  ShippedPlaces(Map<String, Place> places) {
    this.places = new HashMap<>(places);
  }

  static String name(Location location, Access access) {
    return location.scheme() + "://" + location.authority() + " " + access;
  }

  @Override
  public Place of(Location location, FileSystemOptions options) {
    Place place = places.get(name(location, options.access()));
    if (place == null) {
      throw new IllegalArgumentException(
          "Cannot open " + location + " on a worker: the job was not planned for it.");
    }
    return place.with(options.overrides());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ShippedPlaces that && places.equals(that.places);
  }

  @Override
  public int hashCode() {
    return places.hashCode();
  }

  /** The names of the places alone. */
  @Override
  public String toString() {
    return "ShippedPlaces" + places.keySet();
  }
}
