/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.resume;

import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.Listed;
import io.github.flytehadoop.transfer.spill.Codec;
import io.github.flytehadoop.transfer.spill.PackedReader;
import io.github.flytehadoop.transfer.spill.PackedWriter;
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
 */
record JournalEntry(
    String path, long lengthBytes, long modifiedMillis, @Nullable String etag, long bytes) {
  static final Codec<JournalEntry> CODEC =
      new Codec<>() {
        private static final int ENTRY_BYTES = 150;

        @Override
        public void write(JournalEntry entry, PackedWriter out) {
          out.text(entry.path());
          out.number(entry.lengthBytes());
          out.number(entry.modifiedMillis());
          out.text(entry.etag());
          out.number(entry.bytes());
        }

        @Override
        public JournalEntry read(PackedReader in) {
          return new JournalEntry(
              in.text(), in.number(), in.number(), in.textOrNull(), in.number());
        }

        @Override
        public int weightBytes(JournalEntry entry) {
          return ENTRY_BYTES + 2 * entry.path().length();
        }
      };

  /** Whether this is about the version of the source that is there now. */
  boolean isOf(Listed source) {
    Attributes now = source.attributes();
    return path.equals(source.path().value())
        && lengthBytes == now.lengthBytes()
        && modifiedMillis == now.modified().toEpochMilli()
        && Objects.equals(etag, now.etag());
  }
}
