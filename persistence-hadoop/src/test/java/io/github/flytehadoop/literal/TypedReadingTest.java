/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.github.flytehadoop.literal.LiteralValue.ErrorValue;
import io.github.flytehadoop.literal.LiteralValue.UnionValue;
import io.github.flytehadoop.literal.LiteralValue.UnsetValue;
import io.github.flytehadoop.testkit.Rule;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Reading is lenient about the form and exact about the value. */
class TypedReadingTest {
  record Point(long x, double y, Optional<String> label) {}

  record Line(Point start, Point end, List<String> tags, Map<String, Long> attrs) {}

  record Nested(Instant when, Duration took, Color color, byte[] raw, @Nullable Point maybe) {}

  record Holder(FlyteFile f, int n) {}

  enum Color implements FlyteEnum {
    RED("red"),
    GREEN("green-ish");

    private final String value;

    Color(String value) {
      this.value = value;
    }

    @Override
    public String value() {
      return value;
    }
  }

  enum Crossed implements FlyteEnum {
    A,
    B;

    @Override
    public String value() {
      return this == A ? "B" : "A";
    }
  }

  private static Map<String, Literal> vector(String name) throws IOException {
    return Literals.parseMap(Files.readAllBytes(SharedVectorsTest.VECTORS.resolve(name + ".pb")))
        .literals();
  }

  private static <T> T read(Object value, Class<T> type) throws IOException {
    return Literals.as("x", Literal.of(value), type);
  }

  @Test
  void primitivesAreThoseOfJava() throws IOException {
    Map<String, Literal> in = vector("flyte1/primitives/outputs");
    assertThat(Literals.as(in.get("i_big"), long.class)).isEqualTo(9_007_199_254_740_993L);
    assertThat(Literals.as(in.get("i_neg"), int.class)).isEqualTo(-1);
    assertThat(Literals.as(in.get("f_third"), double.class)).isEqualTo(1.0 / 3);
    assertThat(Literals.as(in.get("s_unicode"), String.class)).isEqualTo("héllo 世界 🚀");
    assertThat(Literals.as(in.get("b_true"), boolean.class)).isTrue();
    assertThat(Literals.as(in.get("dt_utc"), Instant.class))
        .isEqualTo("2026-01-02T03:04:05.678901Z");
    assertThat(Literals.as(in.get("d"), LocalDate.class)).isEqualTo("2026-02-28");
    assertThat(Literals.as(in.get("td_neg"), Duration.class)).isEqualTo(Duration.ofMillis(-1500));
  }

  @Test
  @Rule("LIT-6")
  void literalsThatThePlatformChangedAreReadAsDeclared() throws IOException {
    Map<String, Literal> in = vector("flyte1/resolved/inputs");
    assertThat(Literals.optional("", in.get("bare_optional"), Long.class)).contains(5L);
    assertThat(Literals.optional("", in.get("none_bare"), Long.class)).isEmpty();
    assertThat(Literals.as(in.get("int_as_double"), long.class)).isEqualTo(3);
    assertThat(Literals.as(in.get("int_as_msgpack"), long.class)).isEqualTo(3);
    assertThat(Literals.list("", in.get("ints_as_msgpack"), Long.class)).containsExactly(1L, 2L);
    assertThat(Literals.list("", in.get("list_as_msgpack"), Integer.class))
        .containsExactly(1, 2, 3);
    assertThat(Literals.as(in.get("point_as_struct"), Point.class))
        .isEqualTo(new Point(1, 2, Optional.empty()));
    assertThat(Literals.as(in.get("file_as_msgpack"), FlyteFile.class))
        .isEqualTo(new FlyteFile("s3://bucket/in/a.txt"));
    assertThat(Literals.as(in.get("dataset_as_msgpack"), StructuredDataset.class))
        .isEqualTo(new StructuredDataset("s3://bucket/in/t", "parquet"));
    assertThat(Literals.as(in.get("color"), Color.class)).isEqualTo(Color.RED);
  }

  @Test
  @Rule("LIT-7")
  void unionsOfAnyDepthAreLookedThrough() throws IOException {
    Map<String, Literal> in = vector("flyte1/optional_union/inputs");
    assertThat(Literals.as(in.get("some_int"), long.class)).isEqualTo(5);
    assertThat(Literals.isNone(in.get("no_int"))).isTrue();
    assertThat(Literals.list("", in.get("list_of_optional"), Long.class))
        .isEqualTo(Arrays.asList(1L, null, 3L));
    assertThat(Literals.as(in.get("str_or_list"), int[].class)).containsExactly(1, 2);
    Literal deep = Literal.of(7L);
    for (int i = 0; i < 32; i++) {
      deep = new Literal(new UnionValue(deep, LiteralType.INTEGER));
    }
    assertThat(Literals.as(Literals.parse(Literals.toBytes(deep)), long.class)).isEqualTo(7);
  }

  @Test
  @Rule("LIT-9")
  void dataclassesAreRecords() throws IOException {
    for (String family : List.of("flyte1", "flyte2")) {
      Map<String, Literal> in = vector(family + "/dataclass/inputs");
      Line line = Literals.as(in.get("line"), Line.class);
      assertThat(line.end()).isEqualTo(new Point(3, 4, Optional.of("end")));
      assertThat(line.tags()).first().isEqualTo("a");
      assertThat(line.attrs()).containsExactly(entry("w", 2L));
      Nested nested = Literals.as(in.get("nested"), Nested.class);
      assertThat(nested.when()).isEqualTo("2026-01-02T03:04:05Z");
      assertThat(nested.took()).isEqualTo(Duration.ofSeconds(90));
      assertThat(nested.color()).isEqualTo(Color.GREEN);
      assertThat(nested.raw()).containsExactly(0, 255);
      assertThat(Literals.as(in.get("holder"), Holder.class))
          .isEqualTo(new Holder(new FlyteFile("s3://bucket/in/a.txt"), 3));
    }
    Map<String, Literal> in = vector("flyte1/dataclass/inputs");
    assertThat(Literals.list("", in.get("points"), Point.class))
        .containsExactly(new Point(1, 1, Optional.empty()), new Point(2, 2, Optional.empty()));
    assertThat(Literals.map("", in.get("by_name"), Point.class))
        .containsExactly(entry("a", new Point(1, 1, Optional.empty())));
  }

  @Test
  @Rule("LIT-9")
  void structsOfOldDataclassesAreTheSameRecords() throws IOException {
    Map<String, Literal> in = vector("flyte1/old_struct/inputs");
    assertThat(Literals.as(in.get("p"), Point.class))
        .isEqualTo(new Point(1, 2, Optional.of("old")));
    assertThat(Literals.map("", in.get("untyped"), Object.class))
        .containsEntry("b", Arrays.asList(1.0, 2.5, null, true, "x"));
  }

  @Test
  @Rule("LIT-10")
  void untypedMapsHaveKeysOfAnyType() throws IOException {
    Map<String, Literal> in = vector("flyte1/dict_msgpack/inputs");
    assertThat(Literals.map("", in.get("int_keys"), Integer.class, String.class))
        .containsExactly(entry(1, "one"), entry(2, "two"));
    assertThat(Literals.as(in.get("int_keys"), Object.class))
        .isEqualTo(Map.of(1L, "one", 2L, "two"));
    assertThat(Literals.map("", in.get("empty"), String.class)).isEmpty();
    assertThatThrownBy(() -> Literals.map("m", in.get("int_keys"), String.class))
        .isInstanceOf(LiteralException.class)
        .hasMessageStartingWith("Cannot read input m[\"1\"]");
  }

  @Test
  @Rule("LIT-8")
  void enumsAreValuesOrNames() throws IOException {
    assertThat(read("green-ish", Color.class)).isEqualTo(Color.GREEN);
    assertThat(read("GREEN", Color.class)).isEqualTo(Color.GREEN);
    assertThatThrownBy(() -> read("blue", Color.class)).hasMessageContaining("no constant");
    assertThatThrownBy(() -> read("A", Crossed.class)).hasMessageContaining("another");
    assertThat(Literals.as(Msgpack.of("A"), Crossed.class)).isEqualTo(Crossed.B);
  }

  @Test
  void filesDirectoriesAndTablesAreTheirOwn() throws IOException {
    assertThat(read(new FlyteDirectory("s3://b/d"), FlyteDirectory.class).uri())
        .isEqualTo("s3://b/d");
    assertThat(Literals.as(vector("flyte1/schema/inputs").get("s"), StructuredDataset.class))
        .isEqualTo(
            new StructuredDataset(
                "s3://bucket/in/schema",
                "parquet",
                List.of(
                    new Column("a", LiteralType.INTEGER), new Column("b", LiteralType.STRING))));
    assertThat(Literals.as(vector("flyte1/flyte_error/inputs").get("err"), ErrorValue.class))
        .isEqualTo(new ErrorValue("n0", "boom"));
    assertThatThrownBy(() -> read(new FlyteDirectory("s3://b/d"), FlyteFile.class))
        .hasMessage("Cannot read input x as FlyteFile: the literal is a directory. Use directory.");
  }

  @Test
  @Rule("LIT-6")
  void nothingIsCutSilently() {
    assertThatThrownBy(() -> read(1.5, long.class))
        .hasMessage(
            "Cannot read input x as long: the literal is a float that no long is equal to."
                + " Use getDouble.");
    assertThatThrownBy(() -> read(0x1p63, long.class)).isInstanceOf(LiteralException.class);
    assertThatThrownBy(() -> read(Double.NaN, long.class)).isInstanceOf(LiteralException.class);
    assertThatThrownBy(() -> read((1L << 53) + 1, double.class))
        .isInstanceOf(LiteralException.class);
    assertThatThrownBy(() -> read(Long.MAX_VALUE, double.class))
        .isInstanceOf(LiteralException.class);
    assertThatThrownBy(() -> read(1L << 31, int.class)).isInstanceOf(LiteralException.class);
    assertThatThrownBy(() -> read(0.1, float.class)).isInstanceOf(LiteralException.class);
    assertThatThrownBy(() -> read(1, boolean.class)).isInstanceOf(LiteralException.class);
    assertThatThrownBy(() -> read(1, String.class)).isInstanceOf(LiteralException.class);
    assertThatThrownBy(() -> read("2026-01-02T03:04:05Z", Instant.class))
        .isInstanceOf(LiteralException.class);
    assertThatThrownBy(() -> read(Instant.ofEpochSecond(1), LocalDate.class))
        .isInstanceOf(LiteralException.class);
  }

  @Test
  void timesThatPythonDoesNotHaveAreInstantsAlone() throws IOException {
    Literal far = Literal.of(Instant.MIN);
    assertThat(Literals.as(far, Instant.class)).isEqualTo(Instant.MIN);
    assertThatThrownBy(() -> Literals.as(far, OffsetDateTime.class))
        .isInstanceOf(LiteralException.class);
    assertThatThrownBy(() -> Literals.as(far, LocalDate.class))
        .isInstanceOf(LiteralException.class);
  }

  @Test
  void exactValueIsRead() throws IOException {
    assertThat(read(-0x1p63, long.class)).isEqualTo(Long.MIN_VALUE);
    assertThat(read(Long.MIN_VALUE, double.class)).isEqualTo(-0x1p63);
    assertThat(read(0.5, float.class)).isEqualTo(0.5f);
    assertThat(Literals.as(Msgpack.of(new BigInteger("18446744073709551615")), BigInteger.class))
        .isEqualTo("18446744073709551615");
    assertThat(Literals.as(Msgpack.of("2026-01-02T03:04:05.5+05:30"), Instant.class))
        .isEqualTo("2026-01-01T21:34:05.5Z");
    assertThat(Literals.as(Msgpack.of(172803.000004), Duration.class))
        .isEqualTo(Duration.ofSeconds(172803, 4000));
  }

  @Test
  @Rule("LIT-6")
  void failuresNameThePlaceAndWhatToDo() throws IOException {
    Literal people = Literal.of(List.of(Map.of(), Map.of(), Map.of(), Map.of("age", "old")));
    assertThatThrownBy(() -> Literals.as("people", Literal.of("x"), long.class))
        .hasMessage("Cannot read input people as long: the literal is a string. Use getString.");
    record Person(long age) {}
    Literal dataclasses = Literal.of(List.of(Msgpack.of(Map.of("age", "old"))));
    assertThatThrownBy(() -> Literals.list("people", dataclasses, Person.class))
        .hasMessage(
            "Cannot read input people[0].age as long: the literal is a string."
                + " Declare it as String.")
        .extracting(failure -> ((LiteralException) failure).path())
        .isEqualTo("people[0].age");
    assertThatThrownBy(() -> Literals.list("people", people, long.class))
        .hasMessageStartingWith("Cannot read input people[0] as long: the literal is a map.");
    assertThatThrownBy(() -> Literals.as(Msgpack.of(Map.of()), Person.class))
        .hasMessageContaining("the literal.age as long: the dataclass has no such field");
  }

  @Test
  void absentValuesAreErrorsThatSayWhich() {
    assertThatThrownBy(() -> read(null, String.class)).hasMessageContaining("the literal is none");
    assertThatThrownBy(() -> read(new UnsetValue(), String.class))
        .hasMessageContaining("the literal has no value");
    assertThatThrownBy(() -> read(new LiteralValue.BinaryValue(new byte[1], ""), String.class))
        .hasMessageContaining("pickled");
    assertThatThrownBy(
            () -> read(new LiteralValue.OffloadedValue("s3://b/x", 1, null), String.class))
        .hasMessageContaining("file of its own");
    Literal unknown = parsed(0x62, 2, 8, 1);
    assertThatThrownBy(() -> Literals.as("v", unknown, String.class))
        .hasMessageContaining("(field 12)");
    Literal scalar = parsed(0x0a, 3, 0x62, 1, 0);
    assertThatThrownBy(() -> Literals.as("v", scalar, String.class))
        .hasMessageContaining("(field 1.12)");
  }

  private static Literal parsed(int... bytes) {
    byte[] literal = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      literal[i] = (byte) bytes[i];
    }
    try {
      Literal parsed = Literals.parse(literal);
      assertThat(Literals.toBytes(parsed)).isEqualTo(literal);
      return parsed;
    } catch (LiteralException damaged) {
      throw new AssertionError(damaged);
    }
  }

  @Test
  @Rule("TASK-19")
  void offloadedLiteralsArePutInTheirPlaces() throws IOException {
    Literal xs = vector("flyte1/offload_input/inputs").get("xs");
    byte[] file =
        Files.readAllBytes(SharedVectorsTest.VECTORS.resolve("flyte1/offload_input/big.pb"));
    Literal resolved = Literals.resolve(Literal.of(List.of(xs)), offloaded -> file);
    Literal inner = ((LiteralValue.CollectionValue) resolved.value()).elements().get(0);
    assertThat(Literals.as(inner, long[].class)).containsExactly(0, 1, 2, 3, 4);
    assertThat(inner.hash()).isEqualTo(xs.hash());
    assertThatThrownBy(() -> Literals.resolve(xs, offloaded -> new byte[1]))
        .isInstanceOf(LiteralException.class)
        .hasMessageContaining("has 1 bytes instead of 42");
    byte[] again = Literals.toBytes(new Literal(new LiteralValue.OffloadedValue("u", 7, null)));
    assertThat(again).hasSize(7);
    assertThatThrownBy(() -> Literals.resolve(Literals.parse(again), offloaded -> again))
        .hasMessageContaining("more than 8");
  }
}
