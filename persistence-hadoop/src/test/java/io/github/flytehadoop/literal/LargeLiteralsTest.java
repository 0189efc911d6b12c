/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flytehadoop.literal.LiteralValue.CollectionValue;
import io.github.flytehadoop.literal.LiteralValue.MapValue;
import io.github.flytehadoop.literal.LiteralValue.OffloadedValue;
import io.github.flytehadoop.literal.wire.LazyList;
import io.github.flytehadoop.literal.wire.LazyMap;
import io.github.flytehadoop.testkit.Rule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Lists and maps of more than 1 MiB are read again as they are asked for, and are the same. */
@Tag("slow")
class LargeLiteralsTest {
  private static final int COUNT = 70_000;

  record Point(long x, String label) {}

  private static Map<String, Object> numbers() {
    Map<String, Object> numbers = new LinkedHashMap<>();
    for (int i = COUNT; i > 0; i--) {
      numbers.put("key " + i, i);
    }
    return numbers;
  }

  private static Literal read(Object value) throws IOException {
    byte[] bytes = Literals.toBytes(Literal.of(value));
    assertThat(bytes.length).isGreaterThan(1 << 20);
    return Literals.parse(bytes);
  }

  @Test
  @Rule("TASK-20")
  void randomOnesComeBack() throws IOException {
    RandomLiterals random = new RandomLiterals(new Random(16));
    List<Literal> elements = new ArrayList<>();
    Map<String, Literal> entries = new LinkedHashMap<>();
    for (int i = 0; i < 20_000; i++) {
      elements.add(random.next());
      entries.put("k" + i % 15_000, elements.get(i));
    }
    for (LiteralValue value : List.of(new CollectionValue(elements), new MapValue(entries))) {
      byte[] bytes = Literals.toBytes(new Literal(value));
      Literal read = Literals.parse(bytes);
      assertThat(read.equals(new Literal(value))).isTrue();
      assertThat(new Literal(value).equals(read)).isTrue();
      assertThat(read.hashCode()).isEqualTo(new Literal(value).hashCode());
      assertThat(Arrays.equals(Literals.toBytes(read), bytes)).isTrue();
      LiteralMap map = new LiteralMap(Map.of("v", read));
      assertThat(Literals.parseMap(Literals.toBytes(map)).equals(map)).isTrue();
    }
  }

  @Test
  @Rule("TASK-20")
  void valuesAreReadWhenAskedFor() throws IOException {
    Literal literal = read(numbers());
    assertThat(((MapValue) literal.value()).entries()).isInstanceOf(LazyMap.class);
    Map<String, Long> map = Literals.map("n", literal, Long.class);
    assertThat(map).isInstanceOf(LazyMap.class).hasSize(COUNT);
    assertThat(map.get("key 7")).isEqualTo(7);
    assertThat(map.get("key 0")).isNull();
    assertThat(map.containsKey("key " + COUNT)).isTrue();
    assertThat(map.containsKey(null)).isFalse();
    assertThat(map.keySet().stream().mapToInt(String::length).sum()).isPositive();
    assertThat(map.values().stream().mapToLong(n -> n).sum()).isEqualTo(COUNT * (COUNT + 1L) / 2);
    assertThatThrownBy(() -> map.put("key 7", 8L))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(
            () -> {
              var entries = map.entrySet().iterator();
              for (int i = 0; i <= COUNT; i++) {
                entries.next();
              }
            })
        .isInstanceOf(NoSuchElementException.class);
    assertThat(Literals.as(literal, Object.class)).isEqualTo(map);
  }

  @Test
  void listsOfRecordsAreReadWhenAskedFor() throws IOException {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      points.add(new Point(i, i % 2 == 0 ? "even" : "odd"));
    }
    Literal literal = read(points);
    List<Point> list = Literals.list("points", literal, Point.class);
    assertThat(list).isInstanceOf(LazyList.class).hasSize(COUNT);
    assertThat(list.get(COUNT - 1)).isEqualTo(points.get(COUNT - 1));
    assertThat(list.equals(points)).isTrue();
    assertThatThrownBy(() -> list.get(COUNT)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(Literals.as(literal, Point[].class)).hasSize(COUNT).endsWith(points.get(COUNT - 1));
  }

  @Test
  void structsAreReadWhenAskedFor() throws IOException {
    Map<String, Object> fields = numbers();
    fields.put("list", List.of(1.0, "two", Map.of("three", 3.0)));
    Literal literal = Literals.struct(fields);
    Literal read = Literals.parse(Literals.toBytes(literal));
    assertThat(read.equals(literal)).isTrue();
    assertThat(Literals.as(read, Map.class).get("key 9")).isEqualTo(9.0);
    assertThat(Literals.as(read, Map.class).get("list")).isEqualTo(fields.get("list"));
  }

  @Test
  @Rule("LIT-6")
  void theFirstThatIsOfAnotherTypeFailsAtOnce() throws IOException {
    Map<String, Object> values = numbers();
    values.put("last", "text");
    Literal literal = read(values);
    assertThatThrownBy(() -> Literals.map("n", literal, Long.class))
        .isInstanceOf(LiteralException.class)
        .hasMessage(
            "Cannot read input n.last as long: the literal is a string. Declare it as String.");
  }

  @Test
  void damageInsideIsFoundAtOnce() throws IOException {
    byte[] bytes = Literals.toBytes(Literal.of(numbers()));
    bytes[bytes.length - 1] = (byte) 0x80;
    assertThatThrownBy(() -> Literals.parse(bytes))
        .isInstanceOf(LiteralException.class)
        .hasMessageStartingWith("Cannot read the literal: it ends within a number");
  }

  @Test
  void theLastEntryOfAKeyCounts() throws IOException {
    byte[] one = Literals.toBytes(Literal.of(Map.of("k", 1)));
    byte[] two = Literals.toBytes(Literal.of(Map.of("k", 2)));
    byte[] large = Literals.toBytes(Literal.of(numbers()));
    byte[] all = new byte[one.length + large.length + two.length];
    System.arraycopy(one, 0, all, 0, one.length);
    System.arraycopy(large, 0, all, one.length, large.length);
    System.arraycopy(two, 0, all, one.length + large.length, two.length);
    // messages of one field are merged
    Map<String, Long> map = Literals.map("n", Literals.parse(all), Long.class);
    assertThat(map).hasSize(COUNT + 1).containsEntry("k", 2L).containsEntry("key 1", 1L);
    assertThat(map.keySet().iterator().next()).isEqualTo("k");
  }

  @Test
  void offloadedOnesInsideAreFetched() throws IOException {
    Map<String, Object> values = numbers();
    byte[] file = Literals.toBytes(Literal.of("far"));
    values.put("away", new Literal(new OffloadedValue("s3://bucket/far.pb", file.length, null)));
    Literal whole = Literals.resolve(read(values), offloaded -> file);
    assertThat(Literals.map("n", whole, Object.class))
        .containsEntry("away", "far")
        .containsEntry("key 3", 3L);
    Literal plain = read(numbers());
    assertThat(Literals.resolve(plain, offloaded -> file)).isSameAs(plain);
  }
}
