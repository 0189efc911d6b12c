/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal.codec;

import io.github.flytehadoop.literal.LiteralValue;
import io.github.flytehadoop.literal.LiteralValue.BooleanValue;
import io.github.flytehadoop.literal.LiteralValue.DatetimeValue;
import io.github.flytehadoop.literal.LiteralValue.DurationValue;
import io.github.flytehadoop.literal.LiteralValue.FloatValue;
import io.github.flytehadoop.literal.LiteralValue.IntegerValue;
import io.github.flytehadoop.literal.LiteralValue.StringValue;
import io.github.flytehadoop.literal.wire.WireBytes;
import io.github.flytehadoop.literal.wire.WireException;
import io.github.flytehadoop.literal.wire.WireMessage;
import io.github.flytehadoop.literal.wire.WireShape;
import io.github.flytehadoop.literal.wire.WireShape.Form;
import io.github.flytehadoop.literal.wire.WireWriter;
import org.jspecify.annotations.Nullable;

/** {@code Primitive}. */
final class PrimitiveCodec {
  private static final int INTEGER = 1;
  private static final int FLOAT = 2;
  private static final int STRING = 3;
  private static final int BOOLEAN = 4;
  private static final int DATETIME = 5;
  private static final int DURATION = 6;

  static final WireShape PRIMITIVE =
      WireShape.empty()
          .oneOf(Form.NUMBER, INTEGER, BOOLEAN)
          .oneOf(Form.DOUBLE, FLOAT)
          .oneOf(Form.TEXT, STRING)
          .oneOf(Form.MESSAGE, DATETIME, DURATION);

  private PrimitiveCodec() {}

  static @Nullable LiteralValue read(WireMessage primitive) throws WireException {
    return switch (primitive.chosen()) {
      case INTEGER -> new IntegerValue(primitive.number(INTEGER));
      case FLOAT -> new FloatValue(primitive.real(FLOAT));
      case STRING -> new StringValue(primitive.text(STRING));
      case BOOLEAN -> new BooleanValue(primitive.number(BOOLEAN) != 0);
      case DATETIME ->
          new DatetimeValue(TimeCodec.instant(primitive.message(DATETIME, TimeCodec.TIME)));
      case DURATION ->
          new DurationValue(TimeCodec.duration(primitive.message(DURATION, TimeCodec.TIME)));
      default -> null;
    };
  }

  /** Whether it wrote the value, which it does for primitives alone. */
  static boolean write(WireWriter out, LiteralValue value, WireBytes rest) throws WireException {
    if (value instanceof IntegerValue integer) {
      out.presentNumber(INTEGER, integer.value());
    } else if (value instanceof FloatValue real) {
      out.presentReal(FLOAT, real.value());
    } else if (value instanceof StringValue text) {
      out.presentText(STRING, text.value());
    } else if (value instanceof BooleanValue truth) {
      out.presentNumber(BOOLEAN, truth.value() ? 1 : 0);
    } else if (value instanceof DatetimeValue datetime) {
      int start = out.open(DATETIME);
      TimeCodec.write(out, datetime.value());
      out.close(start, rest.below(DATETIME));
    } else if (value instanceof DurationValue duration) {
      int start = out.open(DURATION);
      TimeCodec.write(out, duration.value());
      out.close(start, rest.below(DURATION));
    } else {
      return false;
    }
    return true;
  }
}
