/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli;

import io.github.flytehadoop.FileAccessProvider;
import io.github.flytehadoop.cli.output.NamedUrisResult.NamedUri;
import io.github.flytehadoop.error.DataNotFoundException;
import io.github.flytehadoop.literal.Literal;
import io.github.flytehadoop.literal.LiteralException;
import io.github.flytehadoop.literal.LiteralValue;
import io.github.flytehadoop.literal.LiteralValue.BinaryValue;
import io.github.flytehadoop.literal.LiteralValue.BlobValue;
import io.github.flytehadoop.literal.LiteralValue.CollectionValue;
import io.github.flytehadoop.literal.LiteralValue.Dimensionality;
import io.github.flytehadoop.literal.LiteralValue.MapValue;
import io.github.flytehadoop.literal.LiteralValue.OffloadedValue;
import io.github.flytehadoop.literal.LiteralValue.SchemaValue;
import io.github.flytehadoop.literal.LiteralValue.StructuredDatasetValue;
import io.github.flytehadoop.literal.LiteralValue.UnionValue;
import io.github.flytehadoop.literal.Msgpack;
import io.github.flytehadoop.transfer.ObjectStatus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks for what literals name: files, directories, tables, and literals in files of their own. */
final class NamedUris {
  private static final long ANY_SIZE = -1;

  private final FileAccessProvider provider;
  private final List<NamedUri> found = new ArrayList<>();

  NamedUris(FileAccessProvider provider) {
    this.provider = provider;
  }

  List<NamedUri> check(Map<String, Literal> literals) throws IOException {
    for (Map.Entry<String, Literal> entry : literals.entrySet()) {
      visit(entry.getKey(), entry.getValue());
    }
    return found;
  }

  private void visit(String path, Literal literal) throws IOException {
    LiteralValue value = literal.value();
    if (value instanceof CollectionValue list) {
      for (int i = 0; i < list.elements().size(); i++) {
        visit(path + "[" + i + "]", list.elements().get(i));
      }
    } else if (value instanceof MapValue map) {
      for (Map.Entry<String, Literal> entry : map.entries().entrySet()) {
        visit(path + "." + entry.getKey(), entry.getValue());
      }
    } else if (value instanceof UnionValue union) {
      visit(path, union.value());
    } else {
      scalar(path, value);
    }
  }

  private void scalar(String path, LiteralValue value) throws IOException {
    if (value instanceof BlobValue blob) {
      look(path, blob.uri(), ANY_SIZE, blob.dimensionality() == Dimensionality.SINGLE);
    } else if (value instanceof StructuredDatasetValue table) {
      look(path, table.dataset().uri(), ANY_SIZE, false);
    } else if (value instanceof SchemaValue schema) {
      look(path, schema.uri(), ANY_SIZE, false);
    } else if (value instanceof OffloadedValue offloaded) {
      look(path, offloaded.uri(), offloaded.sizeBytes(), true);
    } else if (value instanceof BinaryValue binary && binary.tag().equals(Msgpack.TAG)) {
      plain(path, decoded(binary));
    }
  }

  private static Object decoded(BinaryValue binary) throws LiteralException {
    Object value = Msgpack.decode(binary.value());
    return value == null ? "" : value;
  }

  /** Inside a dataclass, files and directories have a path, and tables a uri. */
  private void plain(String path, Object value) throws IOException {
    if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        field(path + "[" + i + "]", "", list.get(i));
      }
    } else if (value instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        field(path, String.valueOf(entry.getKey()), entry.getValue());
      }
    }
  }

  private void field(String path, String key, @Nullable Object value) throws IOException {
    boolean names = key.equals("path") || key.equals("uri");
    if (names && value instanceof String uri && uri.contains("://")) {
      look(path, uri, ANY_SIZE, false);
    } else if (value != null) {
      plain(key.isEmpty() ? path : path + "." + key, value);
    }
  }

  private void look(String path, String uri, long size, boolean file) throws IOException {
    try {
      ObjectStatus status = provider.stat(uri);
      String fault = "";
      if (file && status.isDirectory()) {
        fault = "is a directory";
      } else if (size != ANY_SIZE && status.length() != size) {
        fault = "has " + status.length() + " bytes instead of " + size;
      }
      found.add(new NamedUri(path, uri, fault));
    } catch (DataNotFoundException absent) {
      found.add(new NamedUri(path, uri, "does not exist"));
    }
  }
}
