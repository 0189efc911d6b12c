/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.plan;

import io.github.flytehadoop.store.Store;
import io.github.flytehadoop.store.StoreTraits;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.store.multipart.ServerSideCopy;
import io.github.flytehadoop.transfer.EngineContext;
import io.github.flytehadoop.transfer.TransferItem;
import io.github.flytehadoop.transfer.TransferPlan;
import io.github.flytehadoop.transfer.work.ServerSideCopies;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * The requests that a plan will send if nothing has to be sent twice, by class. File systems with
 * directories are not counted: nobody charges for theirs.
 */
public final class RequestEstimate {
  private final EngineContext context;
  private final ServerSideCopies copies = new ServerSideCopies();
  private final Map<String, Long> counts = new TreeMap<>();

  private RequestEstimate(EngineContext context) {
    this.context = context;
  }

  /** The requests that a plan will cost at least, by class. */
  public static Map<String, Long> of(TransferPlan plan, EngineContext context) throws IOException {
    RequestEstimate expected = new RequestEstimate(context);
    for (TransferItem item : plan.items()) {
      expected.add(item, plan);
    }
    return expected.counts;
  }

  private void add(TransferItem item, TransferPlan plan) throws IOException {
    Store from = context.stores().of(item.sourceLocation());
    Store to = context.stores().of(item.targetLocation());
    WriteOptions options =
        new WriteOptions(item.lengthBytes(), plan.metadata(), WriteOptions.Existing.REPLACE);
    ServerSideCopy.CopyMode way = copies.copyMode(item, from, to, options);
    if (way == ServerSideCopy.CopyMode.WHOLE) {
      count("COPY", 1);
    } else {
      count(from, "GET", reads(item, from, to));
      upload(to, parts(to, item.lengthBytes()));
    }
  }

  /** A large file in as many ranges as the target takes side by side; others in one stream. */
  private long reads(TransferItem item, Store from, Store to) throws IOException {
    long range = context.limits().partSizeBytes();
    if (item.lengthBytes() < 2 * range
        || from.traits().rangeReads() == StoreTraits.RangeReads.STREAM) {
      return 1;
    }
    return switch (to.traits().parallelWrite()) {
      case POSITIONED -> (item.lengthBytes() - 1) / range + 1;
      case PARTS -> parts(to, item.lengthBytes());
      case NONE -> 1;
    };
  }

  private static long parts(Store to, long lengthBytes) throws IOException {
    return lengthBytes <= 0 ? 1 : (lengthBytes - 1) / to.partBytes(lengthBytes) + 1;
  }

  private void upload(Store to, long parts) {
    count(to, "PUT", parts);
    if (parts > 1) {
      count(to, "POST", 2);
    }
  }

  private void count(Store store, String kind, long requests) {
    if (store.traits().tree() == StoreTraits.Tree.PREFIXES) {
      count(kind, requests);
    }
  }

  private void count(String kind, long requests) {
    counts.merge(kind, requests, Long::sum);
  }
}
