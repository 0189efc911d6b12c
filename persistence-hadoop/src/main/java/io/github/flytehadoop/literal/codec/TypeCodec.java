/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal.codec;

import io.github.flytehadoop.literal.LiteralType;
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
import io.github.flytehadoop.literal.TypeKind.UnknownKind;
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
    TypeKind kind = kind(type);
    if (kind == null) {
      kind = new UnknownKind(type.fragment(type.chosen()));
    }
    String tag = type.has(STRUCTURE) ? type.message(STRUCTURE, TAGGED).text(1) : "";
    return new LiteralType(kind, tag.isEmpty() ? null : tag, type.unknown());
  }

  private static @Nullable TypeKind kind(WireMessage type) throws WireException {
    return switch (type.chosen()) {
      case SIMPLE -> simple(type.number(SIMPLE));
      case SCHEMA -> schema(type.message(SCHEMA, TableCodec.SCHEMA));
      case COLLECTION -> new CollectionKind(read(type.separate(COLLECTION, TYPE)));
      case MAP -> new MapKind(read(type.separate(MAP, TYPE)));
      case BLOB -> blob(type.message(BLOB, BlobCodec.TYPE));
      case ENUM -> new EnumKind(texts(type.message(ENUM, TEXTS)));
      case DATASET -> TableCodec.dataset(type.message(DATASET, TableCodec.DATASET));
      case UNION -> new UnionKind(variants(type.message(UNION, TEXTS)));
      default -> new UnknownKind(WireBytes.NONE);
    };
  }

  private static @Nullable TypeKind simple(long number) {
    return number < 0 || number >= SIMPLE_TYPES.size()
        ? null
        : new SimpleKind(SIMPLE_TYPES.get((int) number));
  }

  private static @Nullable TypeKind schema(WireMessage schema) throws WireException {
    var columns = TableCodec.schemaColumns(schema);
    return columns == null ? null : new SchemaKind(columns);
  }

  private static @Nullable TypeKind blob(WireMessage blob) throws WireException {
    var dimensionality = BlobCodec.dimensionality(blob);
    return dimensionality == null ? null : new BlobKind(blob.text(1), dimensionality);
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
    if (type.kind() instanceof SimpleKind simple) {
      out.presentNumber(SIMPLE, SIMPLE_TYPES.indexOf(simple.simple()));
    } else if (type.kind() instanceof UnknownKind unknown) {
      out.unknown(unknown.bytes());
    } else if (type.kind() instanceof CollectionKind list) {
      write(out, COLLECTION, list.element());
    } else if (type.kind() instanceof MapKind map) {
      write(out, MAP, map.value());
    } else {
      int field = fieldOf(type.kind());
      int start = out.open(field);
      parameters(out, type.kind(), rest.below(field));
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

  private static int fieldOf(TypeKind kind) {
    if (kind instanceof SchemaKind) {
      return SCHEMA;
    }
    if (kind instanceof BlobKind) {
      return BLOB;
    }
    if (kind instanceof EnumKind) {
      return ENUM;
    }
    return kind instanceof DatasetKind ? DATASET : UNION;
  }

  private static void parameters(WireWriter out, TypeKind kind, WireBytes rest)
      throws WireException {
    if (kind instanceof SchemaKind schema) {
      TableCodec.writeSchema(out, schema.columns(), rest);
    } else if (kind instanceof BlobKind blob) {
      out.text(1, blob.format());
      out.number(2, BlobCodec.numberOf(blob.dimensionality()));
    } else if (kind instanceof EnumKind choice) {
      for (String value : choice.values()) {
        out.presentText(1, value);
      }
    } else if (kind instanceof DatasetKind dataset) {
      TableCodec.write(out, dataset.columns(), dataset.format(), rest);
    } else if (kind instanceof UnionKind union) {
      for (LiteralType variant : union.variants()) {
        write(out, 1, variant);
      }
    }
  }
}
