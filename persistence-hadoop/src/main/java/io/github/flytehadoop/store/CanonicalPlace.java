/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store;

import java.util.List;
import java.util.Objects;

/**
 * Where a location really is, whatever name leads there. A place has several names where one alone
 * would not show that it lies in another.
 *
 * @param names all that are known; never empty
 */
public record CanonicalPlace(List<Name> names) {
  /**
   * One name of a place.
   *
   * @param store the same for the same bucket, cluster or disk, and for no other
   * @param path from the root of the store, with a separator at its end unless it is empty
   * @param finality whether no other name of this store can lead to the same data
   */
  public record Name(String store, String path, Finality finality) {
    /** Refuses null, and completes the path. */
    public Name {
      Objects.requireNonNull(store, "store");
      Objects.requireNonNull(finality, "finality");
      path = path.isEmpty() || path.endsWith("/") ? path : path + "/";
    }

    private boolean meets(Name other) {
      return store.equals(other.store)
          && (path.startsWith(other.path) || other.path.startsWith(path));
    }
  }

  /** How far a name can be trusted. */
  public enum Finality {
    /** Two paths of this store are two places: keys of a bucket. */
    FINAL,
    /** Links, mounts or gateways may lead from one path to another. */
    OPEN
  }

  /** Copies the names. */
  public CanonicalPlace {
    names = List.copyOf(names);
  }

  /** A place with one name. */
  public static CanonicalPlace of(String store, String path, Finality finality) {
    return new CanonicalPlace(List.of(new Name(store, path, finality)));
  }

  /** Whether one lies in the other, or both are one. */
  public boolean overlaps(CanonicalPlace other) {
    return names.stream().anyMatch(name -> other.names.stream().anyMatch(name::meets));
  }

  /** Whether the names alone prove that the two do not overlap. */
  public boolean isProvenApartFrom(CanonicalPlace other) {
    return !overlaps(other)
        && names.stream()
            .anyMatch(
                name ->
                    name.finality() == Finality.FINAL
                        && other.names.stream()
                            .anyMatch(that -> that.store().equals(name.store())));
  }
}
