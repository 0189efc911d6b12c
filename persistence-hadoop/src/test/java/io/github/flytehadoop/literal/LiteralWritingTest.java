/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flytehadoop.literal.LiteralValue.CollectionValue;
import io.github.flytehadoop.literal.LiteralValue.FloatValue;
import io.github.flytehadoop.literal.LiteralValue.StringValue;
import io.github.flytehadoop.literal.LiteralValue.StructuredDatasetValue;
import io.github.flytehadoop.literal.LiteralValue.UnionValue;
import io.github.flytehadoop.literal.TypedReadingTest.Color;
import io.github.flytehadoop.testkit.Rule;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Java values become the literals that their classes or their declared types say. */
class LiteralWritingTest {
  private static LiteralValue written(Object value, LiteralType type) throws IOException {
    return Literals.of("out", value, type, LiteralDialect.FLYTE_1).value();
  }

  @Test
  @Rule("LIT-5")
  void equalMapsBecomeEqualBytes() throws IOException {
    Map<String, Object> one = new LinkedHashMap<>();
    Map<String, Object> other = new LinkedHashMap<>();
    // in UTF-16 the last of these would come before the one in front of it
    List<String> keys = List.of("", "Z", "a", "aa", "é", "\uFFFD", "🚀");
    keys.forEach(key -> one.put(key, 1));
    List<String> backwards = new ArrayList<>(keys);
    Collections.reverse(backwards);
    backwards.forEach(key -> other.put(key, 1));
    assertThat(Literals.toBytes(Literal.of(one))).isEqualTo(Literals.toBytes(Literal.of(other)));
    assertThat(Msgpack.encode(one)).isEqualTo(Msgpack.encode(other));
    Literal read = Literals.parse(Literals.toBytes(Literal.of(other)));
    assertThat(Literals.map("", read, Integer.class).keySet()).containsExactlyElementsOf(keys);
    assertThat(keys).isSortedAccordingTo(LiteralWritingTest::byUtf8);
  }

  private static int byUtf8(String one, String other) {
    return Arrays.compareUnsigned(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  @Rule("LIT-10")
  void msgpackIsTheShortest() throws IOException {
    assertThat(hex(1)).isEqualTo("01");
    assertThat(hex(-1)).isEqualTo("ff");
    assertThat(hex(200)).isEqualTo("ccc8");
    assertThat(hex(-200L)).isEqualTo("d1ff38");
    assertThat(hex(new BigInteger("18446744073709551615"))).isEqualTo("cfffffffffffffffff");
    assertThat(hex(1.5f)).isEqualTo("cb3ff8000000000000");
    assertThat(hex(new byte[] {1})).isEqualTo("c40101");
    assertThat(hex(Map.of(2, "b", 1, "a", "k", true))).isEqualTo("8301a16102a162a16bc3");
    assertThat(hex(Instant.ofEpochSecond(0, 1_999)))
        .isEqualTo(
            "d920" + HexFormat.of().formatHex("1970-01-01T00:00:00.000001+00:00".getBytes()));
    assertThatThrownBy(() -> Msgpack.encode(BigInteger.ONE.shiftLeft(64)))
        .isInstanceOf(LiteralException.class);
  }

  private static String hex(Object value) throws IOException {
    return HexFormat.of().formatHex(Msgpack.encode(value));
  }

  @Test
  @Rule("LIT-7")
  void unionsHaveTheVariantOfTheValue() throws IOException {
    LiteralType type =
        LiteralType.union(LiteralType.FLOAT, LiteralType.INTEGER, LiteralType.STRING);
    assertThat(((UnionValue) written(7, type)).type().tag()).isEqualTo("int");
    assertThat(((UnionValue) written(7.5, type)).type().tag()).isEqualTo("float");
    LiteralType lists =
        LiteralType.union(
            LiteralType.listOf(LiteralType.INTEGER), LiteralType.listOf(LiteralType.STRING));
    assertThat(((UnionValue) written(List.of("a"), lists)).type().kind())
        .isEqualTo(LiteralType.listOf(LiteralType.STRING).kind());
    assertThat(((UnionValue) written(5, LiteralType.optional(LiteralType.FLOAT))).value().value())
        .isEqualTo(new FloatValue(5));
    assertThatThrownBy(() -> written(true, type))
        .hasMessage(
            "Cannot write output out: no variant of the declared union takes a Boolean."
                + " Correct the type, or write the value as it is declared.");
    Literal file =
        Literals.of(
            new FlyteFile("s3://b/x"),
            LiteralType.optional(LiteralType.FILE),
            LiteralDialect.FLYTE_2);
    assertThat(((UnionValue) file.value()).type().tag()).isEqualTo("File");
  }

  @Test
  void declaredTypesAreKept() throws IOException {
    assertThat(written(3, LiteralType.FLOAT)).isEqualTo(new FloatValue(3));
    List<Column> columns = List.of(new Column("a", LiteralType.INTEGER));
    LiteralValue table =
        written(new StructuredDataset("s3://b/t", ""), LiteralType.dataset("parquet", columns));
    assertThat(table)
        .isEqualTo(
            new StructuredDatasetValue(new StructuredDataset("s3://b/t", "parquet", columns)));
    assertThatThrownBy(() -> written(3, LiteralType.STRING))
        .hasMessageStartingWith(
            "Cannot write output out: the declared type is string, and the value is a Integer");
    assertThatThrownBy(() -> written((1L << 53) + 1, LiteralType.FLOAT))
        .isInstanceOf(LiteralException.class);
    assertThatThrownBy(() -> written("blue", LiteralType.enumOf(List.of("red"))))
        .isInstanceOf(LiteralException.class);
    assertThatThrownBy(() -> written(List.of(1, "x"), LiteralType.listOf(LiteralType.INTEGER)))
        .extracting(failure -> ((LiteralException) failure).path())
        .isEqualTo("out[1]");
  }

  @Test
  @Rule("LIT-8")
  void enumsAreValuesInTheFirstDialectAndNamesInTheSecond() throws IOException {
    assertThat(Literal.of(Color.GREEN).value()).isEqualTo(new StringValue("green-ish"));
    assertThat(Literals.of(Color.GREEN, LiteralDialect.FLYTE_2).value())
        .isEqualTo(new StringValue("GREEN"));
    assertThat(Literal.of(Thread.State.NEW).value()).isEqualTo(new StringValue("NEW"));
    assertThat(Msgpack.decode(Msgpack.encode(Color.GREEN))).isEqualTo("green-ish");
  }

  @Test
  void valueWithoutLiteralIsRefused() {
    for (Object value :
        List.of(
            new byte[1], new Object(), LocalDateTime.MIN, 'c', new BigInteger("9".repeat(30)))) {
      assertThatThrownBy(() -> Literal.of(List.of(value)))
          .isInstanceOf(LiteralException.class)
          .hasMessageStartingWith("Cannot write the literal[0]: Flyte has no literal for");
    }
    assertThatThrownBy(() -> Literals.toBytes(Literal.of("\uD800")))
        .hasMessageContaining("surrogate");
    assertThatThrownBy(() -> Msgpack.encode("\uDC00")).hasMessageContaining("surrogate");
    assertThatThrownBy(() -> Literals.toBytes(Literal.of(Instant.MAX)))
        .hasMessageContaining("years 1 to 9999");
    assertThatThrownBy(() -> Literals.toBytes(Literal.of(Duration.ofDays(4_000_000))))
        .hasMessageContaining("10,000 years");
    assertThatThrownBy(() -> Msgpack.of(Instant.MIN)).isInstanceOf(LiteralException.class);
    List<Object> itself = new ArrayList<>();
    itself.add(itself);
    assertThatThrownBy(() -> Literal.of(itself)).isInstanceOf(LiteralException.class);
    assertThatThrownBy(() -> Msgpack.encode(itself)).isInstanceOf(LiteralException.class);
  }

  @Test
  void structsHoldDoubles() throws IOException {
    Literal struct = Literals.struct(Map.of("n", 3, "l", List.of(Map.of("b", true))));
    Literal read = Literals.parse(Literals.toBytes(struct));
    assertThat(Literals.as(read, Object.class))
        .isEqualTo(Map.of("n", 3.0, "l", List.of(Map.of("b", true))));
    assertThatThrownBy(() -> Literals.struct(Map.of("n", Long.MAX_VALUE)))
        .isInstanceOf(LiteralException.class);
    assertThatThrownBy(() -> Literals.struct(Map.of("n", LocalDate.EPOCH)))
        .hasMessageContaining("n: a struct cannot hold");
  }

  @Test
  void typesAreInferred() throws IOException {
    assertThat(Literals.typeOf(Literal.of(List.of(1, 2))))
        .isEqualTo(LiteralType.listOf(LiteralType.INTEGER));
    assertThat(Literals.typeOf(Literal.of(List.of())))
        .isEqualTo(LiteralType.listOf(LiteralType.NONE));
    assertThat(Literals.typeOf(Literal.of(Map.of("a", List.of("x")))))
        .isEqualTo(LiteralType.mapOf(LiteralType.listOf(LiteralType.STRING)));
    assertThat(Literals.typeOf(Literal.of(List.of(1, "x"))))
        .isEqualTo(LiteralType.listOf(LiteralType.union(LiteralType.INTEGER, LiteralType.STRING)));
    assertThat(Literals.typeOf(Literal.of(new FlyteFile("u", "csv"))))
        .isEqualTo(LiteralType.file("csv"));
    assertThat(Literals.typeOf(Literal.of(Optional.empty()))).isEqualTo(LiteralType.NONE);
    assertThat(Literals.typeOf(Msgpack.of(Map.of()))).isEqualTo(LiteralType.STRUCT.withTag(null));
    LiteralType optional = LiteralType.optional(LiteralType.INTEGER);
    Literal list = Literals.of(List.of(1), LiteralType.listOf(optional), LiteralDialect.FLYTE_1);
    assertThat(Literals.typeOf(list).toString()).isEqualTo("list of union of [integer]");
    assertThat(((CollectionValue) list.value()).elements()).hasSize(1);
  }
}
