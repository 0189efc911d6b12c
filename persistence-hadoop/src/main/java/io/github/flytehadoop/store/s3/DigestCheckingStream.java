/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.s3;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.hadoop.fs.Seekable;
import org.jspecify.annotations.Nullable;

/**
 * A file that is compared with the digest which its store keeps when its last byte has been read in
 * one go. Whoever jumps about reads without the comparison.
 */
final class DigestCheckingStream<S extends InputStream & Seekable> extends InputStream
    implements Seekable {
  /** Throws when bytes with another digest are not to be trusted. */
  interface Mismatched {
    void by(String found) throws IOException;
  }

  private final S in;
  private final long lengthBytes;
  private final String expected;
  private final Mismatched mismatched;
  private @Nullable MessageDigest digest = md5();
  private long read;

  DigestCheckingStream(S in, long lengthBytes, String expected, Mismatched mismatched) {
    this.in = in;
    this.lengthBytes = lengthBytes;
    this.expected = expected;
    this.mismatched = mismatched;
  }

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int count = in.read(bytes, offset, length);
    MessageDigest currentDigest = digest;
    if (currentDigest != null && count > 0) {
      currentDigest.update(bytes, offset, count);
      read += count;
      if (read >= lengthBytes) {
        digest = null;
        compare(currentDigest);
      }
    }
    return count;
  }

  private void compare(MessageDigest whole) throws IOException {
    String found = HexFormat.of().formatHex(whole.digest());
    if (!found.equals(expected)) {
      mismatched.by(found);
    }
  }

  @Override
  public void seek(long position) throws IOException {
    digest = null;
    in.seek(position);
  }

  @Override
  public long getPos() throws IOException {
    return in.getPos();
  }

  @Override
  public boolean seekToNewSource(long position) throws IOException {
    digest = null;
    return in.seekToNewSource(position);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
