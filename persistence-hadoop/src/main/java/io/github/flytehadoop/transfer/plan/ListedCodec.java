/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.plan;

import io.github.flytehadoop.location.RelativePath;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.ListingEntry;
import io.github.flytehadoop.transfer.spill.Codec;
import io.github.flytehadoop.transfer.spill.VarintReader;
import io.github.flytehadoop.transfer.spill.VarintWriter;
import java.time.Instant;

/** Entries of a listing, without Hadoop's own status. */
final class ListedCodec implements Codec<ListingEntry> {
  /** Objects and headers of one entry. */
  private static final int ENTRY_BYTES = 180;

  @Override
  public void write(ListingEntry entry, VarintWriter out) {
    Attributes attributes = entry.attributes();
    out.text(entry.path().value());
    out.number(attributes.isDirectory() ? 1 : 0);
    out.number(attributes.lengthBytes());
    Instant modified = attributes.modified();
    out.number(modified.getEpochSecond());
    out.number(modified.getNano());
    out.text(attributes.etag());
    out.text(attributes.fileId());
  }

  @Override
  public ListingEntry read(VarintReader in) {
    RelativePath path = new RelativePath(in.text());
    Attributes.Kind kind = in.number() == 0 ? Attributes.Kind.FILE : Attributes.Kind.DIRECTORY;
    long length = in.number();
    Instant modified = Instant.ofEpochSecond(in.number(), in.number());
    String etag = in.textOrNull();
    return new ListingEntry(
        path, new Attributes(kind, length, modified, etag, null, in.textOrNull()));
  }

  @Override
  public int weightBytes(ListingEntry entry) {
    String etag = entry.attributes().etag();
    return ENTRY_BYTES + 2 * (entry.path().value().length() + (etag == null ? 0 : etag.length()));
  }
}
