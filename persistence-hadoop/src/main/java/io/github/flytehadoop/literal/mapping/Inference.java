/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal.mapping;

import io.github.flytehadoop.literal.Literal;
import io.github.flytehadoop.literal.LiteralType;
import io.github.flytehadoop.literal.LiteralValue;
import io.github.flytehadoop.literal.LiteralValue.BinaryValue;
import io.github.flytehadoop.literal.LiteralValue.BlobValue;
import io.github.flytehadoop.literal.LiteralValue.CollectionValue;
import io.github.flytehadoop.literal.LiteralValue.MapValue;
import io.github.flytehadoop.literal.LiteralValue.OffloadedValue;
import io.github.flytehadoop.literal.LiteralValue.SchemaValue;
import io.github.flytehadoop.literal.LiteralValue.StructuredDatasetValue;
import io.github.flytehadoop.literal.LiteralValue.UnionValue;
import io.github.flytehadoop.literal.Msgpack;
import io.github.flytehadoop.literal.TypeKind.BlobKind;
import io.github.flytehadoop.literal.TypeKind.SchemaKind;
import io.github.flytehadoop.literal.TypeKind.UnionKind;
import io.github.flytehadoop.literal.TypeKind.UnknownKind;
import io.github.flytehadoop.literal.wire.WireBytes;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The type of a literal, as far as its value shows. */
public final class Inference {
  private static final LiteralType UNKNOWN = LiteralType.of(new UnknownKind(WireBytes.NONE));

  private static final Map<Class<? extends LiteralValue>, LiteralType> SIMPLE =
      Map.of(
          LiteralValue.IntegerValue.class, LiteralType.INTEGER,
          LiteralValue.FloatValue.class, LiteralType.FLOAT,
          LiteralValue.StringValue.class, LiteralType.STRING,
          LiteralValue.BooleanValue.class, LiteralType.BOOLEAN,
          LiteralValue.DatetimeValue.class, LiteralType.DATETIME,
          LiteralValue.DurationValue.class, LiteralType.DURATION,
          LiteralValue.NoneValue.class, LiteralType.NONE,
          LiteralValue.ErrorValue.class, LiteralType.ERROR,
          LiteralValue.GenericValue.class, LiteralType.STRUCT.withTag(null));

  private Inference() {}

  /** The type of a literal; elements of several types make a union, none at all make none. */
  public static LiteralType of(Literal literal) {
    LiteralValue value = literal.value();
    LiteralType simple = SIMPLE.get(value.getClass());
    if (simple != null) {
      return simple;
    }
    if (value instanceof CollectionValue list) {
      return LiteralType.listOf(common(list.elements()));
    }
    if (value instanceof MapValue map) {
      return LiteralType.mapOf(common(map.entries().values()));
    }
    if (value instanceof BinaryValue binary) {
      return binary.tag().equals(Msgpack.TAG)
          ? LiteralType.STRUCT.withTag(null)
          : LiteralType.BINARY;
    }
    if (value instanceof UnionValue union) {
      return LiteralType.of(new UnionKind(List.of(union.type())));
    }
    return reference(value);
  }

  private static LiteralType reference(LiteralValue value) {
    if (value instanceof BlobValue blob) {
      return LiteralType.of(new BlobKind(blob.format(), blob.dimensionality()));
    }
    if (value instanceof StructuredDatasetValue table) {
      return LiteralType.dataset(table.dataset().format(), table.dataset().columns());
    }
    if (value instanceof SchemaValue schema) {
      return LiteralType.of(new SchemaKind(schema.columns()));
    }
    return value instanceof OffloadedValue offloaded && offloaded.inferredType() != null
        ? offloaded.inferredType()
        : UNKNOWN;
  }

  private static LiteralType common(Collection<Literal> literals) {
    List<LiteralType> types =
        literals.stream().map(Inference::of).flatMap(Inference::variants).distinct().toList();
    boolean unions = literals.stream().anyMatch(l -> l.value() instanceof UnionValue);
    if (types.isEmpty()) {
      return LiteralType.NONE;
    }
    return types.size() == 1 && !unions ? types.get(0) : LiteralType.of(new UnionKind(types));
  }

  private static Stream<LiteralType> variants(LiteralType type) {
    return type.kind() instanceof UnionKind union ? union.variants().stream() : Stream.of(type);
  }
}
