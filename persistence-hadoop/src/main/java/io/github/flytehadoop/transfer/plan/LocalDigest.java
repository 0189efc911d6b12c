/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.plan;

import io.github.flytehadoop.store.ByteRange;
import io.github.flytehadoop.store.Checksum;
import io.github.flytehadoop.transfer.EngineContext;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.zip.CRC32C;

/** Computes the digest of a local file that a store keeps of the other file. */
final class LocalDigest {
  static final Set<String> ALGORITHMS = Set.of(Checksum.CRC32C, Checksum.MD5);

  private static final int BUFFER_BYTES = 256 << 10;

  /** Takes bytes one buffer after the other. */
  private interface Digesting {
    void update(byte[] bytes, int length);
  }

  private LocalDigest() {}

  static Checksum of(ContentComparison.Side file, String algorithm, EngineContext context)
      throws IOException {
    if (algorithm.equals(Checksum.CRC32C)) {
      CRC32C crc = new CRC32C();
      read(file, context, (bytes, length) -> crc.update(bytes, 0, length));
      return Checksum.crc32c(crc.getValue());
    }
    MessageDigest md5 = md5();
    read(file, context, (bytes, length) -> md5.update(bytes, 0, length));
    return new Checksum(Checksum.MD5, HexFormat.of().formatHex(md5.digest()));
  }

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException broken) {
      throw new IllegalStateException("Every JDK has MD5.", broken);
    }
  }

  private static void read(ContentComparison.Side file, EngineContext context, Digesting digest)
      throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in =
        context.stores().of(file.at()).open(file.at(), file.attributes(), ByteRange.WHOLE)) {
      for (int read; (read = in.read(buffer)) >= 0; ) {
        context.cancellation().check(file.at().text());
        digest.update(buffer, read);
      }
    }
  }
}
