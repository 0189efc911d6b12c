/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.flytehadoop.error.Printable;
import io.github.flytehadoop.literal.Column;
import io.github.flytehadoop.literal.Literal;
import io.github.flytehadoop.literal.LiteralException;
import io.github.flytehadoop.literal.LiteralValue;
import io.github.flytehadoop.literal.LiteralValue.BinaryValue;
import io.github.flytehadoop.literal.LiteralValue.BlobValue;
import io.github.flytehadoop.literal.LiteralValue.CollectionValue;
import io.github.flytehadoop.literal.LiteralValue.ErrorValue;
import io.github.flytehadoop.literal.LiteralValue.GenericValue;
import io.github.flytehadoop.literal.LiteralValue.MapValue;
import io.github.flytehadoop.literal.LiteralValue.NoneValue;
import io.github.flytehadoop.literal.LiteralValue.OffloadedValue;
import io.github.flytehadoop.literal.LiteralValue.SchemaValue;
import io.github.flytehadoop.literal.LiteralValue.StructuredDatasetValue;
import io.github.flytehadoop.literal.LiteralValue.UnionValue;
import io.github.flytehadoop.literal.LiteralValue.UnknownValue;
import io.github.flytehadoop.literal.Literals;
import io.github.flytehadoop.literal.Msgpack;
import io.github.flytehadoop.literal.StructuredDataset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One literal as JSON: an object whose key is the kind. Queries of web addresses, where signatures
 * are, are masked, and so are texts whose variable or key is named as secrets are.
 */
final class LiteralWords {
  private static final Pattern SECRET =
      Pattern.compile("(?i).*(password|passwd|secret|token|credential|api_?key|access_?key).*");

  private LiteralWords() {}

  static ObjectNode of(String name, Literal literal) {
    ObjectNode words = Output.object();
    LiteralValue value = literal.value();
    if (value instanceof CollectionValue list) {
      ArrayNode elements = words.putArray("collection");
      list.elements().forEach(element -> elements.add(of(name, element)));
    } else if (value instanceof MapValue map) {
      ObjectNode entries = words.putObject("map");
      map.entries().forEach((key, entry) -> entries.set(key, of(key + " " + name, entry)));
    } else if (value instanceof UnionValue union) {
      ObjectNode inner = words.putObject("union");
      inner.put("tag", union.type().tag());
      inner.set("value", of(name, union.value()));
    } else {
      scalar(words, name, literal);
    }
    if (literal.hash() != null) {
      words.put("hash", literal.hash());
    }
    if (!literal.metadata().isEmpty()) {
      ObjectNode metadata = words.putObject("metadata");
      new TreeMap<>(literal.metadata()).forEach((key, text) -> metadata.set(key, plain(key, text)));
    }
    return words;
  }

  private static void scalar(ObjectNode words, String name, Literal literal) {
    LiteralValue value = literal.value();
    if (value instanceof BlobValue blob) {
      ObjectNode inner = words.putObject("blob").put("uri", Printable.withoutQueries(blob.uri()));
      inner.put("format", blob.format()).put("dimensionality", blob.dimensionality().name());
    } else if (value instanceof StructuredDatasetValue table) {
      table(words.putObject("structured_dataset"), table.dataset());
    } else if (value instanceof SchemaValue schema) {
      table(words.putObject("schema"), new StructuredDataset(schema.uri(), "", schema.columns()));
    } else if (value instanceof OffloadedValue offloaded) {
      words
          .putObject("offloaded")
          .put("uri", Printable.withoutQueries(offloaded.uri()))
          .put("size_bytes", offloaded.sizeBytes());
    } else if (value instanceof BinaryValue binary) {
      binary(words, name, binary);
    } else {
      simple(words, name, literal);
    }
  }

  private static void simple(ObjectNode words, String name, Literal literal) {
    LiteralValue value = literal.value();
    if (value instanceof NoneValue) {
      words.put("none", true);
    } else if (value instanceof ErrorValue error) {
      words
          .putObject("error")
          .put("failed_node_id", error.failedNodeId())
          .put("message", Printable.withoutQueries(error.message()));
    } else if (value instanceof GenericValue generic) {
      words.set("generic", plain(name, generic.fields()));
    } else if (value instanceof UnknownValue unknown) {
      words.put("unknown", "field " + unknown.field());
    } else if (value instanceof LiteralValue.UnsetValue) {
      words.put("unset", true);
    } else {
      words.set(Literals.typeOf(literal).toString(), plain(name, primitive(literal)));
    }
  }

  private static Object primitive(Literal literal) {
    try {
      return Literals.as(literal, Object.class);
    } catch (LiteralException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static void binary(ObjectNode words, String name, BinaryValue binary) {
    if (binary.tag().equals(Msgpack.TAG)) {
      try {
        words.set("msgpack", plain(name, Msgpack.decode(binary.value())));
        return;
      } catch (LiteralException damaged) {
        words.put("damaged", String.valueOf(damaged.getMessage()));
      }
    }
    words.putObject("binary").put("tag", binary.tag()).put("bytes", binary.value().length);
  }

  private static void table(ObjectNode words, StructuredDataset table) {
    words.put("uri", Printable.withoutQueries(table.uri())).put("format", table.format());
    ArrayNode columns = words.putArray("columns");
    for (Column column : table.columns()) {
      columns.addObject().put("name", column.name()).put("type", column.type().toString());
    }
  }

  private static JsonNode plain(String name, @Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      ObjectNode words = Output.object();
      map.forEach((key, inner) -> words.set(String.valueOf(key), plain(key + " " + name, inner)));
      return words;
    }
    if (value instanceof List<?> list) {
      ArrayNode words = Output.json().createArrayNode();
      list.forEach(inner -> words.add(plain(name, inner)));
      return words;
    }
    if (value instanceof byte[] bytes) {
      return Output.object().put("base64", Base64.getEncoder().encodeToString(bytes));
    }
    if (value instanceof String text) {
      return Output.json()
          .valueToTree(SECRET.matcher(name).matches() ? "***" : Printable.withoutQueries(text));
    }
    return value == null || value instanceof Number || value instanceof Boolean
        ? Output.json().valueToTree(value)
        : Output.json().valueToTree(value.toString());
  }
}
