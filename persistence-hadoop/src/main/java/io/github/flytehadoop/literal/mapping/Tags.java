/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal.mapping;

import io.github.flytehadoop.literal.LiteralDialect;
import io.github.flytehadoop.literal.LiteralValue.Dimensionality;
import io.github.flytehadoop.literal.TypeShape;
import io.github.flytehadoop.literal.TypeShape.BlobShape;
import io.github.flytehadoop.literal.TypeShape.CollectionShape;
import io.github.flytehadoop.literal.TypeShape.DatasetShape;
import io.github.flytehadoop.literal.TypeShape.EnumShape;
import io.github.flytehadoop.literal.TypeShape.MapShape;
import io.github.flytehadoop.literal.TypeShape.SchemaShape;
import io.github.flytehadoop.literal.TypeShape.Simple;
import io.github.flytehadoop.literal.TypeShape.SimpleShape;
import io.github.flytehadoop.literal.TypeShape.UnionShape;
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

  /** The usual one of a shape, or null when the shape is not known. */
  static @Nullable String of(TypeShape shape, LiteralDialect dialect) {
    if (shape instanceof SimpleShape simple) {
      return SIMPLE.get(simple.simple());
    }
    if (shape instanceof BlobShape blob) {
      return blob(blob.dimensionality(), dialect);
    }
    if (shape instanceof CollectionShape) {
      return "Typed List";
    }
    if (shape instanceof MapShape) {
      return "Typed Dict";
    }
    if (shape instanceof EnumShape) {
      return "DefaultEnumTransformer";
    }
    return shape instanceof UnionShape ? "Typed Union" : table(shape, dialect);
  }

  private static String blob(Dimensionality dimensionality, LiteralDialect dialect) {
    boolean first = dialect == LiteralDialect.FLYTE_1;
    return dimensionality == Dimensionality.SINGLE
        ? first ? "FlyteFilePath" : "File"
        : first ? "FlyteDirectory" : "Dir";
  }

  private static @Nullable String table(TypeShape shape, LiteralDialect dialect) {
    if (shape instanceof SchemaShape) {
      return "FlyteSchema Transformer";
    }
    if (!(shape instanceof DatasetShape)) {
      return null;
    }
    return dialect == LiteralDialect.FLYTE_1
        ? "StructuredDataset Transformer"
        : "DataFrame Transformer";
  }
}
