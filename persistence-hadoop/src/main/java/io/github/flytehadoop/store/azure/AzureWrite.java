/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.azure;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Checksum;
import io.github.flytehadoop.store.ObjectWrite;
import io.github.flytehadoop.store.Proof;
import io.github.flytehadoop.store.SentContent;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.store.failure.AzureErrorCodes;
import io.github.flytehadoop.store.failure.HadoopFailures;
import io.github.flytehadoop.store.failure.IntegrityCheck;
import io.github.flytehadoop.store.hadoop.WriterToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Map;
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
  private @Nullable AzureBlockUpload blocks;

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
      AzureBlockUpload sending = blocks;
      if (sending == null) {
        sending = new AzureBlockUpload(this::send);
        blocks = sending;
      }
      sending.add(ByteBuffer.wrap(block, 0, held));
    } catch (IOException | RuntimeException failure) {
      throw HadoopFailures.of("write", at, failure);
    }
    block = new byte[0];
    held = 0;
  }

  private void send(String name, ByteBuffer body) throws IOException {
    MessageDigest digest = md5();
    digest.update(body.duplicate());
    requests.stage(path, name, body, digest.digest());
  }

  @Override
  protected Proof verify(SentContent sent) throws IOException {
    IntegrityCheck.requireEqual(at, sent.lengthBytes(), sentBytes);
    if (sent.checksum() == null) {
      return Proof.LENGTH;
    }
    IntegrityCheck.requireEqual(at, sent.checksum(), Checksum.crc32c(crc.getValue()));
    return Proof.CHECKSUM;
  }

  @Override
  protected void publish() throws IOException {
    Map<String, String> headers = AzureHeaders.of(options);
    byte[] md5 = whole.digest();
    try {
      if (blocks == null) {
        requests.upload(path, headers, ByteBuffer.wrap(block, 0, held), md5);
      } else {
        sendBlock();
        requests.commit(path, headers, blocks.list(), md5);
      }
    } catch (IOException | RuntimeException failure) {
      TransferException classified = failed(failure);
      if (!WriterToken.mayBeDone(options, classified.kind()) || !isThere(classified)) {
        throw classified;
      }
    } finally {
      discardUninterrupted();
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

  /** Whoever commits a blob throws away the blocks that others have sent for it. */
  private TransferException failed(Exception failure) {
    if (blocks != null && AzureErrorCodes.isCode(failure, "InvalidBlockList")) {
      return Problem.cannot("write", at.text())
          .because("somebody else replaced it during the upload")
          .remedy("Run it again.")
          .kind(FailureKind.THROTTLED)
          .causedBy(failure)
          .exception();
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

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
