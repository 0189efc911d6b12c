/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.flytehadoop.literal.LiteralValue.BinaryValue;
import io.github.flytehadoop.literal.LiteralValue.BlobValue;
import io.github.flytehadoop.literal.LiteralValue.BooleanValue;
import io.github.flytehadoop.literal.LiteralValue.CollectionValue;
import io.github.flytehadoop.literal.LiteralValue.DatetimeValue;
import io.github.flytehadoop.literal.LiteralValue.DurationValue;
import io.github.flytehadoop.literal.LiteralValue.ErrorValue;
import io.github.flytehadoop.literal.LiteralValue.FloatValue;
import io.github.flytehadoop.literal.LiteralValue.GenericValue;
import io.github.flytehadoop.literal.LiteralValue.IntegerValue;
import io.github.flytehadoop.literal.LiteralValue.MapValue;
import io.github.flytehadoop.literal.LiteralValue.NoneValue;
import io.github.flytehadoop.literal.LiteralValue.OffloadedValue;
import io.github.flytehadoop.literal.LiteralValue.SchemaValue;
import io.github.flytehadoop.literal.LiteralValue.StringValue;
import io.github.flytehadoop.literal.LiteralValue.StructuredDatasetValue;
import io.github.flytehadoop.literal.LiteralValue.UnionValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Literals as the files beside the shared vectors describe them. */
final class PlainWords {
  static final ObjectMapper JSON = new ObjectMapper();

  private PlainWords() {}

  static Map<String, Object> of(Literal literal) throws IOException {
    Map<String, Object> words = new LinkedHashMap<>(value(literal.value()));
    if (literal.hash() != null) {
      words.put("hash", literal.hash());
    }
    if (!literal.metadata().isEmpty()) {
      words.put("metadata", literal.metadata());
    }
    Map<String, Object> unknown = new LinkedHashMap<>();
    addUnknown(unknown, "/", literal.rest().toByteArray());
    addUnknown(unknown, "/scalar", literal.rest().below(1).toByteArray());
    if (!unknown.isEmpty()) {
      words.put("unknown", unknown);
    }
    return words;
  }

  static Map<String, Object> of(Map<String, Literal> literals) throws IOException {
    Map<String, Object> words = new LinkedHashMap<>();
    for (Map.Entry<String, Literal> entry : literals.entrySet()) {
      words.put(entry.getKey(), of(entry.getValue()));
    }
    return words;
  }

  private static Map<String, Object> value(LiteralValue value) throws IOException {
    if (value instanceof CollectionValue list) {
      List<Object> elements = new ArrayList<>();
      for (Literal element : list.elements()) {
        elements.add(of(element));
      }
      return Map.of("collection", elements);
    }
    if (value instanceof MapValue map) {
      return Map.of("map", of(map.entries()));
    }
    if (value instanceof UnionValue union) {
      return Map.of(
          "union",
          Map.of(
              "tag", union.type().tag(),
              "type", TypeWords.of(union.type()),
              "value", of(union.value())));
    }
    if (value instanceof OffloadedValue offloaded) {
      return Map.of(
          "offloaded",
          Map.of(
              "uri", offloaded.uri(),
              "size_bytes", Long.toString(offloaded.sizeBytes()),
              "inferred_type", TypeWords.of(offloaded.inferredType())));
    }
    return value instanceof BlobValue
            || value instanceof StructuredDatasetValue
            || value instanceof SchemaValue
        ? reference(value)
        : scalar(value);
  }

  private static Map<String, Object> reference(LiteralValue value) throws IOException {
    if (value instanceof BlobValue blob) {
      return Map.of(
          "blob",
          Map.of(
              "uri", blob.uri(),
              "format", blob.format(),
              "dimensionality", blob.dimensionality().name()));
    }
    if (value instanceof SchemaValue schema) {
      List<Object> columns = new ArrayList<>();
      for (Column column : schema.columns()) {
        String type = column.type().toString().toUpperCase(Locale.ROOT);
        columns.add(Map.of("name", column.name(), "type", type));
      }
      return Map.of("schema", Map.of("uri", schema.uri(), "columns", columns));
    }
    StructuredDataset dataset = ((StructuredDatasetValue) value).dataset();
    return Map.of(
        "structured_dataset",
        Map.of(
            "uri", dataset.uri(),
            "format", dataset.format(),
            "columns", TypeWords.columns(dataset.columns())));
  }

  private static Map<String, Object> scalar(LiteralValue value) throws IOException {
    if (value instanceof IntegerValue integer) {
      return Map.of("integer", Long.toString(integer.value()));
    }
    if (value instanceof FloatValue real) {
      return Map.of("bits", bits(real.value()));
    }
    if (value instanceof StringValue text) {
      return Map.of("string", text.value());
    }
    if (value instanceof BooleanValue truth) {
      return Map.of("boolean", truth.value());
    }
    if (value instanceof DatetimeValue time) {
      return Map.of("datetime", time(time.value().getEpochSecond(), time.value().getNano()));
    }
    if (value instanceof DurationValue duration) {
      return Map.of("duration", duration(duration.value()));
    }
    if (value instanceof NoneValue) {
      return Map.of("none", true);
    }
    if (value instanceof ErrorValue error) {
      return Map.of(
          "error", Map.of("failed_node_id", error.failedNodeId(), "message", error.message()));
    }
    if (value instanceof GenericValue generic) {
      return Map.of("generic", generic.fields());
    }
    return value instanceof BinaryValue binary ? binary(binary) : Map.of();
  }

  private static Map<String, Object> binary(BinaryValue binary) throws IOException {
    Map<String, Object> words = new LinkedHashMap<>();
    words.put("tag", binary.tag());
    words.put("base64", Base64.getEncoder().encodeToString(binary.value()));
    if (binary.tag().equals("msgpack")) {
      words.put("decoded", json(Msgpack.decode(binary.value())));
    }
    return Map.of("binary", words);
  }

  private static Object json(Object value) {
    if (value instanceof byte[] bytes) {
      return Map.of("$bytes", Base64.getEncoder().encodeToString(bytes));
    }
    if (value instanceof List<?> list) {
      List<Object> words = new ArrayList<>();
      list.forEach(item -> words.add(json(item)));
      return words;
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> words = new LinkedHashMap<>();
      map.forEach((key, item) -> words.put(String.valueOf(key), json(item)));
      return words;
    }
    return value;
  }

  private static Map<String, Object> duration(Duration duration) {
    boolean negative = duration.getSeconds() < 0 && duration.getNano() > 0;
    return negative
        ? time(duration.getSeconds() + 1, duration.getNano() - 1_000_000_000)
        : time(duration.getSeconds(), duration.getNano());
  }

  private static Map<String, Object> time(long seconds, int nanos) {
    return Map.of("seconds", Long.toString(seconds), "nanos", nanos);
  }

  private static String bits(double value) {
    return String.format("%016x", Double.doubleToRawLongBits(value));
  }

  private static void addUnknown(Map<String, Object> unknown, String where, byte[] fields) {
    List<Object> all = new ArrayList<>();
    for (int i = 0; i < fields.length; ) {
      int tag = fields[i++] & 0xff;
      if (tag > 127) {
        tag = (tag & 0x7f) | fields[i++] << 7;
      }
      int number = fields[i++];
      boolean bytes = (tag & 7) == 2;
      String value =
          bytes
              ? Base64.getEncoder()
                  .encodeToString(
                      new String(fields, i, number, StandardCharsets.ISO_8859_1)
                          .getBytes(StandardCharsets.ISO_8859_1))
              : Integer.toString(number);
      i += bytes ? number : 0;
      all.add(List.of(tag >>> 3, tag & 7, value));
    }
    if (!all.isEmpty()) {
      unknown.put(where, all);
    }
  }
}
