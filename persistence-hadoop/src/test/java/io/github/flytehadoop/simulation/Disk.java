/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.simulation;

import java.io.IOException;
import java.util.List;
import java.util.SortedMap;

/**
 * All that a store holds, behind the back of its clients. Paths are relative; contents are texts
 * with a character for each byte, so that they compare. A link and a special file are contents of
 * their own, see {@link Contents}.
 */
interface Disk extends AutoCloseable {
  /** What clients call a path. */
  String uri(String path);

  /** The path under which a file of this path is found again. */
  default String found(String path) {
    return path;
  }

  /** Everything that is there, files on their way included. */
  SortedMap<String, String> files() throws IOException;

  /** Writes or replaces a file as others would; false when that cannot be. */
  boolean write(String path, String content) throws IOException;

  /** Removes a file, or a directory with all that is below it; returns what is gone. */
  List<String> remove(String path) throws IOException;

  /** Uploads that nobody has ended. */
  default List<String> pending() {
    return List.of();
  }

  @Override
  void close() throws IOException;
}
