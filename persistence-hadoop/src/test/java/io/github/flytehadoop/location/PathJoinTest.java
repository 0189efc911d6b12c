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

class PathJoinTest {
  private static final String CWD = Path.of("").toAbsolutePath().toString();

  /** Tails are separated by a comma; {@code -} means none. */
  private static String[] tails(String row) {
    return row.equals("-") ? new String[0] : row.split(",", -1);
  }

  private static String join(String scheme, PathForm form, String base, String... tails) {
    return PathJoin.join(scheme, "/", form, base, tails);
  }

  @Rule({"FAP-J-3", "FAP-J-4", "W-14"})
  @ParameterizedTest(name = "{0}: {1} + {2} = {3}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          s3   | s3://a/       | b        | s3://a/b
          s3   | s3://a//      | b        | s3://a//b
          s3   | s3://a//      | /b       | s3://a//b
          s3   | s3://a        | b/,c     | s3://a/b/c
          s3   | s3://a        | b/,/c    | s3://a/b/c
          s3   | s3://a        | /b       | s3://a/b
          s3   | s3://a        | //b      | s3://a/b
          s3   | s3://a        | b//c     | s3://a/b//c
          s3   | s3://a        | ''       | s3://a/
          s3   | s3://a        | ,b       | s3://a/b
          s3   | s3://a        | b,       | s3://a/b/
          s3   | s3://a        | b/       | s3://a/b/
          s3   | s3://a        | b,,,     | s3://a/b/
          s3   | s3://a//      | ''       | s3://a//
          s3   | s3://         | a        | s3://a
          s3   | s3://         | a,b      | s3://a/b
          s3   | s3://a        | -        | s3://a
          s3   | s3://a/       | -        | s3://a
          s3   | s3://a//      | -        | s3://a/
          s3   | s3://a        | b c%2F#? | s3://a/b c%2F#?
          gs   | gs://a/       | b        | gs://a/b
          abfs | abfs://c@x.dfs.core.windows.net/p/ | b | abfs://c@x.dfs.core.windows.net/p/b
          abfs | abfss://c@x.dfs.core.windows.net   | b | abfss://c@x.dfs.core.windows.net/b
          hdfs | hdfs://nn:8020/  | a,b   | hdfs://nn:8020/a/b
          hdfs | hdfs:///         | a     | hdfs:///a
          hdfs | hdfs:///         | -     | hdfs:///
          """)
  void joinsTheSameInBothForms(String scheme, String base, String row, String expected) {
    assertThat(join(scheme, PathForm.AS_GIVEN, base, tails(row))).isEqualTo(expected);
    assertThat(join(scheme, PathForm.WITH_PROTOCOL, base, tails(row))).isEqualTo(expected);
  }

  @Rule({"FAP-J-4", "B02"})
  @ParameterizedTest(name = "local: {0} + {1} = {2}, with protocol {3}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a          | b   | a/b          | file://CWD/a/b
          ./a        | b   | ./a/b        | file://CWD/a/b
          .          | b   | ./b          | file://CWD/b
          /a         | b   | /a/b         | file:///a/b
          /a/        | b/  | /a/b/        | file:///a/b/
          /          | b   | /b           | file:///b
          /          | -   | /            | file:///
          /a//       | b   | /a//b        | file:///a//b
          file:///a  | b   | file:///a/b  | file:///a/b
          file:///   | b   | file:///b    | file:///b
          file:///   | -   | file:///     | file:///
          file://a   | b   | file://a/b   | file://CWD/a/b
          file:/a    | b   | file:/a/b    | file:///a/b
          LOCAL:///a | b   | file:///a/b  | file:///a/b
          """)
  void joinsLocalPaths(String base, String row, String asGiven, String withProtocol) {
    assertThat(join("file", PathForm.AS_GIVEN, base, tails(row))).isEqualTo(asGiven);
    assertThat(join("local", PathForm.WITH_PROTOCOL, base, tails(row)))
        .isEqualTo(withProtocol.replace("CWD", CWD));
  }

  @Rule({"FAP-J-2", "W-14"})
  @ParameterizedTest(name = "{0} fs, base {1}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          s3   | a              | no scheme
          s3   | /tmp           | no scheme
          hdfs | /tmp           | no scheme
          s3   | s3:/a          | no scheme
          s3   | ''             | empty
          file | ''             | empty
          file | ' '            | empty
          s3   | gs://a         | scheme is gs but the file system's is s3
          s3   | file:///a      | scheme is file but the file system's is s3
          gs   | FILE:/a        | scheme is file but the file system's is gs
          file | s3a://a        | scheme is s3 but the file system's is file
          abfs | hdfs://a       | scheme is hdfs but the file system's is abfs
          s3   | simplecache::s3://a | scheme is simplecache but the file system's is s3
          """)
  void refusesTheBaseOfAnotherStore(String scheme, String base, String why) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> join(scheme, PathForm.AS_GIVEN, base, "b"))
        .withMessageStartingWith("Cannot join to '")
        .withMessageContaining(why);
  }

  @Rule({"FAP-J-2", "FAP-J-4", "W-14"})
  @ParameterizedTest(name = "{0} fs with protocol: {1} + b = {2}")
  @CsvSource(
      delimiter = '|',
      nullValues = "refused",
      textBlock =
          """
          s3   | a       | s3://a/b
          s3a  | a/p     | s3://a/p/b
          s3   | /tmp    | refused
          s3   | s3:/a   | refused
          abfs | c@x.dfs.core.windows.net | abfs://c@x.dfs.core.windows.net/b
          hdfs | /tmp    | hdfs:///tmp/b
          hdfs | /       | hdfs:///b
          hdfs | a       | refused
          s3   | gs://a  | refused
          s3   | ''      | refused
          """)
  void givesTheProtocolOnlyWhereItMeansOnePlace(String scheme, String base, String expected) {
    if (expected == null) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> join(scheme, PathForm.WITH_PROTOCOL, base, "b"));
    } else {
      assertThat(join(scheme, PathForm.WITH_PROTOCOL, base, "b")).isEqualTo(expected);
    }
  }

  @Rule({"W-5", "W-13"})
  @ParameterizedTest(name = "{0} fs, base {1}")
  @CsvSource({
    "s3a,s3n://a,s3://a/b",
    "S3,S3A://a,s3://a/b",
    "gcs,gs://a,gs://a/b",
    "az,AZ://a,abfs://a/b"
  })
  void answersWithTheCanonicalScheme(String scheme, String base, String expected) {
    assertThat(join(scheme, PathForm.AS_GIVEN, base, "b")).isEqualTo(expected);
  }

  @Rule({"B09", "W-14"})
  @ParameterizedTest(name = "tail {0}")
  @CsvSource({"..", "../b", "a/..", "a/../../b", "/.."})
  void refusesToClimb(String tail) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> join("s3", PathForm.AS_GIVEN, "s3://a/p", tail));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> join("file", PathForm.AS_GIVEN, ".", tail))
        .withMessageContaining("Remove the segment ..");
  }

  @Rule("B08")
  @Test
  void repeatsNoSecret() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> join("gs", PathForm.AS_GIVEN, "s3://AK:S3CRET@b/k", "x"))
        .withMessageNotContaining("S3CRET");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> join("s3", PathForm.AS_GIVEN, "s3://AK:S3C/RET@b/k", "x"))
        .withMessageNotContaining("S3C");
  }

  @Rule("FAP-J-1")
  @Test
  void namesAMissingArgument() {
    assertThatNullPointerException()
        .isThrownBy(() -> join("s3", PathForm.AS_GIVEN, null, "b"))
        .withMessage("base");
    assertThatNullPointerException()
        .isThrownBy(() -> join("s3", PathForm.AS_GIVEN, "s3://a", (String) null))
        .withMessage("tail");
  }
}
