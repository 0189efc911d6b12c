/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.resume;

import io.github.flytehadoop.location.RelativePath;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.transfer.Receipt;
import io.github.flytehadoop.transfer.TransferItem;
import io.github.flytehadoop.transfer.spill.Codec;
import io.github.flytehadoop.transfer.spill.VarintReader;
import io.github.flytehadoop.transfer.spill.VarintWriter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A file that a named run has published.
 *
 * @param path below source and target
 * @param lengthBytes as the source was listed
 * @param modifiedMillis as the source was listed
 * @param etag as the source was listed, or null
 * @param bytes that are at the target
 * @param version at the target, or null when its store did not say
 * @param notedMillis when the journal got it, by the clock of its store; 0 while it is written
 */
record JournalEntry(
    String path,
    long lengthBytes,
    long modifiedMillis,
    @Nullable String etag,
    long bytes,
    @Nullable String version,
    long notedMillis) {
  static final Codec<JournalEntry> CODEC =
      new Codec<>() {
        private static final int ENTRY_BYTES = 220;

        @Override
        public void write(JournalEntry entry, VarintWriter out) {
          out.text(entry.path());
          out.number(entry.lengthBytes());
          out.number(entry.modifiedMillis());
          out.text(entry.etag());
          out.number(entry.bytes());
          out.text(entry.version());
          out.number(entry.notedMillis());
        }

        @Override
        public JournalEntry read(VarintReader in) {
          return new JournalEntry(
              in.text(),
              in.number(),
              in.number(),
              in.textOrNull(),
              in.number(),
              in.textOrNull(),
              in.number());
        }

        @Override
        public int weightBytes(JournalEntry entry) {
          return ENTRY_BYTES + 2 * entry.path().length();
        }
      };

  /** A file that arrived. */
  static JournalEntry of(String path, TransferItem item, Receipt receipt) {
    return new JournalEntry(
        path,
        item.lengthBytes(),
        item.modifiedMillis(),
        item.etag(),
        receipt.bytes(),
        receipt.version(),
        0);
  }

  /** Whether this is about the version of the source that is there now. */
  boolean isOf(RelativePath file, Attributes now) {
    return path.equals(file.value())
        && lengthBytes == now.lengthBytes()
        && modifiedMillis == now.modified().toEpochMilli()
        && Objects.equals(etag, now.etag());
  }

  /** The same, read from a file of the journal of this time. */
  JournalEntry notedAt(long millis) {
    return new JournalEntry(path, lengthBytes, modifiedMillis, etag, bytes, version, millis);
  }
}
