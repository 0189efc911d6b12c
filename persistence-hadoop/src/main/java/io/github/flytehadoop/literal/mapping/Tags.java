/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal.mapping;

import io.github.flytehadoop.literal.LiteralDialect;
import io.github.flytehadoop.literal.LiteralValue.Dimensionality;
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
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The names of the transformers that Python's SDKs look for in a union. */
final class Tags {
  private static final Map<Simple, String> SIMPLE =
      Map.of(
          Simple.NONE, "none",
          Simple.INTEGER, "int",
          Simple.FLOAT, "float",
          Simple.STRING, "str",
          Simple.BOOLEAN, "bool",
          Simple.DATETIME, "datetime",
          Simple.DURATION, "timedelta",
          Simple.BINARY, "FlytePickle",
          Simple.ERROR, "FlyteError",
          Simple.STRUCT, "Typed Dict");

  private Tags() {}

  /** The usual one of a kind, or null when the kind is not known. */
  static @Nullable String of(TypeKind kind, LiteralDialect dialect) {
    if (kind instanceof SimpleKind simple) {
      return SIMPLE.get(simple.simple());
    }
    if (kind instanceof BlobKind blob) {
      return blob(blob.dimensionality(), dialect);
    }
    if (kind instanceof CollectionKind) {
      return "Typed List";
    }
    if (kind instanceof MapKind) {
      return "Typed Dict";
    }
    if (kind instanceof EnumKind) {
      return "DefaultEnumTransformer";
    }
    return kind instanceof UnionKind ? "Typed Union" : table(kind, dialect);
  }

  private static String blob(Dimensionality dimensionality, LiteralDialect dialect) {
    boolean first = dialect == LiteralDialect.FLYTE_1;
    return dimensionality == Dimensionality.SINGLE
        ? first ? "FlyteFilePath" : "File"
        : first ? "FlyteDirectory" : "Dir";
  }

  private static @Nullable String table(TypeKind kind, LiteralDialect dialect) {
    if (kind instanceof SchemaKind) {
      return "FlyteSchema Transformer";
    }
    if (!(kind instanceof DatasetKind)) {
      return null;
    }
    return dialect == LiteralDialect.FLYTE_1
        ? "StructuredDataset Transformer"
        : "DataFrame Transformer";
  }
}
