/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal;

import io.github.flytehadoop.literal.LiteralValue.Dimensionality;
import io.github.flytehadoop.literal.TypeKind.BlobKind;
import io.github.flytehadoop.literal.TypeKind.CollectionKind;
import io.github.flytehadoop.literal.TypeKind.DatasetKind;
import io.github.flytehadoop.literal.TypeKind.EnumKind;
import io.github.flytehadoop.literal.TypeKind.MapKind;
import io.github.flytehadoop.literal.TypeKind.SchemaKind;
import io.github.flytehadoop.literal.TypeKind.Simple;
import io.github.flytehadoop.literal.TypeKind.SimpleKind;
import io.github.flytehadoop.literal.TypeKind.UnionKind;
import io.github.flytehadoop.literal.wire.WireBytes;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The type that a task's interface declares for a variable.
 *
 * @param tag names the transformer of Python's SDK, which tells apart the variants of a union, or
 *     null for the one usual for the kind
 * @param rest what is not looked at here (the schema of a dataclass, annotations) and fields that
 *     are not known
 */
public record LiteralType(TypeKind kind, @Nullable String tag, WireBytes rest) {
  /** Python's {@code None}. */
  public static final LiteralType NONE = simple(Simple.NONE);

  /** An integer. */
  public static final LiteralType INTEGER = simple(Simple.INTEGER);

  /** A double. */
  public static final LiteralType FLOAT = simple(Simple.FLOAT);

  /** A text. */
  public static final LiteralType STRING = simple(Simple.STRING);

  /** True or false. */
  public static final LiteralType BOOLEAN = simple(Simple.BOOLEAN);

  /** A point in time. */
  public static final LiteralType DATETIME = simple(Simple.DATETIME);

  /** A day: a point in time with a tag of its own. */
  public static final LiteralType DATE = DATETIME.withTag("date");

  /** A length of time. */
  public static final LiteralType DURATION = simple(Simple.DURATION);

  /** The failure that the task of a failure node gets. */
  public static final LiteralType ERROR = simple(Simple.ERROR);

  /** Bytes of a form that Flyte does not look into. */
  public static final LiteralType BINARY = simple(Simple.BINARY);

  /** A map that is not typed, or whose keys are no texts: msgpack. */
  public static final LiteralType STRUCT = simple(Simple.STRUCT).withTag("Typed Dict");

  /** A dataclass: a Java record. */
  public static final LiteralType DATACLASS = STRUCT.withTag("Object-Dataclass-Transformer");

  /** A model of pydantic: a Java record. */
  public static final LiteralType PYDANTIC = STRUCT.withTag("Pydantic Transformer");

  /** A file of no declared format. */
  public static final LiteralType FILE = file("");

  /** A directory. */
  public static final LiteralType DIRECTORY = of(new BlobKind("", Dimensionality.MULTIPART));

  /** A table whose columns and format are not declared. */
  public static final LiteralType DATASET = dataset("", List.of());

  /** Refuses null. */
  public LiteralType {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(rest, "rest");
  }

  /** A type of nothing but its kind. */
  public static LiteralType of(TypeKind kind) {
    return new LiteralType(kind, null, WireBytes.NONE);
  }

  /** A list. */
  public static LiteralType listOf(LiteralType element) {
    return of(new CollectionKind(element));
  }

  /** A map whose keys are texts. */
  public static LiteralType mapOf(LiteralType value) {
    return of(new MapKind(value));
  }

  /** The type or {@code None}. */
  public static LiteralType optional(LiteralType type) {
    return union(type, NONE);
  }

  /** One of several types: the first one that takes a value is the one written. */
  public static LiteralType union(LiteralType... variants) {
    return of(new UnionKind(List.of(variants)));
  }

  /** A file of a declared format, such as {@code csv}. */
  public static LiteralType file(String format) {
    return of(new BlobKind(format, Dimensionality.SINGLE));
  }

  /** A table with declared columns. */
  public static LiteralType dataset(String format, List<Column> columns) {
    return of(new DatasetKind(columns, format));
  }

  /** One of a few texts: in Flyte 1 the values of Python's members, in Flyte 2 their names. */
  public static LiteralType enumOf(List<String> values) {
    return of(new EnumKind(values));
  }

  /** The same with another tag. */
  public LiteralType withTag(@Nullable String newTag) {
    return new LiteralType(kind, newTag, rest);
  }

  /** Such as {@code list of integer}: for messages alone. */
  @Override
  public String toString() {
    if (kind instanceof SimpleKind simple) {
      return simple.simple().name().toLowerCase(Locale.ROOT);
    }
    if (kind instanceof CollectionKind list) {
      return "list of " + list.element();
    }
    if (kind instanceof MapKind map) {
      return "map of " + map.value();
    }
    if (kind instanceof UnionKind union) {
      return "union of " + union.variants();
    }
    if (kind instanceof BlobKind blob) {
      return blob.dimensionality() == Dimensionality.SINGLE ? "file" : "directory";
    }
    if (kind instanceof EnumKind choice) {
      return "enum of " + choice.values();
    }
    return kind instanceof DatasetKind || kind instanceof SchemaKind ? "dataset" : "unknown";
  }

  private static LiteralType simple(Simple simple) {
    return of(new SimpleKind(simple));
  }
}
