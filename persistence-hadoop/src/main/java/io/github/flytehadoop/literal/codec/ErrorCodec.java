/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal.codec;

import io.github.flytehadoop.literal.ContainerError;
import io.github.flytehadoop.literal.ContainerError.Kind;
import io.github.flytehadoop.literal.ContainerError.Origin;
import io.github.flytehadoop.literal.ErrorDocument;
import io.github.flytehadoop.literal.LiteralException;
import io.github.flytehadoop.literal.wire.WireException;
import io.github.flytehadoop.literal.wire.WireMessage;
import io.github.flytehadoop.literal.wire.WireShape;
import io.github.flytehadoop.literal.wire.WireShape.Form;
import io.github.flytehadoop.literal.wire.WireWriter;
import java.util.List;

/** {@code ErrorDocument}. */
public final class ErrorCodec {
  private static final WireShape DOCUMENT = WireShape.empty().with(1, Form.MESSAGE);
  private static final WireShape ERROR =
      WireShape.empty()
          .with(1, Form.TEXT)
          .with(2, Form.TEXT)
          .with(3, Form.NUMBER)
          .with(4, Form.NUMBER)
          .with(5, Form.MESSAGE)
          .with(6, Form.TEXT);

  private static final List<Origin> ORIGINS = List.of(Origin.UNKNOWN, Origin.USER, Origin.SYSTEM);

  private ErrorCodec() {}

  /**
   * Reads a document.
   *
   * @throws LiteralException when the bytes are none
   */
  public static ErrorDocument read(byte[] bytes) throws LiteralException {
    try {
      WireMessage document = WireMessage.of(bytes, DOCUMENT);
      ContainerError error = document.has(1) ? error(document.separate(1, ERROR)) : null;
      return new ErrorDocument(error, document.unknown());
    } catch (WireException damaged) {
      throw CodecFailure.reading("the error document", damaged);
    }
  }

  /**
   * Writes a document.
   *
   * @throws LiteralException when it cannot be written
   */
  public static byte[] write(ErrorDocument document) throws LiteralException {
    try {
      WireWriter out = new WireWriter();
      if (document.error() != null) {
        int start = out.open(1);
        write(out, document.error());
        out.close(start);
      }
      out.unknown(document.rest());
      return out.toByteArray();
    } catch (WireException impossible) {
      throw CodecFailure.writing("the error document", impossible);
    }
  }

  private static ContainerError error(WireMessage error) throws WireException {
    return new ContainerError(
        error.text(1),
        error.text(2),
        // a number that is not known is no promise that trying again helps
        error.number(3) == 1 ? Kind.RECOVERABLE : Kind.NON_RECOVERABLE,
        origin((int) error.number(4)),
        error.has(5) ? TimeCodec.instant(error.message(5, TimeCodec.TIME)) : null,
        error.text(6),
        error.unknown());
  }

  private static Origin origin(int number) {
    return number < 0 || number >= ORIGINS.size() ? Origin.UNKNOWN : ORIGINS.get(number);
  }

  private static void write(WireWriter out, ContainerError error) throws WireException {
    out.text(1, error.code());
    out.text(2, error.message());
    out.number(3, error.kind() == Kind.RECOVERABLE ? 1 : 0);
    out.number(4, ORIGINS.indexOf(error.origin()));
    if (error.timestamp() != null) {
      int start = out.open(5);
      TimeCodec.write(out, error.timestamp());
      out.close(start, error.rest().below(5));
    }
    out.text(6, error.worker());
    out.unknown(error.rest());
  }
}
