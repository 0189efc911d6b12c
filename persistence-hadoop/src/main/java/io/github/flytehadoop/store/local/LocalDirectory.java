/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.local;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one directory. They are streamed, so that a million of them need no memory, except
 * far down in a tree: there they are read at once, so that a thousand levels need no thousand open
 * files.
 */
final class LocalDirectory implements Closeable {
  private static final int MOST_OPEN = 32;

  private final Path path;
  private final @Nullable DirectoryStream<Path> stream;
  private final Iterator<Path> entries;

  private LocalDirectory(
      Path path, @Nullable DirectoryStream<Path> stream, Iterator<Path> entries) {
    this.path = path;
    this.stream = stream;
    this.entries = entries;
  }

  @SuppressWarnings("StreamResourceLeak") // the stream belongs to what is returned
  static LocalDirectory open(Path path, int depth) throws IOException {
    DirectoryStream<Path> stream = Files.newDirectoryStream(path);
    if (depth < MOST_OPEN) {
      return new LocalDirectory(path, stream, stream.iterator());
    }
    try (stream) {
      List<Path> all = new ArrayList<>();
      stream.forEach(all::add);
      return new LocalDirectory(path, null, all.iterator());
    } catch (DirectoryIteratorException failure) {
      throw failure.getCause();
    }
  }

  Path path() {
    return path;
  }

  /** The next entry, or null after the last. */
  @Nullable Path next() throws IOException {
    try {
      return entries.hasNext() ? entries.next() : null;
    } catch (DirectoryIteratorException failure) {
      throw failure.getCause();
    }
  }

  @Override
  public void close() throws IOException {
    if (stream != null) {
      stream.close();
    }
  }
}
