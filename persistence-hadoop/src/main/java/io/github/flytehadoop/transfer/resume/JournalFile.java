/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.resume;

import io.github.flytehadoop.transfer.spill.VarintReader;
import io.github.flytehadoop.transfer.spill.VarintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** One file of a journal: a line that says what it is, packed values, and a checksum of both. */
final class JournalFile {
  /** A larger one is none of ours. */
  static final int MOST_BYTES = 64 << 20;

  private static final byte[] KIND = "flyte journal ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] VERSION = "2\n".getBytes(StandardCharsets.US_ASCII);

  /** Why a file cannot be used; the message is a clause. */
  static final class DamagedException extends Exception {
    private static final long serialVersionUID = 1;

    DamagedException(String why) {
      super(why);
    }
  }

  private JournalFile() {}

  static byte[] encode(VarintWriter values) {
    byte[] packed = values.toBytes();
    ByteBuffer file =
        ByteBuffer.allocate(KIND.length + VERSION.length + packed.length + Integer.BYTES);
    file.put(KIND).put(VERSION).put(packed);
    file.putInt(checksum(file.array(), file.position()));
    return file.array();
  }

  static VarintReader decode(byte[] file) throws DamagedException {
    int start = KIND.length + VERSION.length;
    if (file.length < start + Integer.BYTES || !startsWith(file, 0, KIND)) {
      throw new DamagedException("it is cut off, or is no journal");
    }
    if (!startsWith(file, KIND.length, VERSION)) {
      throw new DamagedException("another version of this library wrote it");
    }
    int end = file.length - Integer.BYTES;
    if (ByteBuffer.wrap(file).getInt(end) != checksum(file, end)) {
      throw new DamagedException("its checksum is wrong");
    }
    return new VarintReader(Arrays.copyOfRange(file, start, end));
  }

  private static boolean startsWith(byte[] file, int at, byte[] expected) {
    return Arrays.equals(file, at, at + expected.length, expected, 0, expected.length);
  }

  private static int checksum(byte[] bytes, int length) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, 0, length);
    return (int) checksum.getValue();
  }
}
