/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal.codec;

import io.github.flytehadoop.literal.Column;
import io.github.flytehadoop.literal.LiteralType;
import io.github.flytehadoop.literal.LiteralValue.SchemaValue;
import io.github.flytehadoop.literal.LiteralValue.StructuredDatasetValue;
import io.github.flytehadoop.literal.StructuredDataset;
import io.github.flytehadoop.literal.TypeKind.DatasetKind;
import io.github.flytehadoop.literal.wire.WireBytes;
import io.github.flytehadoop.literal.wire.WireException;
import io.github.flytehadoop.literal.wire.WireMessage;
import io.github.flytehadoop.literal.wire.WireShape;
import io.github.flytehadoop.literal.wire.WireShape.Form;
import io.github.flytehadoop.literal.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code StructuredDataset} and the older {@code Schema}: tables, and the types of tables. */
final class TableCodec {
  static final WireShape DATASET = WireShape.empty().with(1, Form.REPEATED).with(2, Form.TEXT);
  static final WireShape SCHEMA = WireShape.empty().with(3, Form.REPEATED);
  static final WireShape DATASET_VALUE = WireShape.empty().with(1, Form.TEXT).with(2, Form.MESSAGE);
  static final WireShape SCHEMA_VALUE = WireShape.empty().with(1, Form.TEXT).with(3, Form.MESSAGE);

  private static final WireShape METADATA = WireShape.empty().with(1, Form.MESSAGE);
  private static final WireShape DATASET_COLUMN =
      WireShape.empty().with(1, Form.TEXT).with(2, Form.MESSAGE);
  private static final WireShape SCHEMA_COLUMN =
      WireShape.empty().with(1, Form.TEXT).with(2, Form.NUMBER);

  /** By their numbers in a schema, which are not those of a literal type. */
  private static final List<LiteralType> SCHEMA_TYPES =
      List.of(
          LiteralType.INTEGER,
          LiteralType.FLOAT,
          LiteralType.STRING,
          LiteralType.BOOLEAN,
          LiteralType.DATETIME,
          LiteralType.DURATION);

  private TableCodec() {}

  static StructuredDatasetValue datasetValue(WireMessage dataset) throws WireException {
    DatasetKind type = dataset(dataset.message(2, METADATA).message(1, DATASET));
    return new StructuredDatasetValue(
        new StructuredDataset(dataset.text(1), type.format(), type.columns()));
  }

  static void write(WireWriter out, StructuredDatasetValue value, WireBytes rest)
      throws WireException {
    StructuredDataset dataset = value.dataset();
    out.text(1, dataset.uri());
    int metadata = out.open(2);
    int type = out.open(1);
    write(out, dataset.columns(), dataset.format(), rest.below(2).below(1));
    out.close(type, rest.below(2).below(1));
    out.close(metadata, rest.below(2));
  }

  static @Nullable SchemaValue schemaValue(WireMessage schema) throws WireException {
    List<Column> columns = schemaColumns(schema.message(3, SCHEMA));
    return columns == null ? null : new SchemaValue(schema.text(1), columns);
  }

  static void write(WireWriter out, SchemaValue value, WireBytes rest) throws WireException {
    out.text(1, value.uri());
    int type = out.open(3);
    writeSchema(out, value.columns(), rest.below(3));
    out.close(type, rest.below(3));
  }

  static DatasetKind dataset(WireMessage type) throws WireException {
    List<Column> columns = new ArrayList<>(type.count(1));
    for (int i = 0; i < type.count(1); i++) {
      WireMessage column = type.separate(1, i, DATASET_COLUMN);
      columns.add(new Column(column.text(1), TypeCodec.read(column.separate(2, TypeCodec.TYPE))));
      type.adopt(1, i, column);
    }
    return new DatasetKind(columns, type.text(2));
  }

  static void write(WireWriter out, List<Column> columns, String format, WireBytes rest)
      throws WireException {
    for (int i = 0; i < columns.size(); i++) {
      int start = out.open(1);
      out.text(1, columns.get(i).name());
      TypeCodec.write(out, 2, columns.get(i).type());
      out.close(start, rest.below(1, i));
    }
    out.text(2, format);
  }

  /** The columns of a schema, or null when one is of a type that is not known. */
  static @Nullable List<Column> schemaColumns(WireMessage type) throws WireException {
    List<Column> columns = new ArrayList<>(type.count(3));
    for (int i = 0; i < type.count(3); i++) {
      WireMessage column = type.separate(3, i, SCHEMA_COLUMN);
      long number = column.number(2);
      if (number < 0 || number >= SCHEMA_TYPES.size()) {
        return null;
      }
      columns.add(new Column(column.text(1), SCHEMA_TYPES.get((int) number)));
      type.adopt(3, i, column);
    }
    return columns;
  }

  static void writeSchema(WireWriter out, List<Column> columns, WireBytes rest)
      throws WireException {
    for (int i = 0; i < columns.size(); i++) {
      int number = SCHEMA_TYPES.indexOf(columns.get(i).type());
      if (number < 0) {
        throw new WireException("a schema has no column of the type of " + columns.get(i).name());
      }
      int start = out.open(3);
      out.text(1, columns.get(i).name());
      out.number(2, number);
      out.close(start, rest.below(3, i));
    }
  }
}
