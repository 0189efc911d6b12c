/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.sample;

import io.github.flytehadoop.error.DataNotFoundException;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.RelativePath;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.ByteRange;
import io.github.flytehadoop.store.Checksum;
import io.github.flytehadoop.store.Listing;
import io.github.flytehadoop.store.ListingEntry;
import io.github.flytehadoop.store.ObjectWrite;
import io.github.flytehadoop.store.ParallelWrite;
import io.github.flytehadoop.store.ReservedNames;
import io.github.flytehadoop.store.Store;
import io.github.flytehadoop.store.StoreTraits;
import io.github.flytehadoop.store.WriteOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A store of a stranger. A sorted map stands for the client of the real thing. */
final class ShelfStore implements Store {
  private record Item(byte[] bytes, Instant modified, long version) {}

  private final TreeMap<String, Item> shelf = new TreeMap<>();
  private long version;

  @Override
  public StoreTraits traits() {
    return new StoreTraits(
        StoreTraits.Tree.PREFIXES,
        StoreTraits.Metadata.NONE,
        StoreTraits.ParallelWrites.NONE,
        StoreTraits.Checksums.NONE);
  }

  /** Every failure has a kind, and says why and what to do. */
  static TransferException failure(FailureKind kind, String verb, Location at, String whyAndWhat) {
    String message = "Cannot " + verb + " " + at + ": " + whyAndWhat;
    return kind == FailureKind.NOT_FOUND
        ? new DataNotFoundException(at.text(), message, null)
        : new TransferException(kind, at.text(), message, null);
  }

  /** Keys are literal; a separator at the end only says that a directory is meant. */
  private static String key(Location at) {
    return at.key().endsWith("/") ? at.key().substring(0, at.key().length() - 1) : at.key();
  }

  private Item item(String verb, Location at) throws TransferException {
    Item item = shelf.get(key(at));
    if (item == null) {
      throw failure(FailureKind.NOT_FOUND, verb, at, "nothing is there. Check the key.");
    }
    return item;
  }

  /** What is below a directory, markers of empty ones included, by relative path. */
  private Map<String, Item> below(String verb, Location directory) throws TransferException {
    String prefix = key(directory).isEmpty() ? "" : key(directory) + "/";
    Map<String, Item> found =
        shelf.tailMap(prefix).entrySet().stream()
            .takeWhile(entry -> entry.getKey().startsWith(prefix))
            .collect(
                Collectors.toMap(
                    entry -> entry.getKey().substring(prefix.length()), Map.Entry::getValue));
    if (found.isEmpty() && !prefix.isEmpty()) {
      throw failure(FailureKind.NOT_FOUND, verb, directory, "nothing is there. Check the key.");
    }
    return found;
  }

  private static Attributes attributes(Item item) {
    String etag = Long.toString(item.version);
    return new Attributes(Attributes.Kind.FILE, item.bytes.length, item.modified, etag, null);
  }

  private static Attributes directory() {
    return new Attributes(Attributes.Kind.DIRECTORY, 0, Instant.EPOCH, null, null);
  }

  @Override
  public synchronized Attributes stat(Location at) throws IOException {
    if (shelf.containsKey(key(at))) {
      return attributes(item("look up", at));
    }
    below("look up", at);
    return directory();
  }

  @Override
  public synchronized Listing children(Location at) throws IOException {
    refuseFile(at);
    Map<String, Attributes> children = new TreeMap<>();
    below("list", at)
        .forEach(
            (path, item) -> {
              String name = path.split("/", 2)[0];
              if (path.equals(name)) {
                children.put(name, attributes(item));
              } else {
                children.putIfAbsent(name, directory());
              }
            });
    return listing(children);
  }

  @Override
  public synchronized Listing tree(Location at) throws IOException {
    refuseFile(at);
    Map<String, Attributes> files = new TreeMap<>();
    below("list", at).forEach((path, item) -> files.put(path, attributes(item)));
    files.keySet().removeIf(path -> path.endsWith("/"));
    return listing(files);
  }

  private void refuseFile(Location at) throws TransferException {
    if (shelf.containsKey(key(at))) {
      throw failure(FailureKind.UNSUPPORTED, "list", at, "it is a file. Ask for one file.");
    }
  }

  private static Listing listing(Map<String, Attributes> entries) {
    List<ListingEntry> listed = new ArrayList<>();
    entries.forEach(
        (path, attributes) -> {
          if (!path.isEmpty()) {
            listed.add(new ListingEntry(new RelativePath(path), attributes));
          }
        });
    return Listing.of(listed);
  }

  @Override
  public synchronized InputStream open(Location at, Attributes attributes, ByteRange range)
      throws IOException {
    Item item = item("read", at);
    if (!attributes(item).etag().equals(attributes.etag())) {
      throw failure(FailureKind.SOURCE_CHANGED, "read", at, "it was replaced. Run it again.");
    }
    if (range.offset() > item.bytes.length) {
      throw failure(FailureKind.UNSUPPORTED, "read", at, "it ends before. Ask for less.");
    }
    int length = range.lengthBytes() < 0 ? item.bytes.length : (int) range.lengthBytes();
    return new ByteArrayInputStream(item.bytes, (int) range.offset(), length);
  }

  @Override
  public ObjectWrite write(Location at, WriteOptions options) throws IOException {
    ReservedNames.refuseAsTarget(at);
    return new ShelfWrite(at, bytes -> put(at, bytes, options.existing()));
  }

  private synchronized void put(Location at, byte[] bytes, WriteOptions.Existing existing)
      throws IOException {
    if (existing == WriteOptions.Existing.REFUSE && shelf.containsKey(key(at))) {
      throw failure(FailureKind.CONFLICT, "write", at, "the name is taken. Choose another.");
    }
    shelf.put(key(at), new Item(bytes, Instant.now(), version++));
  }

  @Override
  public ParallelWrite writeParallel(Location at, WriteOptions options) {
    throw new UnsupportedOperationException("One stream writes a file on a shelf.");
  }

  @Override
  public synchronized void makeDirectory(Location at) throws IOException {
    if (shelf.containsKey(key(at))) {
      throw failure(FailureKind.CONFLICT, "make the directory", at, "a file is there. Move it.");
    }
    shelf.putIfAbsent(key(at) + "/", new Item(new byte[0], Instant.now(), version++));
  }

  @Override
  public synchronized Map<String, String> metadata(Location at) throws IOException {
    item("read the metadata of", at);
    return Map.of();
  }

  @Override
  public Checksum checksum(Location at, Attributes attributes) {
    return null;
  }

  @Override
  public synchronized void delete(Location at, Attributes attributes) throws IOException {
    if (!attributes.isDirectory()) {
      item("delete", at);
      shelf.remove(key(at));
      return;
    }
    if (key(at).isEmpty()) {
      throw failure(FailureKind.UNSUPPORTED, "delete", at, "it is the root. Name a directory.");
    }
    below("delete", at);
    shelf.keySet().removeIf(key -> key.startsWith(key(at) + "/"));
  }
}
