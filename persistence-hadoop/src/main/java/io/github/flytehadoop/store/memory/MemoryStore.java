/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.memory;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.RelativePath;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.ByteRange;
import io.github.flytehadoop.store.Checksum;
import io.github.flytehadoop.store.ListOptions;
import io.github.flytehadoop.store.Listing;
import io.github.flytehadoop.store.ObjectWrite;
import io.github.flytehadoop.store.ParallelWrite;
import io.github.flytehadoop.store.ReservedNames;
import io.github.flytehadoop.store.Store;
import io.github.flytehadoop.store.StoreTraits;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.store.failure.FailureAdvice;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Keys and bytes in this JVM, for tests: as an object store, each file whole or not there. */
public final class MemoryStore implements Store {
  private static final StoreTraits TRAITS =
      new StoreTraits(
          StoreTraits.Tree.PREFIXES,
          StoreTraits.Metadata.KEPT,
          StoreTraits.ParallelWrites.NONE,
          StoreTraits.Checksums.CRC32C);

  /** One file as it was committed; a marker of an empty directory has a key that ends with /. */
  @SuppressWarnings("ArrayRecordComponent") // never compared, and written once
  record Entry(byte[] bytes, Map<String, String> metadata, Instant modified, String etag) {
    Attributes attributes() {
      return new Attributes(Attributes.Kind.FILE, bytes.length, modified, etag, null);
    }
  }

  private final ConcurrentNavigableMap<String, Entry> entries = new ConcurrentSkipListMap<>();
  private final AtomicLong versions = new AtomicLong();

  @Override
  public StoreTraits traits() {
    return TRAITS;
  }

  private static String key(Location at) throws TransferException {
    String key = at.key().endsWith("/") ? at.key().substring(0, at.key().length() - 1) : at.key();
    String problem = key.isEmpty() ? null : RelativePath.problemOf(key);
    if (problem != null) {
      throw refused("use", at, problem.replaceAll("\\.$", ""), FailureKind.UNSUPPORTED);
    }
    return key;
  }

  static TransferException refused(String verb, Location at, String why, FailureKind kind) {
    return Problem.cannot(verb, at.text())
        .because(why)
        .remedy(FailureAdvice.of(kind, at))
        .kind(kind)
        .exception();
  }

  private static String prefix(String key) {
    return key.isEmpty() ? "" : key + "/";
  }

  private boolean isPrefix(String key) {
    String next = entries.ceilingKey(prefix(key));
    return key.isEmpty() || (next != null && next.startsWith(prefix(key)));
  }

  @Override
  public Attributes stat(Location at) throws TransferException {
    String key = key(at);
    Entry entry = entries.get(key);
    if (entry != null) {
      return entry.attributes();
    }
    if (!isPrefix(key)) {
      throw refused("look up", at, "it is not there", FailureKind.NOT_FOUND);
    }
    return new Attributes(Attributes.Kind.DIRECTORY, 0, Instant.EPOCH, null, null);
  }

  @Override
  public Listing children(Location directory) throws IOException {
    return children(directory, ListOptions.STRICT);
  }

  @Override
  public Listing children(Location directory, ListOptions options) throws IOException {
    return new MemoryListing(entries, directory, listable(directory), options).children();
  }

  @Override
  public Listing tree(Location directory) throws IOException {
    return tree(directory, ListOptions.STRICT);
  }

  @Override
  public Listing tree(Location directory, ListOptions options) throws IOException {
    return new MemoryListing(entries, directory, listable(directory), options).tree();
  }

  private String listable(Location directory) throws TransferException {
    String key = key(directory);
    if (entries.containsKey(key)) {
      throw refused(
          "list", directory, "it is a file. Ask for it as one file", FailureKind.UNSUPPORTED);
    }
    if (!isPrefix(key)) {
      throw refused("list", directory, "it is not there", FailureKind.NOT_FOUND);
    }
    return prefix(key);
  }

  @Override
  public InputStream open(Location at, Attributes attributes, ByteRange range)
      throws TransferException {
    Entry entry = entries.get(key(at));
    if (entry == null) {
      throw refused("read", at, "no file is there", FailureKind.NOT_FOUND);
    }
    if (attributes.etag() != null && !attributes.etag().equals(entry.etag)) {
      throw refused("read", at, "it was replaced", FailureKind.SOURCE_CHANGED);
    }
    if (range.offset() > entry.bytes.length) {
      throw refused("read", at, "the range starts behind its end", FailureKind.UNSUPPORTED);
    }
    int offset = (int) range.offset();
    int left = entry.bytes.length - offset;
    int length = range.lengthBytes() < 0 ? left : (int) Math.min(left, range.lengthBytes());
    return new ByteArrayInputStream(entry.bytes, offset, length);
  }

  @Override
  public long writeBufferBytes(long lengthBytes, Sending sending) {
    return Math.max(0, lengthBytes);
  }

  @Override
  public ObjectWrite write(Location at, WriteOptions options) throws TransferException {
    String key = key(at);
    ReservedNames.refuseAsTarget(at);
    if (key.isEmpty()) {
      throw refused("write", at, "it is the root of the store", FailureKind.UNSUPPORTED);
    }
    return new MemoryWrite(
        at,
        bytes -> {
          Entry fresh =
              new Entry(
                  bytes,
                  options.metadata(),
                  Instant.now(),
                  Long.toHexString(versions.incrementAndGet()));
          if (options.existing() == WriteOptions.Existing.REFUSE) {
            return entries.putIfAbsent(key, fresh) == null;
          }
          entries.put(key, fresh);
          return true;
        });
  }

  @Override
  public ParallelWrite writeParallel(Location at, WriteOptions options) {
    throw new UnsupportedOperationException("One stream writes a file in memory.");
  }

  @Override
  public void makeDirectory(Location directory) throws TransferException {
    String key = key(directory);
    if (entries.containsKey(key)) {
      throw refused("make the directory", directory, "a file is there", FailureKind.CONFLICT);
    }
    if (!key.isEmpty()) {
      entries.putIfAbsent(
          prefix(key), new Entry(new byte[0], Map.of(), Instant.now(), "directory"));
    }
  }

  @Override
  public Map<String, String> metadata(Location at) throws TransferException {
    Entry entry = entries.get(key(at));
    if (entry == null) {
      throw refused("read the metadata of", at, "no file is there", FailureKind.NOT_FOUND);
    }
    return entry.metadata;
  }

  @Override
  public @Nullable Checksum checksum(Location at, Attributes attributes) throws TransferException {
    Entry entry = entries.get(key(at));
    return entry == null ? null : MemoryWrite.crc32c(entry.bytes);
  }

  @Override
  public void delete(Location at, Attributes attributes) throws TransferException {
    String key = key(at);
    if (!attributes.isDirectory()) {
      if (entries.remove(key) == null) {
        throw refused("delete", at, "it is not there", FailureKind.NOT_FOUND);
      }
      return;
    }
    if (key.isEmpty()) {
      throw refused("delete", at, "it is the root of the store", FailureKind.UNSUPPORTED);
    }
    if (!isPrefix(key)) {
      throw refused("delete", at, "it is not there", FailureKind.NOT_FOUND);
    }
    entries.tailMap(prefix(key)).keySet().removeIf(below -> below.startsWith(prefix(key)));
  }
}
