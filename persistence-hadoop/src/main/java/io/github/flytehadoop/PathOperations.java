/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import io.github.flytehadoop.error.DataNotFoundException;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.error.UploadException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.RelativePath;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.ByteRange;
import io.github.flytehadoop.store.Checksum;
import io.github.flytehadoop.store.ListOptions;
import io.github.flytehadoop.store.Listing;
import io.github.flytehadoop.store.ListingEntry;
import io.github.flytehadoop.store.ObjectWrite;
import io.github.flytehadoop.store.Store;
import io.github.flytehadoop.store.UnsupportedEntry;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.store.registry.StoreRegistry;
import io.github.flytehadoop.transfer.Depth;
import io.github.flytehadoop.transfer.ObjectStatus;
import io.github.flytehadoop.transfer.PendingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Looks at single paths of a store: what is there, its bytes, its removal. */
final class PathOperations {
  private final StoreRegistry stores;
  private final Map<String, String> metadata;

  PathOperations(StoreRegistry stores, Map<String, String> metadata) {
    this.stores = stores;
    this.metadata = metadata;
  }

  boolean exists(Location at) throws IOException {
    try {
      stores.of(at).stat(at);
      return true;
    } catch (DataNotFoundException absent) {
      return false;
    }
  }

  ObjectStatus stat(Location at) throws IOException {
    Store store = stores.of(at);
    Attributes attributes = store.stat(at);
    if (attributes.isDirectory()) {
      return status(at, attributes);
    }
    Checksum checksum = store.checksum(at, attributes);
    return new ObjectStatus(
        at.text(),
        attributes.lengthBytes(),
        attributes.modified(),
        ObjectStatus.Kind.FILE,
        attributes.etag(),
        checksum == null ? null : checksum.algorithm() + ":" + checksum.hex(),
        store.metadata(at));
  }

  private static ObjectStatus status(Location at, Attributes attributes) {
    return new ObjectStatus(
        at.text(),
        attributes.lengthBytes(),
        attributes.modified(),
        attributes.isDirectory() ? ObjectStatus.Kind.DIRECTORY : ObjectStatus.Kind.FILE,
        attributes.etag(),
        null,
        Map.of());
  }

  Stream<ObjectStatus> list(Location directory, Depth depth) throws IOException {
    Entries entries = new Entries(stores.of(directory), directory, depth);
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(entries, Spliterator.NONNULL), false)
        .filter(entry -> depth == Depth.CHILDREN || !entry.isDirectory() || entry.problem() != null)
        .onClose(entries::close);
  }

  /** A listing with what cannot be transferred in it, so that people see everything. */
  private static final class Entries implements Iterator<ObjectStatus> {
    private final Location directory;
    private final Deque<ObjectStatus> unsupported = new ArrayDeque<>();
    private final Listing listing;

    Entries(Store store, Location directory, Depth depth) throws IOException {
      this.directory = directory;
      ListOptions options = ListOptions.telling(this::add);
      this.listing =
          depth == Depth.TREE ? store.tree(directory, options) : store.children(directory, options);
    }

    private void add(UnsupportedEntry entry) {
      String message = String.valueOf(entry.failure().getMessage());
      unsupported.add(
          new ObjectStatus(
              directory.asDirectory().text() + entry.path(),
              -1,
              Instant.EPOCH,
              entry.extent() == UnsupportedEntry.Extent.SUBTREE
                  ? ObjectStatus.Kind.DIRECTORY
                  : ObjectStatus.Kind.FILE,
              null,
              null,
              Map.of(),
              message));
    }

    @Override
    public boolean hasNext() {
      try {
        return !unsupported.isEmpty() || listing.hasNext() || !unsupported.isEmpty();
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }

    @Override
    public ObjectStatus next() {
      if (!unsupported.isEmpty()) {
        return unsupported.remove();
      }
      try {
        ListingEntry entry = listing.next();
        return status(directory.child(entry.path()), entry.attributes());
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }

    void close() {
      listing.close();
    }
  }

  InputStream open(Location at) throws IOException {
    Store store = stores.of(at);
    Attributes attributes = store.stat(at);
    if (attributes.isDirectory()) {
      throw refused("read", at, "it is a directory. List it, or get it as MULTIPART.");
    }
    return store.open(at, attributes, ByteRange.WHOLE);
  }

  PendingOutput write(Location at, Map<String, String> headers) throws IOException {
    if (at.endsWithSeparator()) {
      throw refused("write", at, "a file needs a name. Add one behind the last separator.");
    }
    Map<String, String> all = new TreeMap<>(metadata);
    all.putAll(headers);
    WriteOptions options =
        new WriteOptions(Attributes.UNKNOWN_LENGTH, all, WriteOptions.Existing.REPLACE);
    try {
      return new StorePendingOutput(at, stores.of(at).write(at, options));
    } catch (TransferException failure) {
      throw asUpload(failure);
    }
  }

  private static UploadException asUpload(TransferException failure) {
    return new UploadException(
        failure.kind(), failure.location(), String.valueOf(failure.getMessage()), failure);
  }

  void delete(Location at, Depth depth) throws IOException {
    Attributes attributes = deletable(at, depth);
    stores.of(at).delete(at, attributes);
  }

  void deleteIfExists(Location at) throws IOException {
    try {
      delete(at, Depth.CHILDREN);
    } catch (DataNotFoundException absent) {
      return;
    } catch (TransferException refused) {
      if (refused.kind() != FailureKind.ACCESS_DENIED) {
        throw refused;
      }
      deleteUnseen(at, refused);
    }
  }

  /** Some may delete but not look: without the right to list, S3 answers 403 for what is absent. */
  private void deleteUnseen(Location at, TransferException refused) throws IOException {
    String name = at.name();
    String directory = at.text().substring(0, at.text().length() - name.length());
    Location above = Location.parse(directory);
    try {
      stores.of(at).deleteFiles(above, List.of(new RelativePath(name)).iterator());
    } catch (TransferException again) {
      refused.addSuppressed(again);
      throw refused;
    }
  }

  /** What is at a path that may be deleted. */
  Attributes deletable(Location at, Depth depth) throws IOException {
    Attributes attributes = stores.of(at).stat(at);
    if (attributes.isDirectory() && depth != Depth.TREE) {
      throw refused("delete", at, "it is a directory. Use Depth.TREE, or --recursive.");
    }
    return attributes;
  }

  private static TransferException refused(String verb, Location at, String why) {
    return Problem.cannot(verb, at.text()).because(why).exception();
  }

  private static final class StorePendingOutput extends PendingOutput {
    private final Location at;
    private final ObjectWrite write;

    StorePendingOutput(Location at, ObjectWrite write) {
      this.at = at;
      this.write = write;
    }

    @Override
    public String uri() {
      return at.text();
    }

    @Override
    public void write(int oneByte) throws IOException {
      write(new byte[] {(byte) oneByte}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        write.write(bytes, offset, length);
      } catch (TransferException failure) {
        throw asUpload(failure);
      }
    }

    @Override
    public void commit() throws IOException {
      try {
        write.commit();
      } catch (TransferException failure) {
        throw asUpload(failure);
      }
    }

    @Override
    public void abort() {
      write.abort();
    }

    @Override
    public void close() {
      write.close();
    }
  }
}
