/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.s3;

import io.github.flytehadoop.store.ByteRange;
import io.github.flytehadoop.store.RereadableSource;
import io.github.flytehadoop.store.s3.request.S3Objects;
import io.github.flytehadoop.store.s3.request.S3RequestBody;
import io.github.flytehadoop.store.s3.request.S3WriteHeaders;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * The way of bytes to S3 whose end nobody knows: those of one part are held until they are sent;
 * what ends before the first part is full is one PUT. Parts grow on the way, so that ten thousand
 * of them hold the largest object there is (F98). Belongs to one thread.
 */
final class S3StreamUpload {
  /** How large the blocks are that a part is held in. */
  private static final int BLOCK_BYTES = 1 << 20;

  private static final int FIRST_BLOCK_BYTES = 16 << 10;

  private final S3Requests requests;
  private final String key;
  private final S3WriteHeaders headers;
  private final S3PartSizes sizes;
  private final S3PartSenders senders;
  private List<byte[]> full = new ArrayList<>();
  private byte[] filling = new byte[FIRST_BLOCK_BYTES];
  private int filled;
  private long heldBytes;
  private long sentBytes;
  private int number;
  private @Nullable S3Pending upload;
  private @Nullable String etag;

  S3StreamUpload(S3Requests requests, String key, S3WriteHeaders headers, S3PartSizes sizes) {
    this.requests = requests;
    this.key = key;
    this.headers = headers;
    this.senders = new S3PartSenders(requests.partsInFlight());
    this.sizes = sizes;
  }

  /** That of the object, once it is visible; null where S3 did not say. */
  @Nullable String etag() {
    return S3Objects.plain(etag);
  }

  long lengthBytes() {
    return sentBytes + heldBytes;
  }

  void write(byte[] bytes, int offset, int length) throws IOException {
    int from = offset;
    int left = length;
    while (left > 0) {
      if (heldBytes == sizes.bytesOf(number + 1)) {
        sendHeld();
      }
      long room = sizes.bytesOf(number + 1) - heldBytes;
      int count = (int) Math.min(left, Math.min(room, space()));
      System.arraycopy(bytes, from, filling, filled, count);
      filled += count;
      heldBytes += count;
      from += count;
      left -= count;
    }
  }

  /** Makes room in the block that fills: it doubles until it is a whole one. */
  private int space() {
    if (filled == filling.length) {
      if (filling.length < BLOCK_BYTES) {
        filling = java.util.Arrays.copyOf(filling, Math.min(BLOCK_BYTES, filling.length * 2));
      } else {
        full.add(filling);
        filling = new byte[BLOCK_BYTES];
        filled = 0;
      }
    }
    return filling.length - filled;
  }

  private void sendHeld() throws IOException {
    S3Pending begun = upload;
    if (begun == null) {
      begun = S3Pending.begin(requests, key, headers);
      upload = begun;
    }
    if (senders.isStopped()) {
      senders.await(); // which throws why
    }
    RereadableSource held = take();
    S3Pending target = begun;
    int part = ++number;
    senders.send(() -> send(target, part, held));
  }

  private static CompletedPart send(S3Pending target, int part, RereadableSource held)
      throws IOException {
    try (S3RequestBody body = new S3RequestBody(held, new ByteRange(0, held.lengthBytes()))) {
      return target.send(part, body);
    }
  }

  private RereadableSource take() {
    List<byte[]> blocks = full;
    byte[] last = filling;
    Held held = new Held(blocks, last, filled, heldBytes);
    sentBytes += heldBytes;
    full = new ArrayList<>();
    filling = new byte[FIRST_BLOCK_BYTES];
    filled = 0;
    heldBytes = 0;
    return held;
  }

  /** Sends the rest, without making it visible; what fits into one request waits. */
  void complete() throws IOException {
    if (upload != null && heldBytes > 0) {
      sendHeld();
    }
  }

  /** Makes it visible. */
  void publish() throws IOException {
    S3Pending begun = upload;
    if (begun != null) {
      etag = begun.complete(senders.await());
      return;
    }
    RereadableSource held = take();
    try (S3RequestBody body = new S3RequestBody(held, new ByteRange(0, held.lengthBytes()))) {
      etag = requests.put(key, headers, body);
    }
  }

  /** Waits for what is under way and aborts the upload. */
  void abort() throws IOException {
    S3Pending begun = upload;
    upload = null;
    if (begun == null) {
      return;
    }
    senders.stop();
    try {
      senders.await();
    } catch (IOException failed) {
      // which is why it is aborted, or because it is
    }
    begun.abort();
  }

  /** Bytes in memory, in blocks that are full but for the last. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Held(List<byte[]> blocks, byte[] last, int lastBytes, long lengthBytes)
      implements RereadableSource {
    @Override
    public InputStream open(ByteRange range) {
      List<InputStream> streams = new ArrayList<>();
      blocks.forEach(block -> streams.add(new ByteArrayInputStream(block)));
      streams.add(new ByteArrayInputStream(last, 0, lastBytes));
      return new SequenceInputStream(Collections.enumeration(streams));
    }
  }
}
