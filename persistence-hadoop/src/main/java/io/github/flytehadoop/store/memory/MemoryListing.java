/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.memory;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.ListedKey;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.RelativePath;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.ListOptions;
import io.github.flytehadoop.store.Listing;
import io.github.flytehadoop.store.ListingEntry;
import io.github.flytehadoop.store.UnsupportedEntry;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentNavigableMap;
import org.jspecify.annotations.Nullable;

/** The keys that share a prefix, as they were when the listing started. */
final class MemoryListing {
  private final ConcurrentNavigableMap<String, MemoryStore.Entry> all;
  private final Location root;
  private final String prefix;
  private final ListOptions options;

  MemoryListing(
      ConcurrentNavigableMap<String, MemoryStore.Entry> all,
      Location root,
      String prefix,
      ListOptions options) {
    this.all = all;
    this.root = root;
    this.prefix = prefix;
    this.options = options;
  }

  Listing tree() throws IOException {
    List<ListingEntry> files = new ArrayList<>();
    for (Map.Entry<String, MemoryStore.Entry> entry : all.tailMap(prefix).entrySet()) {
      if (!entry.getKey().startsWith(prefix)) {
        break;
      }
      MemoryStore.Entry file = entry.getValue();
      if (!entry.getKey().endsWith("/") || file.bytes().length > 0) {
        add(entry.getKey().substring(prefix.length()), file.attributes(), files);
      }
    }
    return Listing.of(files);
  }

  /** A key that is a file and a prefix of others is listed once, as the file. */
  Listing children() throws IOException {
    List<ListingEntry> children = new ArrayList<>();
    String key = all.ceilingKey(prefix);
    while (key != null && key.startsWith(prefix)) {
      MemoryStore.Entry entry = all.get(key);
      String relative = key.substring(prefix.length());
      int slash = relative.indexOf('/');
      if (slash < 0 && !relative.isEmpty() && entry != null) {
        add(relative, entry.attributes(), children);
      } else if (slash >= 0) {
        String name = relative.substring(0, slash);
        if (!all.containsKey(prefix + name)) {
          addDirectory(name, children);
        }
        // '0' follows '/': the first key behind everything below this directory
        key = all.ceilingKey(prefix + name + "0");
        continue;
      }
      key = all.higherKey(key);
    }
    return Listing.of(children);
  }

  private void addDirectory(String name, List<ListingEntry> entries) throws IOException {
    Attributes directory = new Attributes(Attributes.Kind.DIRECTORY, 0, Instant.EPOCH, null, null);
    if (name.isEmpty()) {
      refuse(name + "/", ListedKey.problemOf(prefix + "/", 0, prefix));
    } else {
      add(name, directory, entries);
    }
  }

  private void add(String relative, Attributes attributes, List<ListingEntry> entries)
      throws IOException {
    String problem = ListedKey.problemOf(prefix + relative, attributes.lengthBytes(), prefix);
    String problemOfPath = problem == null ? RelativePath.problemOf(relative) : problem;
    if (problemOfPath == null) {
      entries.add(new ListingEntry(new RelativePath(relative), attributes));
    } else {
      refuse(relative, problemOfPath.replaceAll("\\.$", ""));
    }
  }

  private void refuse(String relative, @Nullable String why) throws IOException {
    TransferException failure =
        MemoryStore.refused("list", root, String.valueOf(why), FailureKind.UNSUPPORTED);
    options
        .unsupported()
        .found(new UnsupportedEntry(relative, UnsupportedEntry.Extent.ENTRY, failure));
  }
}
