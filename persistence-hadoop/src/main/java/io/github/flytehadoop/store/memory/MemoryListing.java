/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.memory;

import io.github.flytehadoop.location.RelativePath;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.Listed;
import io.github.flytehadoop.store.Listing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentNavigableMap;

/** The keys that share a prefix, as they were when the listing started. */
final class MemoryListing {
  private MemoryListing() {}

  static Listing tree(ConcurrentNavigableMap<String, MemoryStore.Entry> all, String prefix) {
    List<Listed> files = new ArrayList<>();
    for (Map.Entry<String, MemoryStore.Entry> entry : all.tailMap(prefix).entrySet()) {
      if (!entry.getKey().startsWith(prefix)) {
        break;
      }
      if (!entry.getKey().endsWith("/")) {
        files.add(listed(entry.getKey().substring(prefix.length()), entry.getValue()));
      }
    }
    return Listing.of(files);
  }

  /** A key that is a file and a prefix of others is listed once, as the file. */
  static Listing children(ConcurrentNavigableMap<String, MemoryStore.Entry> all, String prefix) {
    List<Listed> children = new ArrayList<>();
    String key = all.ceilingKey(prefix);
    while (key != null && key.startsWith(prefix)) {
      MemoryStore.Entry entry = all.get(key);
      String relative = key.substring(prefix.length());
      int slash = relative.indexOf('/');
      if (slash < 0 && !relative.isEmpty() && entry != null) {
        children.add(listed(relative, entry));
      } else if (slash > 0) {
        String name = relative.substring(0, slash);
        if (!all.containsKey(prefix + name)) {
          children.add(new Listed(new RelativePath(name), directory()));
        }
        // '0' follows '/': the first key behind everything below this directory
        key = all.ceilingKey(prefix + name + "0");
        continue;
      }
      key = all.higherKey(key);
    }
    return Listing.of(children);
  }

  private static Attributes directory() {
    return new Attributes(Attributes.Kind.DIRECTORY, 0, Instant.EPOCH, null, null);
  }

  private static Listed listed(String relative, MemoryStore.Entry entry) {
    return new Listed(new RelativePath(relative), entry.attributes());
  }
}
