/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.work;

import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.ModeStore;
import io.github.flytehadoop.store.Stores;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.transfer.OnExisting;
import io.github.flytehadoop.transfer.Preserve;
import io.github.flytehadoop.transfer.TransferItem;
import io.github.flytehadoop.transfer.TransferPlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How the files of one plan are written. */
final class ItemOptions {
  private final TransferPlan plan;
  private final Stores stores;
  private final @Nullable Location localRoot;
  private final String tag; // a digest of all roots, which a list of files has many of

  ItemOptions(TransferPlan plan, Stores stores) {
    this.plan = plan;
    this.stores = stores;
    this.localRoot = localRoot(plan);
    this.tag = plan.tag();
  }

  /** With the mode that the source has now, where modes are kept. */
  WriteOptions of(TransferItem item) throws IOException {
    Location source = item.sourceLocation();
    return plan.preserve().contains(Preserve.MODE) && stores.of(source) instanceof ModeStore from
        ? withoutMode(item).with(from.modeOf(source))
        : withoutMode(item);
  }

  WriteOptions withoutMode(TransferItem item) {
    return new WriteOptions(
            item.lengthBytes(),
            plan.metadata(),
            plan.onExisting() == OnExisting.FAIL
                ? WriteOptions.Existing.REFUSE
                : WriteOptions.Existing.REPLACE,
            writer(item),
            tag)
        .below(root(item));
  }

  /** The local directory that the plan writes, unless the item is all there is. */
  private @Nullable Location root(TransferItem item) {
    Location root = localRoot;
    return root != null && item.target().startsWith(root.text()) ? root : null;
  }

  private static @Nullable Location localRoot(TransferPlan plan) {
    List<String> roots = plan.items().roots();
    Location target = roots.isEmpty() ? null : Location.parse(roots.get(roots.size() - 1));
    return target != null && target.isLocal() ? target.asDirectory() : null;
  }

  /** The same for every attempt at this version of the file in this job, on whatever machine. */
  private String writer(TransferItem item) {
    String version =
        String.join(
            "\n",
            plan.jobId(),
            item.source(),
            item.target(),
            item.lengthBytes() + " " + item.modifiedMillis() + " " + item.etag());
    return UUID.nameUUIDFromBytes(version.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
