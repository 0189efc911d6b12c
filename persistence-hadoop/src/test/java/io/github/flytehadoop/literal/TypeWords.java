/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal;

import io.github.flytehadoop.literal.LiteralValue.Dimensionality;
import io.github.flytehadoop.literal.LiteralValue.GenericValue;
import io.github.flytehadoop.literal.LiteralValue.OffloadedValue;
import io.github.flytehadoop.literal.TypeKind.BlobKind;
import io.github.flytehadoop.literal.TypeKind.CollectionKind;
import io.github.flytehadoop.literal.TypeKind.DatasetKind;
import io.github.flytehadoop.literal.TypeKind.EnumKind;
import io.github.flytehadoop.literal.TypeKind.MapKind;
import io.github.flytehadoop.literal.TypeKind.SchemaKind;
import io.github.flytehadoop.literal.TypeKind.SimpleKind;
import io.github.flytehadoop.literal.TypeKind.UnionKind;
import io.github.flytehadoop.literal.wire.WireMessage;
import io.github.flytehadoop.literal.wire.WireShape;
import io.github.flytehadoop.literal.wire.WireShape.Form;
import io.github.flytehadoop.literal.wire.WireWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Types as the files beside the shared vectors describe them. */
final class TypeWords {
  private static final WireShape KEPT = WireShape.empty().with(6, Form.TEXT).with(9, Form.MESSAGE);
  private static final WireShape INNER = WireShape.empty().with(1, Form.TEXT);
  private static final WireShape DATACLASS = WireShape.empty().with(2, Form.REPEATED);
  private static final WireShape ENTRY = WireShape.empty().with(1, Form.TEXT).with(2, Form.TEXT);

  private TypeWords() {}

  static LiteralType parse(byte[] type) throws IOException {
    WireWriter out = new WireWriter();
    int offloaded = out.open(8);
    out.presentBytes(3, type);
    out.close(offloaded);
    return ((OffloadedValue) Literals.parse(out.toByteArray()).value()).inferredType();
  }

  /** The type in the bytes of an offloaded literal. */
  static byte[] bytes(byte[] offloaded) throws IOException {
    return WireMessage.of(offloaded, WireShape.empty().with(8, Form.MESSAGE))
        .message(8, WireShape.empty().with(3, Form.TEXT))
        .bytes(3);
  }

  static List<Object> columns(List<Column> columns) throws IOException {
    List<Object> words = new ArrayList<>();
    for (Column column : columns) {
      words.add(Map.of("name", column.name(), "type", of(column.type())));
    }
    return words;
  }

  static Map<String, Object> of(LiteralType type) throws IOException {
    Map<String, Object> words = new LinkedHashMap<>(shape(type.kind()));
    WireMessage kept = WireMessage.of(type.rest().toByteArray(), KEPT);
    if (kept.has(6)) {
      words.put("metadata", struct(kept.bytes(6)));
    }
    if (kept.has(9)) {
      byte[] annotations = kept.message(9, INNER).bytes(1);
      words.put("annotation", Map.of("annotations", struct(annotations)));
    }
    Map<String, Object> structure = new LinkedHashMap<>();
    if (type.tag() != null) {
      structure.put("tag", type.tag());
    }
    Map<String, Object> fields = dataclass(type.rest().below(11).toByteArray());
    if (!fields.isEmpty()) {
      structure.put("dataclass_type", fields);
    }
    if (!structure.isEmpty()) {
      words.put("structure", structure);
    }
    return words;
  }

  private static Map<String, Object> shape(TypeKind shape) throws IOException {
    if (shape instanceof SimpleKind simple) {
      return Map.of("simple", simple.simple().name());
    }
    if (shape instanceof CollectionKind list) {
      return Map.of("collection_type", of(list.element()));
    }
    if (shape instanceof MapKind map) {
      return Map.of("map_value_type", of(map.value()));
    }
    if (shape instanceof EnumKind choice) {
      return Map.of("enum_type", Map.of("values", choice.values()));
    }
    if (shape instanceof UnionKind union) {
      List<Object> variants = new ArrayList<>();
      for (LiteralType variant : union.variants()) {
        variants.add(of(variant));
      }
      return Map.of("union_type", Map.of("variants", variants));
    }
    return reference(shape);
  }

  private static Map<String, Object> reference(TypeKind shape) throws IOException {
    Map<String, Object> words = new LinkedHashMap<>();
    if (shape instanceof BlobKind blob) {
      if (!blob.format().isEmpty()) {
        words.put("format", blob.format());
      }
      if (blob.dimensionality() == Dimensionality.MULTIPART) {
        words.put("dimensionality", "MULTIPART");
      }
      return Map.of("blob", words);
    }
    if (shape instanceof DatasetKind dataset) {
      if (!dataset.format().isEmpty()) {
        words.put("format", dataset.format());
      }
      if (!dataset.columns().isEmpty()) {
        words.put("columns", columns(dataset.columns()));
      }
      return Map.of("structured_dataset_type", words);
    }
    return shape instanceof SchemaKind ? Map.of("schema", words) : Map.of("unknown", words);
  }

  private static Map<String, Object> dataclass(byte[] structure) throws IOException {
    Map<String, Object> fields = new LinkedHashMap<>();
    WireMessage message = WireMessage.of(structure, DATACLASS);
    for (int i = 0; i < message.count(2); i++) {
      WireMessage entry = message.separate(2, i, ENTRY);
      fields.put(entry.text(1), of(parse(entry.bytes(2))));
    }
    return fields;
  }

  private static Map<String, Object> struct(byte[] struct) throws IOException {
    WireWriter out = new WireWriter();
    int scalar = out.open(1);
    out.presentBytes(7, struct);
    out.close(scalar);
    return ((GenericValue) Literals.parse(out.toByteArray()).value()).fields();
  }
}
