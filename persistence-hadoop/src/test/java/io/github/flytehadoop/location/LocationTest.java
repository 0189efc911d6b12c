/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.location;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.flytehadoop.testkit.Rule;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocationTest {
  private static final String CWD = Path.of("").toAbsolutePath().toString();

  @Rule({"FAP-C5", "W-5", "W-13", "B03", "B05", "B12", "B13", "B18", "B19", "B22", "B23", "B26"})
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      emptyValue = "",
      textBlock =
          """
          s3://b/k             | s3://b/k           | s3     | b      | k
          s3a://b/k            | s3://b/k           | s3     | b      | k
          S3N://b/k/           | s3://b/k/          | s3     | b      | k/
          s3://b               | s3://b             | s3     | b      | ''
          s3://b/              | s3://b/            | s3     | b      | ''
          s3://b//k//          | s3://b//k//        | s3     | b      | /k//
          s3://B_x.y/k         | s3://B_x.y/k       | s3     | B_x.y  | k
          s3://b/a%2525 b+c#?* | s3://b/a%2525 b+c#?* | s3   | b      | a%2525 b+c#?*
          's3://b/k '          | 's3://b/k '        | s3     | b      | 'k '
          gcs://b/[x]{y}       | gs://b/[x]{y}      | gs     | b      | [x]{y}
          abfs://c@x.dfs.core.windows.net/p | abfs://c@x.dfs.core.windows.net/p | abfs | c@x.dfs.core.windows.net | p
          az://c/p             | abfs://c/p         | abfs   | c      | p
          wasbs://c@x/p        | abfss://c@x/p      | abfss  | c@x    | p
          hdfs://nn:8020/a     | hdfs://nn:8020/a   | hdfs   | nn:8020 | a
          hdfs:///a            | hdfs:///a          | hdfs   | ''     | a
          http://[::1]:9000/x  | http://[::1]:9000/x | http  | [::1]:9000 | x
          sftp://me@h:22/x     | sftp://me@h:22/x   | sftp   | me@h:22 | x
          s5://b/k             | s5://b/k           | s5     | b      | k
          /a/b                 | /a/b               | file   | ''     | /a/b
          a                    | a                  | file   | ''     | a
          ./x                  | ./x                | file   | ''     | ./x
          ../x                 | ../x               | file   | ''     | ../x
          a:b/2024-01-01T00:00 | a:b/2024-01-01T00:00 | file | ''     | a:b/2024-01-01T00:00
          file:///a            | file:///a          | file   | ''     | /a
          FILE:///a            | file:///a          | file   | ''     | /a
          file:/a              | file:/a            | file   | ''     | /a
          file://foo/bar       | file://foo/bar     | file   | ''     | foo/bar
          local:///a           | file:///a          | file   | ''     | /a
          C:\\x                | C:\\x              | file   | ''     | C:\\x
          ./s3:/b              | ./s3:/b            | file   | ''     | ./s3:/b
          """)
  void readsItsParts(String given, String text, String scheme, String authority, String key) {
    Location location = Location.parse(given);
    assertThat(location.text()).isEqualTo(text).isEqualTo(location.toString());
    assertThat(location.scheme()).isEqualTo(scheme);
    assertThat(location.authority()).isEqualTo(authority);
    assertThat(location.key()).isEqualTo(key);
    assertThat(location.isLocal()).isEqualTo(scheme.equals("file"));
    assertThat(Location.parse(text)).isEqualTo(location).hasSameHashCodeAs(location);
  }

  @Rule({"B01", "B04", "B09", "B11", "B78"})
  @ParameterizedTest(name = "''{0}'': {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''            | It is empty
          '  '          | It is empty
          s3:/b/k       | Two slashes are missing after the scheme
          S3A:b/k       | Two slashes are missing after the scheme
          hdfs:/a       | Two slashes are missing after the scheme
          s3a:///k      | It names no bucket
          s3a://        | It names no bucket
          gs:///        | It names no bucket
          abfs://       | It names no bucket
          http:///x     | It names no bucket
          s3://a b/k    | No bucket or host has such a name
          s3://b?x=1    | No bucket or host has such a name
          s3://../k     | No bucket or host has such a name
          ' s3://b/k'   | What precedes :// is no scheme
          ://b          | What precedes :// is no scheme
          file:         | No path follows the scheme
          file://       | No path follows the scheme
          local:        | No path follows the scheme
          simplecache::s3://b/k | Chained locations are not read
          s3://b/../k   | does not resolve the segment ..
          s3://b/a/..   | does not resolve the segment ..
          hdfs:///a/../b | does not resolve the segment ..
          gs://b/./k    | does not resolve the segment .
          a/../b        | .. follows a directory
          /a/b/../../c  | .. follows a directory
          /../etc       | .. follows a directory
          file:///a/../../etc | .. follows a directory
          ../a/../../b  | .. follows a directory
          s3://arn:aws:s3:eu-west-1:1:accesspoint/x | An ARN is no bucket
          """)
  void refusesWithTheFix(String given, String why) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Location.parse(given))
        .withMessageStartingWith("Cannot use '")
        .withMessageContaining(why)
        .withMessageMatching("(?s).*: [A-Z].*\\.");
  }

  @Rule("B01")
  @Test
  void refusesNullByName() {
    assertThatNullPointerException().isThrownBy(() -> Location.parse(null)).withMessage("location");
  }

  @Rule("B08")
  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "s3a://AK:S3CRET@b/k",
        "s3a://AK:S3CR/ET@b/k",
        "s3://AK:x+S3CRET",
        "s3:/AK:S3CRET@b/k",
        "s3:AK:S3CRET@b/k",
        "s3://S3CRET@b/k",
        "gs://S3CRET@b/k",
        "abfs://c:S3CRET@acct/k",
        "abfs://c:S3CR/ET@acct/k",
        "https://S3CRET@h/k",
        "https:/S3CRET@h/k",
        "ftp://me:S3CRET@h/k",
        "simplecache::s3://AK:S3CRET@b/k",
        "simplecache::https://S3CRET@h/k?sig=S3CRET",
        "1://AK:S3CRET@b/k",
      })
  void refusesCredentialsAndNeverRepeatsThem(String given) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Location.parse(given))
        .withMessageNotContaining("S3CR");
  }

  @Rule({"B20", "B21", "B28"})
  @ParameterizedTest(name = "U+{0}")
  @ValueSource(ints = {0, 0x7F, 0xD800, 0xDFFF})
  void refusesWhatNoNameCanCarry(int c) {
    String name = "a" + (char) c + "b";
    for (String text : new String[] {"s3://b/" + name, "/tmp/" + name, name}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Location.parse(text))
          .withMessageContaining(String.format("U+%04X", c))
          .withMessageNotContaining(name);
    }
    assertThatIllegalArgumentException().isThrownBy(() -> new RelativePath(name));
  }

  @Rule({"B20", "B21", "B24", "B25", "B26", "B27"})
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\tb",
        "a\nb",
        "a\rb",
        "\u0001",
        "a\u001bb",
        "\u001f",
        "'\"`$\\",
        "<&>",
        "\uD83D\uDE80",
        "\u00e9",
        "e\u0301"
      })
  void keepsOddNames(String name) {
    assertThat(Location.parse("s3://b/" + name).key()).isEqualTo(name);
    assertThat(new RelativePath(name).value()).isEqualTo(name);
  }

  @ParameterizedTest(name = "{0} + a/b = {1}")
  @CsvSource({
    "s3://b,s3://b/a/b,a/b",
    "s3://b/,s3://b/a/b,a/b",
    "s3://b//,s3://b//a/b,/a/b",
    "s3://b/p://,s3://b/p://a/b,p://a/b",
    "hdfs://,hdfs:///a/b,a/b",
    "hdfs:///,hdfs:///a/b,a/b",
    "/,/a/b,/a/b",
    "file:///,file:///a/b,/a/b",
    "x,x/a/b,x/a/b"
  })
  void makesChildren(String root, String text, String key) {
    Location child = Location.parse(root).child(new RelativePath("a/b"));
    assertThat(child.text()).isEqualTo(text);
    assertThat(child.key()).isEqualTo(key);
    assertThat(child).isEqualTo(Location.parse(text));
    assertThat(child.name()).isEqualTo("b");
    assertThat(child.sharesStoreWith(Location.parse(root))).isTrue();
  }

  @Rule("B02")
  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "a,file://CWD/a",
    "./a/,file://CWD/a/",
    ".,file://CWD",
    "./,file://CWD/",
    "/a//b/,file:///a//b/",
    "file:/a,file:///a",
    "file://a/b,file://CWD/a/b",
    "s3a://b/k,s3://b/k"
  })
  void writesALocalPathOut(String given, String expected) {
    assertThat(Location.parse(given).qualified().text()).isEqualTo(expected.replace("CWD", CWD));
  }

  @Rule("B02")
  @Test
  void leadingDotsStartAbove() {
    String parent = Path.of(CWD).getParent().toString();
    assertThat(Location.parse("../a").qualified().text()).isEqualTo("file://" + parent + "/a");
    assertThat(Location.parse("../".repeat(99) + "a").qualified().text()).isEqualTo("file:///a");
    assertThat(Location.parse("..").qualified().text()).isEqualTo("file://" + parent);
  }

  @Test
  void knowsDirectoriesByTheirSeparator() {
    assertThat(Location.parse("s3://b").endsWithSeparator()).isTrue();
    assertThat(Location.parse("s3://b/k").endsWithSeparator()).isFalse();
    assertThat(Location.parse("s3://b/k").asDirectory()).isEqualTo(Location.parse("s3://b/k/"));
    assertThat(Location.parse("s3://b//").asDirectory().text()).isEqualTo("s3://b//");
    assertThat(Location.parse("s3://b")).isNotEqualTo(Location.parse("s3://c"));
    assertThat(Location.parse("s3://b/k").sharesStoreWith(Location.parse("gs://b/k"))).isFalse();
    assertThat(Location.parse("s3://b/k").sharesStoreWith(Location.parse("s3://c/k"))).isFalse();
  }

  @Rule("B33")
  @Test
  void holdsDeepAndLongPaths() {
    String deep = "d/".repeat(100_000) + "x".repeat(5_000);
    assertThat(Location.parse("s3://b/" + deep).key()).isEqualTo(deep);
    assertThat(new RelativePath(deep).value()).isEqualTo(deep);
  }
}
