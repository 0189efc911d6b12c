/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.azure;

import io.github.flytehadoop.concurrent.DaemonThreads;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The blocks of one large blob, a few on their way at a time. They are no blob before their list is
 * committed; Azure forgets what was not after a week.
 */
final class AzureBlockUpload {
  private static final int IN_FLIGHT = 4;

  /** Those on their way, and the one that waits for a place or is filled. */
  static final int MOST_HELD = IN_FLIGHT + 1;

  /** Sends one block. */
  interface Sending {
    void send(String name, ByteBuffer body) throws IOException;
  }

  private final Sending sending;
  // other writers of the same blob have blocks of their own; all names must be equally long
  private final String prefix = UUID.randomUUID().toString();
  private final List<String> names = new ArrayList<>();
  private final Deque<Future<?>> pending = new ArrayDeque<>();
  private final ExecutorService senders =
      Executors.newFixedThreadPool(
          IN_FLIGHT,
          task -> {
            Thread thread = new Thread(task, "flyte-azure-block");
            thread.setDaemon(true);
            return thread;
          });

  AzureBlockUpload(Sending sending) {
    this.sending = sending;
  }

  /** Sends a block, and waits while too many are on their way; the bytes are not the caller's. */
  void add(ByteBuffer body) throws IOException {
    while (pending.size() >= IN_FLIGHT) {
      awaitFirst();
    }
    String plain = String.format(Locale.ROOT, "%s-%06d", prefix, names.size());
    String name = Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    names.add(name);
    pending.add(
        senders.submit(
            () -> {
              sending.send(name, body);
              return null;
            }));
  }

  /** The names in their order, once all have arrived. */
  List<String> list() throws IOException {
    while (!pending.isEmpty()) {
      awaitFirst();
    }
    return names;
  }

  private void awaitFirst() throws IOException {
    try {
      pending.remove().get();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while writing");
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof IOException io) {
        throw io;
      }
      throw new IOException(failure.getCause());
    }
  }

  void close() {
    pending.forEach(block -> block.cancel(true));
    senders.shutdownNow();
    DaemonThreads.awaitEnd(senders); // no block is on its way any more when this returns (F95)
  }
}
