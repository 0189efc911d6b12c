/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal;

import io.github.flytehadoop.literal.LiteralValue.BinaryValue;
import io.github.flytehadoop.literal.LiteralValue.BlobValue;
import io.github.flytehadoop.literal.LiteralValue.BooleanValue;
import io.github.flytehadoop.literal.LiteralValue.CollectionValue;
import io.github.flytehadoop.literal.LiteralValue.DatetimeValue;
import io.github.flytehadoop.literal.LiteralValue.Dimensionality;
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
import io.github.flytehadoop.literal.wire.WireBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Literals of every kind, small and nested. */
final class RandomLiterals {
  private static final int DEPTH = 4;
  private static final WireBytes FIELD_15 = WireBytes.of(new byte[] {0x78, 1});

  private final Random random;

  RandomLiterals(Random random) {
    this.random = random;
  }

  Literal next() throws IOException {
    return literal(DEPTH);
  }

  private Literal literal(int depth) throws IOException {
    Map<String, String> metadata = new LinkedHashMap<>();
    if (random.nextInt(8) == 0) {
      metadata.put(text(), text());
    }
    return new Literal(
        depth > 0 && random.nextInt(3) == 0 ? container(depth - 1) : scalar(depth),
        random.nextInt(8) == 0 ? "h" + text() : null,
        metadata,
        random.nextInt(8) == 0 ? FIELD_15 : WireBytes.NONE);
  }

  private LiteralValue container(int depth) throws IOException {
    if (random.nextInt(3) == 0) {
      return new UnionValue(literal(depth), type(depth));
    }
    List<Literal> elements = new ArrayList<>();
    Map<String, Literal> entries = new LinkedHashMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      Literal element = literal(depth);
      elements.add(element);
      entries.put(text(), element);
    }
    return random.nextBoolean() ? new CollectionValue(elements) : new MapValue(entries);
  }

  private LiteralValue scalar(int depth) throws IOException {
    return switch (random.nextInt(15)) {
      case 0 -> new IntegerValue(number());
      case 1 -> new FloatValue(Double.longBitsToDouble(random.nextLong()));
      case 2 -> new StringValue(text());
      case 3 -> new BooleanValue(random.nextBoolean());
      case 4 ->
          new DatetimeValue(
              Instant.ofEpochSecond(random.nextLong(-62_135_596_800L, 253_402_300_800L), nanos()));
      case 5 ->
          new DurationValue(
              Duration.ofSeconds(random.nextLong(-315_576_000_000L, 315_576_000_000L), nanos()));
      case 6 -> NoneValue.NONE;
      case 7 ->
          new BlobValue(
              text(),
              text(),
              random.nextBoolean() ? Dimensionality.SINGLE : Dimensionality.MULTIPART);
      case 8 -> new BinaryValue(Msgpack.encode(plain(depth)), Msgpack.TAG);
      case 9 -> new SchemaValue(text(), List.of(new Column(text(), LiteralType.DURATION)));
      case 10 ->
          new StructuredDatasetValue(
              new StructuredDataset(text(), text(), List.of(new Column(text(), type(depth)))));
      case 11 -> new ErrorValue(text(), text());
      case 12 -> new GenericValue(struct(depth));
      case 13 -> new OffloadedValue(text(), number(), random.nextBoolean() ? type(depth) : null);
      default -> LiteralValue.UnsetValue.UNSET;
    };
  }

  private LiteralType type(int depth) {
    LiteralType type =
        switch (random.nextInt(depth > 0 ? 8 : 4)) {
          case 0 -> LiteralType.INTEGER;
          case 1 -> LiteralType.DATACLASS;
          case 2 -> LiteralType.file(text());
          case 3 -> LiteralType.enumOf(List.of(text(), text()));
          case 4 -> LiteralType.listOf(type(depth - 1));
          case 5 -> LiteralType.mapOf(type(depth - 1));
          case 6 -> LiteralType.dataset(text(), List.of(new Column(text(), type(depth - 1))));
          default -> LiteralType.optional(type(depth - 1));
        };
    return random.nextInt(4) == 0 ? type.withTag("t" + text()) : type;
  }

  private Map<String, Object> struct(int depth) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      fields.put(text(), structValue(depth - 1));
    }
    return fields;
  }

  private Object structValue(int depth) {
    return switch (random.nextInt(depth > 0 ? 6 : 4)) {
      case 0 -> null;
      case 1 -> random.nextGaussian();
      case 2 -> text();
      case 3 -> random.nextBoolean();
      case 4 -> struct(depth);
      default -> List.of(text(), struct(depth));
    };
  }

  /** What msgpack holds. */
  Object plain(int depth) {
    return switch (random.nextInt(depth > 0 ? 8 : 6)) {
      case 0 -> number();
      case 1 -> random.nextGaussian();
      case 2 -> text();
      case 3 -> random.nextBoolean();
      case 4 -> text().getBytes(StandardCharsets.UTF_8);
      case 5 -> null;
      case 6 -> Map.of(number(), text(), text(), List.of(random.nextBoolean()));
      default -> new ArrayList<>(Arrays.asList(plain(depth - 1), plain(depth - 1)));
    };
  }

  private long number() {
    return random.nextLong() >> random.nextInt(64);
  }

  private int nanos() {
    return random.nextBoolean() ? 0 : random.nextInt(1_000_000_000);
  }

  private String text() {
    int[] points = new int[random.nextInt(5)];
    for (int i = 0; i < points.length; i++) {
      points[i] = random.nextInt(4) == 0 ? 0x1F600 + random.nextInt(64) : random.nextInt(0x250);
    }
    return new String(points, 0, points.length);
  }
}
