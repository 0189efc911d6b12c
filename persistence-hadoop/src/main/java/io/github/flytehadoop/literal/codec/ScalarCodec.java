/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal.codec;

import io.github.flytehadoop.literal.LiteralValue;
import io.github.flytehadoop.literal.LiteralValue.BinaryValue;
import io.github.flytehadoop.literal.LiteralValue.BlobValue;
import io.github.flytehadoop.literal.LiteralValue.ErrorValue;
import io.github.flytehadoop.literal.LiteralValue.GenericValue;
import io.github.flytehadoop.literal.LiteralValue.NoneValue;
import io.github.flytehadoop.literal.LiteralValue.SchemaValue;
import io.github.flytehadoop.literal.LiteralValue.StructuredDatasetValue;
import io.github.flytehadoop.literal.LiteralValue.UnionValue;
import io.github.flytehadoop.literal.wire.WireBytes;
import io.github.flytehadoop.literal.wire.WireException;
import io.github.flytehadoop.literal.wire.WireMessage;
import io.github.flytehadoop.literal.wire.WireShape;
import io.github.flytehadoop.literal.wire.WireShape.Form;
import io.github.flytehadoop.literal.wire.WireWriter;
import org.jspecify.annotations.Nullable;

/** {@code Scalar}: every value that is no list and no map. */
final class ScalarCodec {
  private static final int PRIMITIVE = 1;
  private static final int BLOB = 2;
  private static final int BINARY = 3;
  private static final int SCHEMA = 4;
  private static final int NONE = 5;
  private static final int ERROR = 6;
  private static final int GENERIC = 7;
  private static final int DATASET = 8;
  private static final int UNION = 9;

  static final WireShape SCALAR =
      WireShape.empty()
          .oneOf(
              Form.MESSAGE, PRIMITIVE, BLOB, BINARY, SCHEMA, NONE, ERROR, GENERIC, DATASET, UNION);
  private static final WireShape TWO_TEXTS =
      WireShape.empty().with(1, Form.TEXT).with(2, Form.TEXT);
  private static final WireShape TWO_MESSAGES =
      WireShape.empty().with(1, Form.MESSAGE).with(2, Form.MESSAGE);

  private ScalarCodec() {}

  /** Null when the kind, or a number in the value, is not known. */
  static @Nullable LiteralValue read(WireMessage scalar) throws WireException {
    return switch (scalar.chosen()) {
      case PRIMITIVE -> PrimitiveCodec.read(scalar.message(PRIMITIVE, PrimitiveCodec.PRIMITIVE));
      case BLOB -> BlobCodec.read(scalar.message(BLOB, BlobCodec.BLOB));
      case BINARY -> binary(scalar.message(BINARY, TWO_TEXTS));
      case SCHEMA -> TableCodec.schemaValue(scalar.message(SCHEMA, TableCodec.SCHEMA_VALUE));
      case NONE -> none(scalar.message(NONE, WireShape.empty()));
      case ERROR -> error(scalar.message(ERROR, TWO_TEXTS));
      case GENERIC ->
          new GenericValue(StructCodec.read(scalar.message(GENERIC, StructCodec.STRUCT)));
      case DATASET -> TableCodec.datasetValue(scalar.message(DATASET, TableCodec.DATASET_VALUE));
      case UNION -> union(scalar.message(UNION, TWO_MESSAGES));
      default -> null;
    };
  }

  private static LiteralValue binary(WireMessage binary) throws WireException {
    return new BinaryValue(binary.bytes(1), binary.text(2));
  }

  private static LiteralValue none(WireMessage ignored) {
    return NoneValue.NONE;
  }

  private static LiteralValue error(WireMessage error) throws WireException {
    return new ErrorValue(error.text(1), error.text(2));
  }

  private static LiteralValue union(WireMessage union) throws WireException {
    return new UnionValue(
        LiteralCodec.read(union.separate(1, LiteralCodec.LITERAL)),
        TypeCodec.read(union.separate(2, TypeCodec.TYPE)));
  }

  static void write(WireWriter out, LiteralValue value, WireBytes rest) throws WireException {
    int field = fieldOf(value);
    int start = out.open(field);
    WireBytes inner = rest.below(field);
    if (field != PRIMITIVE || !PrimitiveCodec.write(out, value, inner)) {
      content(out, value, inner);
    }
    out.close(start, inner);
  }

  private static int fieldOf(LiteralValue value) {
    if (value instanceof BlobValue) {
      return BLOB;
    } else if (value instanceof BinaryValue) {
      return BINARY;
    } else if (value instanceof SchemaValue) {
      return SCHEMA;
    } else if (value instanceof NoneValue) {
      return NONE;
    } else if (value instanceof ErrorValue) {
      return ERROR;
    } else if (value instanceof GenericValue) {
      return GENERIC;
    } else if (value instanceof StructuredDatasetValue) {
      return DATASET;
    }
    return value instanceof UnionValue ? UNION : PRIMITIVE;
  }

  private static void content(WireWriter out, LiteralValue value, WireBytes rest)
      throws WireException {
    if (value instanceof BlobValue blob) {
      BlobCodec.write(out, blob, rest);
    } else if (value instanceof BinaryValue binary) {
      out.bytes(1, binary.value());
      out.text(2, binary.tag());
    } else if (value instanceof SchemaValue schema) {
      TableCodec.write(out, schema, rest);
    } else if (value instanceof ErrorValue error) {
      out.text(1, error.failedNodeId());
      out.text(2, error.message());
    } else if (value instanceof GenericValue generic) {
      StructCodec.write(out, generic.fields(), rest);
    } else if (value instanceof StructuredDatasetValue dataset) {
      TableCodec.write(out, dataset, rest);
    } else if (value instanceof UnionValue union) {
      LiteralCodec.write(out, 1, union.value());
      TypeCodec.write(out, 2, union.type());
    }
  }
}
