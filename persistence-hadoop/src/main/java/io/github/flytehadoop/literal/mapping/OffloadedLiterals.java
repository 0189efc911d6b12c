/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal.mapping;

import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.literal.Literal;
import io.github.flytehadoop.literal.LiteralException;
import io.github.flytehadoop.literal.LiteralValue;
import io.github.flytehadoop.literal.LiteralValue.CollectionValue;
import io.github.flytehadoop.literal.LiteralValue.MapValue;
import io.github.flytehadoop.literal.LiteralValue.OffloadedValue;
import io.github.flytehadoop.literal.LiteralValue.UnionValue;
import io.github.flytehadoop.literal.OffloadedSource;
import io.github.flytehadoop.literal.codec.LiteralCodec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts the literals that lie in files of their own in their places. */
public final class OffloadedLiterals {
  private static final int MAX_DEPTH = 8;

  private final OffloadedSource source;

  /** Reads the files from a source. */
  public OffloadedLiterals(OffloadedSource source) {
    this.source = source;
  }

  /**
   * The literal with nothing offloaded in it.
   *
   * @throws LiteralException when a file is not what it is declared to be
   * @throws IOException when a file cannot be read
   */
  public Literal resolve(Literal literal) throws IOException {
    return resolve(literal, 0);
  }

  private Literal resolve(Literal literal, int files) throws IOException {
    LiteralValue value = literal.value();
    if (value instanceof OffloadedValue offloaded) {
      return fetched(literal, offloaded, files + 1);
    }
    if (!holdsOffloaded(value)) {
      return literal;
    }
    if (value instanceof CollectionValue list) {
      List<Literal> elements = new ArrayList<>(list.elements().size());
      for (Literal element : list.elements()) {
        elements.add(resolve(element, files));
      }
      return with(literal, new CollectionValue(elements));
    }
    if (value instanceof MapValue map) {
      Map<String, Literal> entries = new LinkedHashMap<>();
      for (Map.Entry<String, Literal> entry : map.entries().entrySet()) {
        entries.put(entry.getKey(), resolve(entry.getValue(), files));
      }
      return with(literal, new MapValue(entries));
    }
    return value instanceof UnionValue union
        ? with(literal, new UnionValue(resolve(union.value(), files), union.type()))
        : literal;
  }

  private static boolean holdsOffloaded(LiteralValue value) {
    if (value instanceof CollectionValue list) {
      return list.elements().stream().anyMatch(element -> holdsOffloaded(element.value()));
    }
    if (value instanceof MapValue map) {
      return map.entries().values().stream().anyMatch(entry -> holdsOffloaded(entry.value()));
    }
    return value instanceof OffloadedValue
        || (value instanceof UnionValue union && holdsOffloaded(union.value().value()));
  }

  private Literal fetched(Literal literal, OffloadedValue offloaded, int files) throws IOException {
    if (offloaded.uri().isEmpty()) {
      throw failure("its file has no uri", "Correct the task that writes it.");
    }
    if (files > MAX_DEPTH) {
      throw failure("more than " + MAX_DEPTH + " offloaded literals are inside each other", "");
    }
    byte[] bytes = source.read(offloaded);
    if (bytes.length != offloaded.sizeBytes()) {
      throw failure(
          offloaded.uri() + " has " + bytes.length + " bytes instead of " + offloaded.sizeBytes(),
          "Run the task again that writes it.");
    }
    Literal inner = resolve(LiteralCodec.read(bytes), files);
    return new Literal(
        inner.value(),
        literal.hash() == null ? inner.hash() : literal.hash(),
        literal.metadata().isEmpty() ? inner.metadata() : literal.metadata(),
        inner.rest());
  }

  private static Literal with(Literal literal, LiteralValue value) {
    return new Literal(value, literal.hash(), literal.metadata(), literal.rest());
  }

  private static LiteralException failure(String why, String remedy) {
    return new LiteralException(
        "",
        Problem.cannot("read", "the offloaded literal").because(why).remedy(remedy).message(),
        null);
  }
}
