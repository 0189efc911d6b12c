/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.azure;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Printable;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Checksum;
import io.github.flytehadoop.store.Content;
import io.github.flytehadoop.store.ObjectWrite;
import io.github.flytehadoop.store.Proof;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.store.failure.HadoopFailures;
import io.github.flytehadoop.store.failure.Mismatch;
import io.github.flytehadoop.store.hadoop.ContentHeaders;
import io.github.flytehadoop.store.hadoop.WriterMark;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * A blob on its way: one request at the commit when it fits into a block, else blocks and a list.
 * Each request carries the digest of its bytes, which Azure compares before it keeps them.
 */
final class AzureWrite extends ObjectWrite {
  private static final int FIRST_BUFFER = 16 << 10;

  private final AzureRequests requests;
  private final Location at;
  private final Path path;
  private final WriteOptions options;
  private final int blockBytes;
  private final CRC32C crc = new CRC32C();
  private final MessageDigest whole = md5();
  private byte[] block = new byte[0];
  private int held;
  private long sentBytes;
  private @Nullable AzureBlocks blocks;

  AzureWrite(AzureRequests requests, Location at, Path path, WriteOptions options, int blockBytes) {
    this.requests = requests;
    this.at = at;
    this.path = path;
    this.options = options;
    this.blockBytes = blockBytes;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    requireOpen();
    for (int done = 0; done < length; ) {
      if (held == blockBytes) {
        sendBlock();
      }
      int count = Math.min(length - done, blockBytes - held);
      makeRoom(held + count);
      System.arraycopy(bytes, offset + done, block, held, count);
      held += count;
      done += count;
    }
    crc.update(bytes, offset, length);
    whole.update(bytes, offset, length);
    sentBytes += length;
  }

  private void makeRoom(int needed) {
    if (needed > block.length) {
      int size = blocks != null ? blockBytes : Math.max(FIRST_BUFFER, Math.max(needed, 2 * held));
      block = Arrays.copyOf(block, Math.min(blockBytes, size));
    }
  }

  private void sendBlock() throws IOException {
    try {
      AzureBlocks sending = blocks;
      if (sending == null) {
        sending = new AzureBlocks(this::send);
        blocks = sending;
      }
      sending.add(ByteBuffer.wrap(block, 0, held));
    } catch (IOException | RuntimeException failure) {
      throw HadoopFailures.of("write", at, failure);
    }
    block = new byte[0];
    held = 0;
  }

  private void send(String query, ByteBuffer body) throws IOException {
    MessageDigest digest = md5();
    digest.update(body.duplicate());
    requests.put(path, query, Map.of("Content-MD5", base64(digest)), body);
  }

  @Override
  protected Proof verify(Content sent) throws IOException {
    Mismatch.refuse(at, sent.lengthBytes(), sentBytes);
    if (sent.checksum() == null) {
      return Proof.LENGTH;
    }
    Mismatch.refuse(at, sent.checksum(), Checksum.crc32c(crc.getValue()));
    return Proof.CHECKSUM;
  }

  @Override
  protected void publish() throws IOException {
    Map<String, String> headers = describing();
    try {
      if (blocks == null) {
        headers.put("x-ms-blob-type", "BlockBlob");
        headers.put("Content-MD5", base64(whole));
        requests.put(path, "timeout=90", headers, ByteBuffer.wrap(block, 0, held));
      } else {
        sendBlock();
        headers.put("x-ms-blob-content-md5", base64(whole));
        byte[] list = blocks.list();
        requests.put(path, "comp=blocklist", headers, ByteBuffer.wrap(list));
      }
    } catch (IOException | RuntimeException failure) {
      TransferException classified = failed(failure);
      if (!WriterMark.mayBeDone(options, classified.kind()) || !isThere(classified)) {
        throw classified;
      }
    } finally {
      discard();
    }
  }

  private boolean isThere(TransferException failure) {
    try {
      return requests.isWritten(path, options, sentBytes);
    } catch (IOException | RuntimeException unknown) {
      failure.addSuppressed(unknown);
      return false;
    }
  }

  private Map<String, String> describing() {
    ContentHeaders content = ContentHeaders.of(WriterMark.addToRefusing(options));
    Map<String, String> headers = new TreeMap<>();
    content.headers().forEach((name, value) -> headers.put("x-ms-blob-" + name, value));
    headers.putIfAbsent("x-ms-blob-" + ContentHeaders.TYPE, "application/octet-stream");
    AzureMetadata.addTo(headers, content.user());
    if (options.existing() == WriteOptions.Existing.REFUSE) {
      headers.put("If-None-Match", "*");
    }
    return headers;
  }

  /** Whoever commits a blob throws away the blocks that others have sent for it. */
  private TransferException failed(Exception failure) {
    if (blocks != null && String.valueOf(failure.getMessage()).contains("InvalidBlockList")) {
      return new TransferException(
          FailureKind.THROTTLED,
          at.text(),
          "Cannot write "
              + Printable.of(at.text())
              + ": somebody else replaced it during the upload. Run it again.",
          failure);
    }
    return HadoopFailures.of("write", at, failure);
  }

  @Override
  protected void discard() {
    if (blocks != null) {
      blocks.close();
    }
    block = new byte[0];
    held = 0;
  }

  private static String base64(MessageDigest digest) {
    return Base64.getEncoder().encodeToString(digest.digest());
  }

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
