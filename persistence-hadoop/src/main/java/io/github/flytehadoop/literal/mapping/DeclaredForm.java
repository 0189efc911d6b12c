/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal.mapping;

import io.github.flytehadoop.literal.FlyteDirectory;
import io.github.flytehadoop.literal.FlyteFile;
import io.github.flytehadoop.literal.Literal;
import io.github.flytehadoop.literal.LiteralDialect;
import io.github.flytehadoop.literal.LiteralException;
import io.github.flytehadoop.literal.LiteralType;
import io.github.flytehadoop.literal.LiteralValue;
import io.github.flytehadoop.literal.LiteralValue.CollectionValue;
import io.github.flytehadoop.literal.LiteralValue.FloatValue;
import io.github.flytehadoop.literal.LiteralValue.MapValue;
import io.github.flytehadoop.literal.LiteralValue.UnionValue;
import io.github.flytehadoop.literal.StructuredDataset;
import io.github.flytehadoop.literal.TypeKind.BlobKind;
import io.github.flytehadoop.literal.TypeKind.CollectionKind;
import io.github.flytehadoop.literal.TypeKind.DatasetKind;
import io.github.flytehadoop.literal.TypeKind.MapKind;
import io.github.flytehadoop.literal.TypeKind.Simple;
import io.github.flytehadoop.literal.TypeKind.SimpleKind;
import io.github.flytehadoop.literal.TypeKind.UnionKind;
import io.github.flytehadoop.literal.TypeKind.UnknownKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Java values as literals of the types that a task's interface declares. */
public final class DeclaredForm {
  private final LiteralDialect dialect;
  private final LiteralForm undeclared;

  private DeclaredForm(LiteralDialect dialect) {
    this.dialect = dialect;
    this.undeclared = new LiteralForm(dialect);
  }

  /**
   * The literal of a value.
   *
   * @param type as declared, or null when that is not known
   * @throws LiteralException when the value has no literal, or none of that type
   */
  public static Literal of(
      String name, @Nullable Object value, @Nullable LiteralType type, LiteralDialect dialect)
      throws LiteralException {
    DeclaredForm form = new DeclaredForm(dialect);
    return type == null
        ? form.undeclared.of(value, Place.of(name))
        : form.of(value, type, Place.of(name));
  }

  private Literal of(@Nullable Object value, LiteralType type, Place place)
      throws LiteralException {
    if (isAsGiven(value) || type.kind() instanceof UnknownKind) {
      return undeclared.of(value, place);
    }
    if (value instanceof Optional<?> optional) {
      return of(optional.orElse(null), type, place);
    }
    if (type.kind() instanceof UnionKind union) {
      return union(value, union, place);
    }
    if (Fit.of(type, value, dialect) == Fit.NO) {
      throw place.cannotWrite(
          "the declared type is " + type + ", and the value is " + nameOf(value),
          "Correct the type, or write the value as it is declared.");
    }
    if (value != null && type.kind() instanceof CollectionKind list) {
      return list(LiteralForm.items(value), list.element(), place);
    }
    if (value instanceof Map<?, ?> map && type.kind() instanceof MapKind declared) {
      return map(map, declared.value(), place);
    }
    return single(value, type, place);
  }

  private static boolean isAsGiven(@Nullable Object value) {
    return value instanceof Literal || value instanceof LiteralValue;
  }

  private Literal union(@Nullable Object value, UnionKind union, Place place)
      throws LiteralException {
    LiteralException last = null;
    for (LiteralType variant : candidates(union, value)) {
      try {
        String tag = variant.tag() == null ? Tags.of(variant.kind(), dialect) : variant.tag();
        return new Literal(new UnionValue(of(value, variant, place), variant.withTag(tag)));
      } catch (LiteralException notThisOne) {
        last = notThisOne;
      }
    }
    if (last != null) {
      throw last;
    }
    throw place.cannotWrite(
        "no variant of the declared union takes " + nameOf(value),
        "Correct the type, or write the value as it is declared.");
  }

  /** The variants that may take a value; those of its own kind come first. */
  private List<LiteralType> candidates(UnionKind union, @Nullable Object value) {
    List<LiteralType> candidates = new ArrayList<>();
    for (Fit fit : List.of(Fit.EXACT, Fit.POSSIBLE)) {
      union.variants().stream()
          .filter(variant -> Fit.of(variant, value, dialect) == fit)
          .forEach(candidates::add);
    }
    return candidates;
  }

  private Literal list(List<?> items, LiteralType element, Place place) throws LiteralException {
    List<Literal> elements = new ArrayList<>(items.size());
    for (Object item : items) {
      elements.add(of(item, element, place.item(elements.size())));
    }
    return new Literal(new CollectionValue(elements));
  }

  private Literal map(Map<?, ?> map, LiteralType type, Place place) throws LiteralException {
    Map<String, Literal> entries = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      String key = (String) entry.getKey();
      entries.put(key, of(entry.getValue(), type, place.at(key)));
    }
    return new Literal(new MapValue(entries));
  }

  private Literal single(@Nullable Object value, LiteralType type, Place place)
      throws LiteralException {
    if (type.kind() instanceof SimpleKind simple) {
      if (simple.simple() == Simple.STRUCT) {
        return new Literal(LiteralForm.msgpack(value, place));
      }
      if (simple.simple() == Simple.FLOAT && value instanceof Number number) {
        return new Literal(new FloatValue(real(number, place)));
      }
    }
    return undeclared.of(withDeclared(value, type), place);
  }

  /** A file or a table with the format and the columns of its declaration. */
  private static @Nullable Object withDeclared(@Nullable Object value, LiteralType type) {
    if (value instanceof FlyteFile file && type.kind() instanceof BlobKind blob) {
      return new FlyteFile(file.uri(), either(file.format(), blob.format()));
    }
    if (value instanceof FlyteDirectory tree && type.kind() instanceof BlobKind blob) {
      return new FlyteDirectory(tree.uri(), either(tree.format(), blob.format()));
    }
    if (value instanceof StructuredDataset table && type.kind() instanceof DatasetKind dataset) {
      return declared(table, dataset);
    }
    return value;
  }

  private static StructuredDataset declared(StructuredDataset table, DatasetKind dataset) {
    return new StructuredDataset(
        table.uri(),
        either(table.format(), dataset.format()),
        table.columns().isEmpty() ? dataset.columns() : table.columns());
  }

  private static String either(String own, String declared) {
    return own.isEmpty() ? declared : own;
  }

  private static double real(Number number, Place place) throws LiteralException {
    if (Numbers.isReal(number)) {
      return number.doubleValue();
    }
    return Numbers.as(Numbers.wide(number), Double.class)
        .orElseThrow(() -> place.cannotWrite("no float is equal to the integer", ""))
        .doubleValue();
  }

  private static String nameOf(@Nullable Object value) {
    return value == null ? "none" : "a " + value.getClass().getSimpleName();
  }
}
