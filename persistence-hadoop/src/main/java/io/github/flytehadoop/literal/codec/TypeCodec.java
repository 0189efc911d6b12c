/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal.codec;

import io.github.flytehadoop.literal.LiteralType;
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
import io.github.flytehadoop.literal.TypeShape.UnknownShape;
import io.github.flytehadoop.literal.wire.WireBytes;
import io.github.flytehadoop.literal.wire.WireException;
import io.github.flytehadoop.literal.wire.WireMessage;
import io.github.flytehadoop.literal.wire.WireShape;
import io.github.flytehadoop.literal.wire.WireShape.Form;
import io.github.flytehadoop.literal.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code LiteralType}. The schema of a dataclass and annotations stay bytes. */
final class TypeCodec {
  private static final int SIMPLE = 1;
  private static final int SCHEMA = 2;
  private static final int COLLECTION = 3;
  private static final int MAP = 4;
  private static final int BLOB = 5;
  private static final int ENUM = 7;
  private static final int DATASET = 8;
  private static final int UNION = 10;
  private static final int STRUCTURE = 11;

  static final WireShape TYPE =
      WireShape.empty()
          .oneOf(Form.NUMBER, SIMPLE)
          .oneOf(Form.MESSAGE, SCHEMA, COLLECTION, MAP, BLOB, ENUM, DATASET, UNION)
          .with(STRUCTURE, Form.MESSAGE);
  private static final WireShape TAGGED = WireShape.empty().with(1, Form.TEXT);
  private static final WireShape TEXTS = WireShape.empty().with(1, Form.REPEATED);

  /** The order of their declaration is that of their numbers. */
  private static final List<Simple> SIMPLE_TYPES = List.of(Simple.values());

  private TypeCodec() {}

  static LiteralType read(WireMessage type) throws WireException {
    TypeShape shape = shape(type);
    if (shape == null) {
      shape = new UnknownShape(type.fragment(type.chosen()));
    }
    String tag = type.has(STRUCTURE) ? type.message(STRUCTURE, TAGGED).text(1) : "";
    return new LiteralType(shape, tag.isEmpty() ? null : tag, type.unknown());
  }

  private static @Nullable TypeShape shape(WireMessage type) throws WireException {
    return switch (type.chosen()) {
      case SIMPLE -> simple(type.number(SIMPLE));
      case SCHEMA -> schema(type.message(SCHEMA, TableCodec.SCHEMA));
      case COLLECTION -> new CollectionShape(read(type.separate(COLLECTION, TYPE)));
      case MAP -> new MapShape(read(type.separate(MAP, TYPE)));
      case BLOB -> blob(type.message(BLOB, BlobCodec.TYPE));
      case ENUM -> new EnumShape(texts(type.message(ENUM, TEXTS)));
      case DATASET -> TableCodec.dataset(type.message(DATASET, TableCodec.DATASET));
      case UNION -> new UnionShape(variants(type.message(UNION, TEXTS)));
      default -> new UnknownShape(WireBytes.NONE);
    };
  }

  private static @Nullable TypeShape simple(long number) {
    return number < 0 || number >= SIMPLE_TYPES.size()
        ? null
        : new SimpleShape(SIMPLE_TYPES.get((int) number));
  }

  private static @Nullable TypeShape schema(WireMessage schema) throws WireException {
    var columns = TableCodec.schemaColumns(schema);
    return columns == null ? null : new SchemaShape(columns);
  }

  private static @Nullable TypeShape blob(WireMessage blob) throws WireException {
    var dimensionality = BlobCodec.dimensionality(blob);
    return dimensionality == null ? null : new BlobShape(blob.text(1), dimensionality);
  }

  private static List<String> texts(WireMessage message) throws WireException {
    List<String> texts = new ArrayList<>(message.count(1));
    for (int i = 0; i < message.count(1); i++) {
      texts.add(message.text(1, i));
    }
    return texts;
  }

  private static List<LiteralType> variants(WireMessage message) throws WireException {
    List<LiteralType> variants = new ArrayList<>(message.count(1));
    for (int i = 0; i < message.count(1); i++) {
      variants.add(read(message.separate(1, i, TYPE)));
    }
    return variants;
  }

  static void write(WireWriter out, int field, LiteralType type) throws WireException {
    int start = out.open(field);
    write(out, type);
    out.close(start);
  }

  private static void write(WireWriter out, LiteralType type) throws WireException {
    WireBytes rest = type.rest();
    if (type.shape() instanceof SimpleShape simple) {
      out.presentNumber(SIMPLE, SIMPLE_TYPES.indexOf(simple.simple()));
    } else if (type.shape() instanceof UnknownShape unknown) {
      out.unknown(unknown.bytes());
    } else if (type.shape() instanceof CollectionShape list) {
      write(out, COLLECTION, list.element());
    } else if (type.shape() instanceof MapShape map) {
      write(out, MAP, map.value());
    } else {
      int field = fieldOf(type.shape());
      int start = out.open(field);
      parameters(out, type.shape(), rest.below(field));
      out.close(start, rest.below(field));
    }
    // the metadata and annotation in it have lower numbers than the structure
    out.unknown(rest);
    WireBytes structure = rest.below(STRUCTURE);
    if (type.tag() != null || !structure.isEmpty()) {
      int start = out.open(STRUCTURE);
      out.text(1, type.tag() == null ? "" : type.tag());
      out.close(start, structure);
    }
  }

  private static int fieldOf(TypeShape shape) {
    if (shape instanceof SchemaShape) {
      return SCHEMA;
    }
    if (shape instanceof BlobShape) {
      return BLOB;
    }
    if (shape instanceof EnumShape) {
      return ENUM;
    }
    return shape instanceof DatasetShape ? DATASET : UNION;
  }

  private static void parameters(WireWriter out, TypeShape shape, WireBytes rest)
      throws WireException {
    if (shape instanceof SchemaShape schema) {
      TableCodec.writeSchema(out, schema.columns(), rest);
    } else if (shape instanceof BlobShape blob) {
      out.text(1, blob.format());
      out.number(2, BlobCodec.numberOf(blob.dimensionality()));
    } else if (shape instanceof EnumShape choice) {
      for (String value : choice.values()) {
        out.presentText(1, value);
      }
    } else if (shape instanceof DatasetShape dataset) {
      TableCodec.write(out, dataset.columns(), dataset.format(), rest);
    } else if (shape instanceof UnionShape union) {
      for (LiteralType variant : union.variants()) {
        write(out, 1, variant);
      }
    }
  }
}
