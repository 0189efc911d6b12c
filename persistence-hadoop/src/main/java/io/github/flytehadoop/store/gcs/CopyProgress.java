/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.gcs;

import com.google.api.services.storage.model.RewriteResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** How far a copy got that takes several requests, and whether it still gets on. */
final class CopyProgress {
  /** A request may end before it has copied anything; several in a row do not. */
  private static final int MOST_IDLE = 3;

  private @Nullable String token;
  private long bytes;
  private int idle;

  /** What the next request goes on with; null for the first. */
  @Nullable String token() {
    return token;
  }

  /** Takes an answer that is not the last. */
  void add(RewriteResponse answer) throws IOException {
    token = answer.getRewriteToken();
    if (token == null) {
      throw new IOException("the store says that the copy goes on, and not how");
    }
    Long now = answer.getTotalBytesRewritten();
    idle = now == null || now <= bytes ? idle + 1 : 0;
    if (idle == MOST_IDLE) {
      throw new IOException(
          "the store says that the copy goes on, and stays at "
              + bytes
              + (bytes == 1 ? " byte" : " bytes"));
    }
    bytes = Math.max(bytes, now == null ? 0 : now);
  }
}
