/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.simulation;

import io.github.flytehadoop.error.DataNotFoundException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.ByteRange;
import io.github.flytehadoop.store.Listing;
import io.github.flytehadoop.store.ListingEntry;
import io.github.flytehadoop.store.ObjectWrite;
import io.github.flytehadoop.store.ReservedNames;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.store.memory.MemoryStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** A store in memory. Its listings show no notes of runs: these are asked for by their names. */
record MemoryDisk(String name) implements Disk {
  /** So many notes in a row may be missing before others. */
  private static final int GAP = 2;

  private MemoryStore store() {
    return SteppedProvider.behind(name);
  }

  @Override
  public String uri(String path) {
    return SteppedProvider.SCHEME + "://" + name + "/" + path;
  }

  private Location at(String path) {
    return Location.parse(uri(path));
  }

  @Override
  public SortedMap<String, String> files() throws IOException {
    SortedMap<String, String> found = new TreeMap<>();
    Set<String> directories = new TreeSet<>(Set.of("copy/", "copy/d/"));
    try (Listing listing = store().tree(at(""))) {
      while (listing.hasNext()) {
        ListingEntry file = listing.next();
        String path = file.path().value();
        found.put(path, content(path, file.attributes()));
        directories.add(path.substring(0, path.lastIndexOf('/') + 1));
      }
    }
    for (String directory : directories) {
      for (String job : Verbs.JOBS) {
        notes(directory, job, found);
      }
    }
    return found;
  }

  private void notes(String directory, String job, SortedMap<String, String> found)
      throws IOException {
    int missing = 0;
    for (int number = 0; missing < GAP; number++) {
      String path = directory + ReservedNames.journalName(job, number);
      try {
        found.put(path, content(path, store().stat(at(path))));
      } catch (DataNotFoundException absent) {
        missing++;
      }
    }
  }

  private String content(String path, Attributes attributes) throws IOException {
    try (InputStream in = store().open(at(path), attributes, ByteRange.WHOLE)) {
      return Contents.text(in.readAllBytes());
    }
  }

  @Override
  public boolean write(String path, String content) throws IOException {
    if (content.startsWith("\0")) {
      return false;
    }
    try (ObjectWrite out = store().write(at(path), WriteOptions.ofLength(content.length()))) {
      out.write(Contents.bytes(content), 0, content.length());
      out.commit();
    }
    return true;
  }

  @Override
  public List<String> remove(String path) throws IOException {
    List<String> gone =
        files().keySet().stream()
            .filter(key -> key.equals(path) || key.startsWith(path + "/"))
            .toList();
    for (String key : gone) {
      Location at = at(key);
      Attributes file = store().stat(at);
      store().delete(at, file);
    }
    return gone;
  }

  @Override
  public void close() {
    SteppedProvider.forget(name);
  }
}
