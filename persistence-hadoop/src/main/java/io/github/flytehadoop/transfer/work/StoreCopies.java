/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.work;

import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Proof;
import io.github.flytehadoop.store.Store;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.store.multipart.CopyingStore;
import io.github.flytehadoop.store.multipart.CopyingStore.Original;
import io.github.flytehadoop.store.multipart.CopyingStore.Way;
import io.github.flytehadoop.transfer.Route;
import io.github.flytehadoop.transfer.TransferItem;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Files that a store copies itself, until it says of two places that it does not. */
public final class StoreCopies {
  private record Places(String from, String to) {}

  private final Set<Places> refused = ConcurrentHashMap.newKeySet();

  static Original original(TransferItem item, Store from) {
    return new Original(from, Location.parse(item.source()), TransferWorker.pinned(item));
  }

  /** Whether and how a store can copy an item by itself. */
  public Way wayOf(TransferItem item, Store from, Store to, WriteOptions options)
      throws IOException {
    return to instanceof CopyingStore copying && !refused.contains(places(item))
        ? copying.wayOf(original(item, from), Location.parse(item.target()), options)
        : Way.NONE;
  }

  /** Copies a whole file, or null when its bytes have to pass here. */
  @Nullable Moved whole(TransferItem item, Store from, Store to, WriteOptions options)
      throws IOException {
    if (wayOf(item, from, to, options) != Way.WHOLE) {
      return null;
    }
    Proof proof =
        ((CopyingStore) to).copyWhole(original(item, from), Location.parse(item.target()), options);
    if (proof == null) {
      refused.add(places(item));
      return null;
    }
    return Moved.of(item.lengthBytes(), proof, Route.STORE);
  }

  private static Places places(TransferItem item) {
    Location from = Location.parse(item.source());
    Location to = Location.parse(item.target());
    return new Places(
        from.scheme() + "://" + from.authority(), to.scheme() + "://" + to.authority());
  }
}
