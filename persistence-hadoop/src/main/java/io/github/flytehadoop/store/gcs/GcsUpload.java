/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.gcs;

import com.google.api.services.storage.model.StorageObject;
import io.github.flytehadoop.hadoop.gcs.GcsConnection;
import io.github.flytehadoop.hadoop.gcs.GcsSession;
import io.github.flytehadoop.store.failure.RootCause;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bytes on their way to one object. What fits a chunk is one request with its digest; more is a
 * resumable upload, whose last request has the digest of all. Belongs to one thread.
 */
final class GcsUpload {
  private static final Logger LOG = LoggerFactory.getLogger(GcsUpload.class);

  private final GcsRequests requests;
  private final StorageObject object;
  private final @Nullable Long generation;
  private final GcsChunk chunk;
  private final CRC32C crc = new CRC32C();
  private @Nullable GcsSession session;

  /**
   * An upload that has sent nothing.
   *
   * @param generation that is replaced, 0 for none, or null for whatever there is
   */
  GcsUpload(GcsRequests requests, StorageObject object, @Nullable Long generation, int chunkBytes) {
    this.requests = requests;
    this.object = object;
    this.generation = generation;
    this.chunk = new GcsChunk(chunkBytes);
  }

  /** Of all bytes so far. */
  long crc32c() {
    return crc.getValue();
  }

  /** How many they are. */
  long bytes() {
    return chunk.end();
  }

  void write(byte[] bytes, int offset, int length) throws IOException {
    GcsConnection.requireUninterrupted();
    for (int done = 0; done < length; ) {
      if (chunk.isFull()) {
        send();
      }
      done += chunk.add(bytes, offset + done, length - done);
    }
    crc.update(bytes, offset, length);
  }

  /** A chunk goes when more comes behind it: the last one, which publishes, is never empty. */
  private void send() throws IOException {
    GcsSession open = session;
    if (open == null) {
      open = requests.start(object, generation);
      session = open;
    }
    open.send(chunk, chunk.end());
    chunk.next();
  }

  /** Publishes the object, and says what the store has. */
  StorageObject finish() throws IOException {
    String digest =
        Base64.getEncoder()
            .encodeToString(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    GcsSession open = session;
    StorageObject made =
        open == null
            ? requests.put(object.clone().setCrc32c(digest), chunk, generation)
            : open.finish(chunk, chunk.end(), digest);
    session = null;
    chunk.clear();
    return made;
  }

  /** Nothing is published, now or later, and nothing stays pending. */
  void abort() {
    GcsSession open = session;
    session = null;
    chunk.clear();
    if (open != null) {
      try {
        open.abandon();
      } catch (IOException | RuntimeException failure) {
        LOG.warn(
            "An upload to {} was not ended, and ends by itself in a week: {}",
            object.getName(),
            RootCause.why(failure));
      }
    }
  }
}
