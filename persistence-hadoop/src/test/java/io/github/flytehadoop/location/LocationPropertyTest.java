/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.location;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.flytehadoop.testkit.Rule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for any name; a failing seed is in the name of the test. */
class LocationPropertyTest {
  private static final int CASES = 500;
  private static final String[] ROOTS = {
    "s3://b",
    "s3://b/",
    "s3a://b/p",
    "s3://b/p//",
    "gs://b/x y",
    "abfs://c@acct.dfs.core.windows.net/p",
    "hdfs://nn:8020",
    "hdfs:///",
    "hdfs:///a",
    "/",
    "/tmp/x",
    "rel",
    "file:///a",
    "file:/a"
  };
  private static final String[] ALPHABET = {
    "a",
    "Z",
    "0",
    ".",
    "..",
    "-",
    "_",
    " ",
    "%",
    "%2F",
    "+",
    "#",
    "?",
    "&",
    "=",
    ":",
    "::",
    "://",
    "@",
    "*",
    "[",
    "]",
    "{",
    "\\",
    "'",
    "\"",
    "$",
    "<",
    "\t",
    "\n",
    "\u00e9",
    "e\u0301",
    "\uD83D\uDE80",
    "~"
  };
  private static final String[] HOSTILE = {
    "/", "//", "/../", "\u0000", "\u001B", "\u007F", "\uD800", "\uDC00", "..", ".", "a", ":", "@"
  };

  static LongStream seeds() {
    return LongStream.concat(LongStream.range(1, 9), LongStream.of(new Random().nextLong()));
  }

  private static String text(Random random, String[] alphabet, int most) {
    StringBuilder made = new StringBuilder();
    for (int i = random.nextInt(most) + 1; i > 0; i--) {
      made.append(alphabet[random.nextInt(alphabet.length)]);
    }
    return made.toString();
  }

  private static boolean isPrintable(String message) {
    return message
        .codePoints()
        .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
  }

  private static String segment(Random random) {
    String made = text(random, ALPHABET, 8).replace("/", "");
    return made.isEmpty() || made.equals(".") || made.equals("..") ? "x" : made;
  }

  private static List<String> segments(Random random) {
    List<String> made = new ArrayList<>();
    for (int i = random.nextInt(5) + 1; i > 0; i--) {
      made.add(segment(random));
    }
    return made;
  }

  @Rule({"B10", "B18", "B19", "B22", "B26"})
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aChildStartsWithItsRootAndEndsWithItsLiteralPath(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < CASES; i++) {
      Location root = Location.parse(ROOTS[random.nextInt(ROOTS.length)]);
      String path = String.join("/", segments(random));
      Location child = root.child(new RelativePath(path));
      String prefix = root.asDirectory().text();
      assertThat(prefix).startsWith(root.text());
      assertThat(child.text()).isEqualTo(prefix + path);
      assertThat(child.sharesStoreWith(root)).isTrue();
      Location again = Location.parse(child.text());
      assertThat(again).isEqualTo(child);
      assertThat(again.key()).isEqualTo(child.key());
      assertThat(again.authority()).isEqualTo(root.authority());
    }
  }

  @Rule({"FAP-J-3", "W-14"})
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void joinedPathCanBeSplit(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < CASES; i++) {
      Location root = Location.parse(ROOTS[random.nextInt(ROOTS.length)]);
      List<String> names = segments(random);
      String[] tails =
          names.stream()
              .map(name -> "/".repeat(random.nextInt(3)) + name + "/".repeat(random.nextInt(3)))
              .toArray(String[]::new);
      tails[tails.length - 1] = tails[tails.length - 1].replaceFirst("/+$", "");
      String joined = PathJoin.join(root.scheme(), "/", PathForm.AS_GIVEN, root.text(), tails);
      String prefix = root.asDirectory().text();
      assertThat(joined).isEqualTo(prefix + String.join("/", names));
      assertThat(List.of(joined.substring(prefix.length()).split("/", -1))).isEqualTo(names);
    }
  }

  @Rule({"B09", "B10", "B21", "B28"})
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aRelativePathNeverEscapes(long seed) {
    Random random = new Random(seed);
    Path root = Path.of("/root/of/all");
    int accepted = 0;
    for (int i = 0; i < CASES; i++) {
      String value = text(random, HOSTILE, 6);
      if (RelativePath.problemOf(value) != null) {
        assertThat(catchThrowable(() -> new RelativePath(value)))
            .isInstanceOf(IllegalArgumentException.class)
            .message()
            .matches(LocationPropertyTest::isPrintable);
        continue;
      }
      accepted++;
      Path target = root.resolve(new RelativePath(value).value());
      assertThat(target.normalize()).isEqualTo(target).isNotEqualTo(root);
      assertThat(target.startsWith(root)).isTrue();
      assertThat(RelativePath.between(root, target)).isEqualTo(new RelativePath(value));
    }
    assertThat(accepted).isPositive();
  }

  @Rule({"B01", "B04", "B08", "B09"})
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void anythingIsReadOrRefusedAndNothingElse(long seed) {
    Random random = new Random(seed);
    String[] heads = {
      "", "s3://", "s3a:/", "file:", "file://", "local:", "hdfs://", "x::s3://", "/"
    };
    for (int i = 0; i < CASES; i++) {
      String text = heads[random.nextInt(heads.length)] + text(random, HOSTILE, 6);
      Throwable thrown = catchThrowable(() -> Location.parse(text));
      if (thrown == null) {
        Location read = Location.parse(text);
        assertThat(Location.parse(read.text())).isEqualTo(read);
        assertThat(Location.parse(read.qualified().text())).isEqualTo(read.qualified());
        assertThat(read.isLocal()).isEqualTo(!Scheme.isRemote(text));
      } else {
        assertThat(thrown)
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageStartingWith("Cannot use '");
      }
    }
  }

  @Rule({"FAP-GP-1", "FAP-RR-1"})
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void generatedPathIsBelowThePrefix(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < CASES; i++) {
      RawOutputPrefix raw = RawOutputPrefix.parse(ROOTS[random.nextInt(ROOTS.length)]);
      String stem = String.join("/", segments(random));
      assertThat(raw.generateNewCustomPath(null, stem, "hex")).isEqualTo(raw.text() + stem);
      assertThat(raw.randomRemotePath("hex", stem))
          .isEqualTo(raw.text() + "hex/" + PathSyntax.fileTail(stem));
    }
  }
}
