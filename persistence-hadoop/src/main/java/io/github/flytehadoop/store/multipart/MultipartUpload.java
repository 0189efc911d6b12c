/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.multipart;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.store.Checksum;
import java.io.IOException;
import java.io.Serializable;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.util.CrcComposer;
import org.apache.hadoop.util.DataChecksum;
import org.jspecify.annotations.Nullable;

/**
 * A file that is being written in parts, as its workers know it. Small, and without secrets.
 *
 * @param target the location that it will have
 * @param id what the store calls it
 * @param lengthBytes of the whole file
 * @param partBytes of each part but the last
 */
public record MultipartUpload(String target, String id, long lengthBytes, long partBytes)
    implements Serializable {
  /** Refuses a file without parts. */
  public MultipartUpload {
    if (lengthBytes <= 0 || partBytes <= 0) {
      throw Problem.cannot("split " + lengthBytes + " bytes into parts of " + partBytes).argument();
    }
  }

  /** How many there are. */
  public int parts() {
    return Math.toIntExact((lengthBytes - 1) / partBytes + 1);
  }

  /** One of them, from 1. */
  public Part part(int number) {
    long offset = (number - 1) * partBytes;
    return new Part(number, offset, Math.min(partBytes, lengthBytes - offset));
  }

  /**
   * The parts in order, each once. Of a part that was sent twice any may be taken: their bytes are
   * the same.
   *
   * @throws TransferException of kind {@code INTEGRITY} when one is missing or has another length
   */
  public List<UploadedPart> inOrder(Collection<UploadedPart> sent) throws TransferException {
    SortedMap<Integer, UploadedPart> byNumber = new TreeMap<>();
    sent.forEach(part -> byNumber.put(part.number(), part));
    for (int number = 1; number <= parts(); number++) {
      UploadedPart part = byNumber.get(number);
      if (part == null || part.lengthBytes() != part(number).lengthBytes()) {
        throw incomplete("part " + number + " of " + parts() + " is missing or short");
      }
    }
    if (byNumber.size() != parts()) {
      throw incomplete(byNumber.size() + " parts were sent instead of " + parts());
    }
    return List.copyOf(byNumber.values());
  }

  private TransferException incomplete(String why) {
    return Problem.cannot("write", target)
        .because(why)
        .remedy("Run it again.")
        .kind(FailureKind.INTEGRITY)
        .exception();
  }

  /**
   * The checksum of the whole file, or null when that of a part is not known.
   *
   * @throws TransferException of kind {@code INTEGRITY} when a part is missing
   */
  public @Nullable Checksum checksum(Collection<UploadedPart> sent) throws IOException {
    return combined(inOrder(sent));
  }

  /**
   * The checksum of the whole file, or null when that of a part is not known.
   *
   * @throws IOException when the checksums of the parts cannot be put together
   */
  public static @Nullable Checksum combined(List<UploadedPart> parts) throws IOException {
    CrcComposer whole =
        CrcComposer.newCrcComposer(DataChecksum.Type.CRC32C, parts.get(0).lengthBytes());
    for (UploadedPart part : parts) {
      if (part.crc32c() == UploadedPart.UNKNOWN) {
        return null;
      }
      whole.update((int) part.crc32c(), part.lengthBytes());
    }
    return new Checksum(Checksum.CRC32C, HexFormat.of().formatHex(whole.digest()));
  }
}
