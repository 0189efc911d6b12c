/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flytehadoop.literal.LiteralValue.CollectionValue;
import io.github.flytehadoop.literal.LiteralValue.GenericValue;
import io.github.flytehadoop.literal.LiteralValue.MapValue;
import io.github.flytehadoop.literal.LiteralValue.UnionValue;
import io.github.flytehadoop.literal.wire.WireBytes;
import io.github.flytehadoop.testkit.Rule;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No depth and no length is believed: damaged bytes are a failure, never an exhausted JVM. */
class LiteralLimitsTest {
  private static LiteralMap nested(int depth, UnaryOperator<Literal> around) throws IOException {
    Literal literal = Literal.of(1);
    for (int i = 0; i < depth; i++) {
      literal = around.apply(literal);
    }
    return new LiteralMap(Map.of("v", literal));
  }

  private static void deepest(int depth, UnaryOperator<Literal> around) throws IOException {
    LiteralMap allowed = nested(depth, around);
    assertThat(Literals.parseMap(Literals.toBytes(allowed))).isEqualTo(allowed);
    assertThatThrownBy(() -> Literals.toBytes(nested(depth + 1, around)))
        .isInstanceOf(LiteralException.class)
        .hasMessageContaining("more than 100 messages");
  }

  @Test
  @Rule("LIT-4")
  void deepestNestingIsThatOfPython() throws IOException {
    deepest(48, inner -> new Literal(new CollectionValue(List.of(inner))));
    deepest(32, inner -> new Literal(new MapValue(Map.of("k", inner))));
    deepest(32, inner -> new Literal(new UnionValue(inner, LiteralType.INTEGER)));
  }

  @Test
  @Rule("LIT-4")
  void deeperBytesAreRefused() {
    byte[] bytes = new byte[0];
    for (int i = 0; i < 10_000; i++) {
      bytes = inside(2, inside(1, bytes));
    }
    byte[] lists = bytes;
    assertThatThrownBy(() -> Literals.parse(lists))
        .isInstanceOf(LiteralException.class)
        .hasMessage("Cannot read the literal: more than 100 messages are inside each other.");
    byte[] groups = new byte[100_000];
    Arrays.fill(groups, (byte) 0x7b);
    assertThatThrownBy(() -> Literals.parse(groups)).hasMessageContaining("groups");
    byte[] msgpack = new byte[100_000];
    Arrays.fill(msgpack, (byte) 0x91);
    assertThatThrownBy(() -> Msgpack.decode(msgpack)).hasMessageContaining("more than 511");
  }

  private static byte[] inside(int field, byte[] content) {
    byte[] length = new byte[5];
    int n = 0;
    for (int left = content.length; ; left >>>= 7) {
      length[n++] = (byte) (left > 127 ? left & 127 | 128 : left);
      if (left <= 127) {
        break;
      }
    }
    byte[] bytes = new byte[1 + n + content.length];
    bytes[0] = (byte) (field << 3 | 2);
    System.arraycopy(length, 0, bytes, 1, n);
    System.arraycopy(content, 0, bytes, 1 + n, content.length);
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0affffffff07", // a length of 2 GiB
        "0affffffffffffffffff01", // a negative one
        "0a", // none
        "0a80", // half of one
        "00", // field 0
        "0e", // wire type 6
        "0c", // the end of a group that did not begin
        "0b14", // the end of another group
        "0dffffff", // three of four bytes
        "ffffffffffffffffffff01", // a number of eleven bytes
        "0a060a041a02c328", // a text that is not UTF-8
      })
  @Rule("LIT-4")
  void damagedLiteralsAreRefused(String bytes) {
    assertThatThrownBy(() -> Literals.parse(HexFormat.of().parseHex(bytes)))
        .isInstanceOf(LiteralException.class)
        .hasMessageStartingWith("Cannot read the literal: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", // nothing
        "c1", // a byte that is never used
        "dd7fffffff", // a list of 2^31 - 1
        "ddffffffff", // of more than Java counts
        "df7fffffff", // a map
        "df00000002c0c0c0", // one key too much
        "db7fffffff", // a text
        "c67fffffff01", // bytes
        "c97fffffff0101", // an extension
        "a2c328", // a text that is not UTF-8
        "c0c0", // two values
        "cf00", // half of a number
      })
  @Rule("LIT-4")
  void damagedMsgpackIsRefused(String bytes) {
    assertThatThrownBy(() -> Msgpack.decode(HexFormat.of().parseHex(bytes)))
        .isInstanceOf(LiteralException.class)
        .hasMessageStartingWith("Cannot read the msgpack: ");
  }

  @Test
  void valuesInPartsAreMerged() throws IOException {
    // a blob whose format and uri are in two scalars
    byte[] bytes = HexFormat.of().parseHex("0a091207" + "0a050a030a0163" + "0a05" + "12031a0175");
    assertThat(Literals.as(Literals.parse(bytes), FlyteFile.class))
        .isEqualTo(new FlyteFile("u", "c"));
    // the last kind counts, and what was before it is gone: a scalar, a list, a scalar
    byte[] kinds =
        HexFormat.of().parseHex("0a091207" + "0a050a030a0163" + "1200" + "0a0512031a0175");
    assertThat(Literals.as(Literals.parse(kinds), FlyteFile.class))
        .isEqualTo(new FlyteFile("u", ""));
  }

  @Test
  @Rule("LIT-3")
  void unknownFieldsAtEveryDepthAreKept() throws IOException {
    // field 15 in the struct's value, in its list and in the literal
    byte[] list = inside(6, HexFormat.of().parseHex("0a037a0108" + "7a0109"));
    byte[] entry = concat(inside(1, new byte[] {'k'}), inside(2, list));
    byte[] literal =
        concat(inside(1, inside(7, inside(1, entry))), HexFormat.of().parseHex("7a0107"));
    Literal read = Literals.parse(literal);
    assertThat(read.value()).isInstanceOf(GenericValue.class);
    assertThat(Literals.toBytes(read)).hasSize(literal.length + 2).contains(7, 8, 9);
    assertThat(Literals.parse(Literals.toBytes(read))).isEqualTo(read);
    assertThat(read.rest()).isNotEqualTo(WireBytes.NONE);
  }

  @Test
  void theLastEntryOfAKeyLeavesNothingOfTheOthers() throws IOException {
    // the first entry has field 15, the second of the same key has not
    byte[] entries = HexFormat.of().parseHex("0a070a016b12007801" + "0a050a016b1200");
    Literal read = Literals.parse(inside(3, entries));
    assertThat(read).isEqualTo(new Literal(new MapValue(Map.of("k", Literal.UNSET))));
    assertThat(Literals.parse(Literals.toBytes(read))).isEqualTo(read);
  }

  private static byte[] concat(byte[] one, byte[] other) {
    byte[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }
}
