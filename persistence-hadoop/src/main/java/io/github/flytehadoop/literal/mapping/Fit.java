/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal.mapping;

import io.github.flytehadoop.literal.FlyteDirectory;
import io.github.flytehadoop.literal.FlyteFile;
import io.github.flytehadoop.literal.LiteralDialect;
import io.github.flytehadoop.literal.LiteralType;
import io.github.flytehadoop.literal.LiteralValue.Dimensionality;
import io.github.flytehadoop.literal.StructuredDataset;
import io.github.flytehadoop.literal.TypeKind;
import io.github.flytehadoop.literal.TypeKind.BlobKind;
import io.github.flytehadoop.literal.TypeKind.CollectionKind;
import io.github.flytehadoop.literal.TypeKind.DatasetKind;
import io.github.flytehadoop.literal.TypeKind.EnumKind;
import io.github.flytehadoop.literal.TypeKind.MapKind;
import io.github.flytehadoop.literal.TypeKind.SchemaKind;
import io.github.flytehadoop.literal.TypeKind.Simple;
import io.github.flytehadoop.literal.TypeKind.SimpleKind;
import io.github.flytehadoop.literal.TypeKind.UnionKind;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a Java value fits a declared type, by its class; what is inside it is not looked at. */
enum Fit {
  /** The value is of the very kind. */
  EXACT,
  /** The type takes the value too, such as a float an integer. */
  POSSIBLE,
  /** The type does not take it. */
  NO;

  static Fit of(LiteralType type, @Nullable Object value, LiteralDialect dialect) {
    TypeKind kind = type.kind();
    if (kind instanceof SimpleKind simple) {
      return simple(simple.simple(), type.tag(), value);
    }
    if (kind instanceof UnionKind union) {
      return union.variants().stream().anyMatch(v -> of(v, value, dialect) != NO) ? POSSIBLE : NO;
    }
    if (kind instanceof EnumKind choice) {
      return choice(choice, value, dialect);
    }
    if (kind instanceof CollectionKind) {
      return exactIf(value != null && LiteralForm.isList(value));
    }
    if (kind instanceof MapKind) {
      return exactIf(value instanceof Map<?, ?> map && hasTextsAsKeys(map));
    }
    return reference(kind, value);
  }

  private static Fit reference(TypeKind kind, @Nullable Object value) {
    if (kind instanceof BlobKind blob) {
      return exactIf(
          blob.dimensionality() == Dimensionality.SINGLE
              ? value instanceof FlyteFile
              : value instanceof FlyteDirectory);
    }
    if (kind instanceof DatasetKind) {
      return exactIf(value instanceof StructuredDataset);
    }
    return kind instanceof SchemaKind ? NO : POSSIBLE;
  }

  private static Fit simple(Simple simple, @Nullable String tag, @Nullable Object value) {
    return switch (simple) {
      case NONE -> exactIf(value == null);
      case INTEGER -> exactIf(Numbers.isLong(value));
      case FLOAT -> Numbers.isLong(value) ? POSSIBLE : exactIf(Numbers.isReal(value));
      case STRING -> value instanceof Enum<?> ? POSSIBLE : exactIf(value instanceof String);
      case BOOLEAN -> exactIf(value instanceof Boolean);
      case DATETIME -> datetime("date".equals(tag), value);
      case DURATION -> exactIf(value instanceof Duration);
      case STRUCT -> struct("Typed Dict".equals(tag), value);
      case BINARY, ERROR -> NO;
    };
  }

  private static Fit datetime(boolean day, @Nullable Object value) {
    if (value instanceof LocalDate) {
      return day ? EXACT : POSSIBLE;
    }
    return exactIf(!day && value != null && Times.instant(value) != null);
  }

  private static Fit struct(boolean untyped, @Nullable Object value) {
    if (value instanceof Map<?, ?>) {
      return untyped ? EXACT : POSSIBLE;
    }
    if (value == null || !RecordShape.isDataclass(value.getClass())) {
      return NO;
    }
    return untyped ? POSSIBLE : EXACT;
  }

  private static Fit choice(EnumKind choice, @Nullable Object value, LiteralDialect dialect) {
    if (value instanceof Enum<?> constant) {
      return exactIf(isOneOf(choice, Enums.text(constant, dialect)));
    }
    return value instanceof String text && isOneOf(choice, text) ? POSSIBLE : NO;
  }

  private static boolean isOneOf(EnumKind choice, String text) {
    return choice.values().isEmpty() || choice.values().contains(text);
  }

  private static boolean hasTextsAsKeys(Map<?, ?> map) {
    return map.keySet().stream().allMatch(String.class::isInstance);
  }

  private static Fit exactIf(boolean fits) {
    return fits ? EXACT : NO;
  }
}
