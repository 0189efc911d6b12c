/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal.codec;

import io.github.flytehadoop.literal.LiteralValue.BlobValue;
import io.github.flytehadoop.literal.LiteralValue.Dimensionality;
import io.github.flytehadoop.literal.wire.WireBytes;
import io.github.flytehadoop.literal.wire.WireException;
import io.github.flytehadoop.literal.wire.WireMessage;
import io.github.flytehadoop.literal.wire.WireShape;
import io.github.flytehadoop.literal.wire.WireShape.Form;
import io.github.flytehadoop.literal.wire.WireWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code Blob}: files and directories. */
final class BlobCodec {
  static final WireShape TYPE = WireShape.empty().with(1, Form.TEXT).with(2, Form.NUMBER);
  static final WireShape BLOB = WireShape.empty().with(1, Form.MESSAGE).with(3, Form.TEXT);

  private static final WireShape METADATA = WireShape.empty().with(1, Form.MESSAGE);

  private static final List<Dimensionality> BY_NUMBER =
      List.of(Dimensionality.SINGLE, Dimensionality.MULTIPART);

  private BlobCodec() {}

  static @Nullable BlobValue read(WireMessage blob) throws WireException {
    WireMessage type = blob.message(1, METADATA).message(1, TYPE);
    Dimensionality dimensionality = dimensionality(type);
    return dimensionality == null
        ? null
        : new BlobValue(blob.text(3), type.text(1), dimensionality);
  }

  /** Null when its number is not known. */
  static @Nullable Dimensionality dimensionality(WireMessage type) {
    long number = type.number(2);
    return number < 0 || number >= BY_NUMBER.size() ? null : BY_NUMBER.get((int) number);
  }

  static int numberOf(Dimensionality dimensionality) {
    return BY_NUMBER.indexOf(dimensionality);
  }

  static void write(WireWriter out, BlobValue blob, WireBytes rest) throws WireException {
    int metadata = out.open(1);
    int type = out.open(1);
    out.text(1, blob.format());
    out.number(2, numberOf(blob.dimensionality()));
    out.close(type, rest.below(1).below(1));
    out.close(metadata, rest.below(1));
    out.text(3, blob.uri());
  }
}
