/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.plan;

import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.RelativePath;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.ByteRange;
import io.github.flytehadoop.store.CanonicalPlace;
import io.github.flytehadoop.store.Checksum;
import io.github.flytehadoop.store.Listing;
import io.github.flytehadoop.store.ListingEntry;
import io.github.flytehadoop.store.ObjectWrite;
import io.github.flytehadoop.store.ParallelWrite;
import io.github.flytehadoop.store.Store;
import io.github.flytehadoop.store.StoreTraits;
import io.github.flytehadoop.store.Stores;
import io.github.flytehadoop.store.StoresHandle;
import io.github.flytehadoop.store.WriteOptions;
import java.io.InputStream;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;

/**
 * Two trees that exist only as listings: a source of so many files, in the order of its keys, and a
 * target that lacks every tenth, has another version of every seventh, has one more for each
 * hundred, and lists its directories in no order at all.
 */
final class SimulatedTrees implements Store, Stores {
  static final Location SOURCE = Location.parse("s3://simulated/source");
  static final Location TARGET = Location.parse("hdfs://simulated/target");
  static final int FILES_A_DIRECTORY = 1000;
  static final int ABSENT = 10;
  static final int OTHER = 7;
  static final int EXTRA = 100;

  private final long files;
  long deleted;

  SimulatedTrees(long files) {
    this.files = files;
  }

  @Override
  public Listing tree(Location directory) {
    return directory.text().equals(SOURCE.text()) ? new Numbered(files) : new Target();
  }

  private static ListingEntry file(long number, String etag) {
    String path =
        "year=2026/month="
            + padded(number / FILES_A_DIRECTORY % 12, 2)
            + "/part-"
            + padded(number / FILES_A_DIRECTORY, 6)
            + "/c0ffee-"
            + padded(number, 9)
            + ".snappy.parquet";
    return new ListingEntry(
        new RelativePath(path),
        new Attributes(
            Attributes.Kind.FILE,
            number * 7919 % 1_000_000_007,
            Instant.ofEpochMilli(1_700_000_000_000L + number),
            etag,
            null));
  }

  private static String etag(long number) {
    return Long.toHexString(number * 0x9E3779B97F4A7C15L | Long.MIN_VALUE) + "0123456789abcdef";
  }

  /** Quicker than a format, which would be what is measured. */
  private static String padded(long number, int width) {
    String digits = Long.toString(number);
    return "000000000".substring(0, Math.max(0, width - digits.length())) + digits;
  }

  private static class Numbered implements Listing {
    private final long files;
    long next;

    Numbered(long files) {
      this.files = files;
    }

    @Override
    public boolean hasNext() {
      return next < files;
    }

    @Override
    public ListingEntry next() {
      long number = next++;
      return file(number, etag(number));
    }

    @Override
    public void close() {}
  }

  /** Directories in the order of their number times a prime. */
  private final class Target implements Listing {
    private final long directories = (files + FILES_A_DIRECTORY - 1) / FILES_A_DIRECTORY;
    private long directory;
    private long inDirectory;
    private boolean extraNext;

    private long number() {
      return directory * 1_000_003 % directories * FILES_A_DIRECTORY + inDirectory;
    }

    @Override
    public boolean hasNext() {
      while (!extraNext
          && directory < directories
          && (inDirectory == FILES_A_DIRECTORY || number() >= files || number() % ABSENT == 0)) {
        inDirectory++;
        if (inDirectory >= FILES_A_DIRECTORY) {
          inDirectory = 0;
          directory++;
        }
      }
      return extraNext || directory < directories;
    }

    @Override
    public ListingEntry next() {
      long number = number();
      if (extraNext) {
        extraNext = false;
        inDirectory++;
        ListingEntry twin = file(number, etag(number));
        return new ListingEntry(new RelativePath(twin.path() + ".old"), twin.attributes());
      }
      extraNext = number % EXTRA == 1;
      if (!extraNext) {
        inDirectory++;
      }
      return file(number, number % OTHER == 0 ? "another" : etag(number));
    }

    @Override
    public void close() {}
  }

  @Override
  public StoreTraits traits() {
    return new StoreTraits(
        StoreTraits.Tree.DIRECTORIES,
        StoreTraits.Metadata.NONE,
        StoreTraits.ParallelWrites.NONE,
        StoreTraits.Checksums.NONE,
        StoreTraits.Etags.DIGEST);
  }

  @Override
  public void delete(Location at, Attributes attributes) {
    deleted++;
  }

  @Override
  public Store of(Location location) {
    return this;
  }

  @Override
  public Map<String, Long> requests() {
    return Map.of();
  }

  /** Keys of one bucket: two names are two places, and no probe needs to be written. */
  @Override
  public CanonicalPlace placeOf(Location location) {
    return CanonicalPlace.of("simulated", location.text(), CanonicalPlace.Finality.FINAL);
  }

  @Override
  public StoresHandle ship(Collection<Location> locations) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Attributes stat(Location at) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Listing children(Location directory) {
    throw new UnsupportedOperationException();
  }

  @Override
  public InputStream open(Location at, Attributes attributes, ByteRange range) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ObjectWrite write(Location at, WriteOptions options) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ParallelWrite writeParallel(Location at, WriteOptions options) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void makeDirectory(Location directory) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Map<String, String> metadata(Location at) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Checksum checksum(Location at, Attributes attributes) {
    throw new UnsupportedOperationException();
  }
}
