/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.work;

import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Proof;
import io.github.flytehadoop.store.Store;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.store.multipart.ServerSideCopy;
import io.github.flytehadoop.store.multipart.ServerSideCopy.CopyMode;
import io.github.flytehadoop.store.multipart.ServerSideCopy.CopySource;
import io.github.flytehadoop.transfer.Route;
import io.github.flytehadoop.transfer.TransferItem;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Files that a store copies itself, until it says of two places that it does not. */
public final class ServerSideCopies {
  private record Places(String from, String to) {}

  private final Set<Places> refused = ConcurrentHashMap.newKeySet();

  static CopySource original(TransferItem item, Store from) {
    return new CopySource(from, item.sourceLocation(), TransferWorker.pinned(item));
  }

  /** Whether and how a store can copy an item by itself. */
  public CopyMode copyMode(TransferItem item, Store from, Store to, WriteOptions options)
      throws IOException {
    return to instanceof ServerSideCopy copying && !refused.contains(places(item))
        ? copying.copyMode(original(item, from), item.targetLocation(), options)
        : CopyMode.NONE;
  }

  /** Copies a whole file, or null when its bytes have to pass here. */
  @Nullable MoveResult whole(TransferItem item, Store from, Store to, WriteOptions options)
      throws IOException {
    if (copyMode(item, from, to, options) != CopyMode.WHOLE) {
      return null;
    }
    Proof proof =
        ((ServerSideCopy) to).copyWhole(original(item, from), item.targetLocation(), options);
    if (proof == null) {
      refused.add(places(item));
      return null;
    }
    return MoveResult.of(item.lengthBytes(), proof, Route.STORE);
  }

  private static Places places(TransferItem item) {
    Location from = item.sourceLocation();
    Location to = item.targetLocation();
    return new Places(from.root(), to.root());
  }
}
