/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.RelativePath;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.testkit.Rule;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Names mean themselves: nothing is decoded, globbed or normalised, and none is lost. */
@Rule({"B16", "B17", "B18", "B19", "B20", "B22", "B23", "B24", "B25", "B26", "B31", "FAP-G-9"})
abstract class StoreNamesContract extends StoreContract {
  /** With an accent as one character and as two. */
  private static final List<String> TWINS = List.of("caf\u00e9", "cafe\u0301");

  /** Each with a display name, because some of them would break a report. */
  private record Named(String display, String name) {
    @Override
    public String toString() {
      return display;
    }
  }

  static Stream<Named> names() {
    Stream<String> plain =
        Stream.of(
            "a b",
            "a%b",
            "a%2Fb",
            "a%20b",
            "a%25b",
            "a%zz",
            "a+b",
            "a#b",
            "a?b",
            "a:b",
            "2024-01-01T00:00:00",
            "a[b",
            "a]b",
            "a*b",
            "{a,b}",
            "a'b",
            "a&b;c=d",
            "a<b>c",
            "a$b`c",
            "a~b",
            "a@b",
            "a,b",
            "a|b",
            "a!b",
            "(a)",
            "=a",
            "^a",
            ".hidden",
            "_under",
            "_SUCCESS",
            "_temporary",
            "name.crc",
            ".name.crc",
            "x_$folder$",
            "...",
            "..a",
            "-a");
    Stream<Named> spelled =
        Stream.of(
            new Named("quote", "a\"b"),
            new Named("backslash", "a\\b"),
            new Named("leading space", " a"),
            new Named("trailing space", "a "),
            new Named("newline", "a\nb"),
            new Named("carriage return", "a\rb"),
            new Named("tab", "a\tb"),
            new Named("start of heading", "a\u0001b"),
            new Named("escape", "a\u001bb"),
            new Named("trailing dot", "a."),
            new Named("NFC", TWINS.get(0)),
            new Named("NFD", TWINS.get(1)),
            new Named("CJK", "\u65e5\u672c"),
            new Named("right to left", "\u05d0\u05d1"),
            new Named("zero width", "a\u200bb"),
            new Named("emoji", "\ud83d\ude80"),
            new Named("255 bytes", "n".repeat(255)),
            new Named("255 bytes of two each", "\u00e9".repeat(127) + "n"),
            new Named("256 bytes", "n".repeat(256)));
    return Stream.concat(plain.map(name -> new Named(name, name)), spelled);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("names")
  void aNameIsKeptOrRefused(Named named) throws IOException {
    assumeTrue(fixture().serverUnderstands(named.name()), "this server does not understand it");
    put(at("d/sibling"), bytes(1, 10));
    Location file = at("d/" + named.name());
    Location below = file.child(new RelativePath("inner/file"));
    if (fixture().canHold(named.name())) {
      put(file, bytes(2, 100));
      assertThat(get(file)).isEqualTo(bytes(2, 100));
      assertThat(entries(store().children(at("d")))).containsOnlyKeys("sibling", named.name());
      assertThat(filesBelow(root())).containsExactlyInAnyOrder("d/sibling", "d/" + named.name());
      store().delete(file, store().stat(file));
      assertThat(isThere(file)).isFalse();
      put(below, bytes(3, 100));
      assertThat(filesBelow(file)).containsExactly("inner/file");
      assertThat(filesBelow(at("d"))).contains(named.name() + "/inner/file");
    } else {
      assertFails(FailureKind.UNSUPPORTED, () -> put(file, bytes(2, 100)));
      if (named.name().length() <= 255) {
        assertFails(
            FailureKind.UNSUPPORTED,
            () -> store().write(file, WriteOptions.ofLength(0)).close()); // before anything is sent
      }
      assertThat(filesBelow(root())).containsExactly("d/sibling");
      assertKeptOrRefused(below);
      assertThat(fixture().leftovers(root())).isEmpty();
    }
    assertThat(get(at("d/sibling"))).isEqualTo(bytes(1, 10));
  }

  /** A name that no file can have may still be one of a directory. */
  private void assertKeptOrRefused(Location file) throws IOException {
    try {
      put(file, bytes(3, 100));
    } catch (TransferException refused) {
      assertThat(refused.kind()).as(refused.getMessage()).isEqualTo(FailureKind.UNSUPPORTED);
      assertThat(filesBelow(root())).containsExactly("d/sibling");
      return;
    }
    assertThat(get(file)).isEqualTo(bytes(3, 100));
    assertThat(filesBelow(root())).hasSize(2).contains("d/sibling");
  }

  @Test
  @Rule("B27")
  void namesThatOnlyLookAlikeAreTwo() throws IOException {
    put(at("CASE"), bytes(6, 30));
    put(at("case"), bytes(7, 40));
    assertThat(get(at("CASE"))).isEqualTo(bytes(6, 30));
    assertThat(get(at("case"))).isEqualTo(bytes(7, 40));
    assertThat(filesBelow(root())).containsExactlyInAnyOrder("CASE", "case");
  }

  @Test
  @Rule("B27")
  void accentsAreTwoNamesOrOneIsRefused() throws IOException {
    put(at(TWINS.get(0)), bytes(4, 10));
    if (fixture().canHold(TWINS.get(1))) {
      put(at(TWINS.get(1)), bytes(5, 20));
      assertThat(get(at(TWINS.get(1)))).isEqualTo(bytes(5, 20));
      assertThat(filesBelow(root())).containsExactlyInAnyOrder(TWINS.get(0), TWINS.get(1));
    } else {
      assertFails(FailureKind.UNSUPPORTED, () -> store().stat(at(TWINS.get(1))));
    }
    assertThat(get(at(TWINS.get(0)))).isEqualTo(bytes(4, 10));
  }

  @Test
  @Rule({"B23", "FAP-G-9", "W-22"})
  void aPatternMatchesOnlyItself() throws IOException {
    for (String name : List.of("a*", "ab", "a?", "[ab]", "a", "b")) {
      put(at("d/" + name), bytes(name.hashCode(), 10));
    }
    assertThat(get(at("d/a*"))).isEqualTo(bytes("a*".hashCode(), 10));
    store().delete(at("d/a*"), store().stat(at("d/a*")));
    store().delete(at("d/[ab]"), store().stat(at("d/[ab]")));
    assertThat(filesBelow(root())).containsExactlyInAnyOrder("d/ab", "d/a?", "d/a", "d/b");
  }
}
