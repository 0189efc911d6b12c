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

class RawOutputPrefixTest {
  private static final String CWD = Path.of("").toAbsolutePath().toString();
  private static final String HEX = "0123456789abcdef0123456789abcdef";

  @Rule({"FAP-CT-6", "FAP-CT-7", "FAP-P-1", "W-5", "W-8"})
  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "s3://b,s3://b/",
    "s3://b/,s3://b/",
    "s3://b/p,s3://b/p/",
    "s3://b/p//,s3://b/p//",
    "S3A://b/p,s3://b/p/",
    "/tmp/raw,/tmp/raw/",
    "/tmp/raw//,/tmp/raw//",
    "/,/",
    "raw,CWD/raw/",
    "./raw,CWD/raw/",
    ".,CWD/",
    "file:///tmp/raw,file:///tmp/raw/",
    "file:/tmp/raw,file:///tmp/raw/",
    "file:///,file:///",
    "file://raw,file://CWD/raw/",
    "hdfs://nn/x,hdfs://nn/x/",
    "hdfs://,hdfs:///",
    "abfs://c@acct.dfs.core.windows.net,abfs://c@acct.dfs.core.windows.net/"
  })
  void endsWithOneSeparator(String given, String expected) {
    RawOutputPrefix prefix = RawOutputPrefix.parse(given);
    assertThat(prefix.text()).isEqualTo(expected.replace("CWD", CWD)).isEqualTo(prefix.toString());
    assertThat(prefix.location()).isEqualTo(Location.parse(prefix.text()));
    assertThat(RawOutputPrefix.parse(prefix.text())).isEqualTo(prefix);
  }

  @Rule({"W-8", "W-9", "B01", "B04", "B09"})
  @ParameterizedTest(name = "''{0}''")
  @ValueSource(
      strings = {
        "",
        " ",
        "\t",
        "{{.rawOutputDataPrefix}}",
        "s3://",
        "s3:/b",
        "s3://b/../c",
        "/a/../b"
      })
  void refusesWhatWouldWriteElsewhere(String given) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RawOutputPrefix.parse(given))
        .withMessageMatching("(?s)Cannot use '.*: [A-Z].*\\. [A-Z].*\\.");
  }

  @Rule({"FAP-CT-8", "W-9"})
  @Test
  void acceptsAPathAndNamesNull(@org.junit.jupiter.api.io.TempDir Path directory) {
    assertThat(RawOutputPrefix.of(directory).text()).isEqualTo(directory + "/");
    assertThatNullPointerException()
        .isThrownBy(() -> RawOutputPrefix.parse(null))
        .withMessage("rawOutputPrefix");
    assertThatNullPointerException()
        .isThrownBy(() -> RawOutputPrefix.of(null))
        .withMessage("rawOutputPrefix");
  }

  @Rule("FAP-CT-9")
  @Test
  void refusesFileUrisOnWindows() {
    assertThat(RawOutputPrefix.problemOf("FILE:///c/x", '\\')).contains("on Windows");
    assertThat(RawOutputPrefix.problemOf("C:\\x", '\\')).isNull();
    assertThat(RawOutputPrefix.problemOf("file:///x", '/')).isNull();
  }

  @Rule({"FAP-GP-1", "W-15"})
  @ParameterizedTest(name = "{0}, alt {1}, stem {2}: {3}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          s3://bkt/p1/p2/ | -   | -     | s3://bkt/p1/p2/HEX
          s3://bkt/p1/p2/ | ALT | s.txt | s3://ALT/p1/p2/s.txt
          s3://my-default-bucket/my-default-prefix/ | foo-bucket | bar.txt | s3://foo-bucket/my-default-prefix/bar.txt
          s3://bkt        | ALT | s.txt | s3://ALT/s.txt
          s3://bkt/p1/p2/ | ''  | ''    | s3://bkt/p1/p2/HEX
          s3://bkt/p1/p2/ | ALT | -     | s3://ALT/p1/p2/HEX
          s3://bkt/p1/p2/ | -   | a/b   | s3://bkt/p1/p2/a/b
          s3://bkt/p1/p2/ | s3://ALT   | y | s3://ALT/p1/p2/y
          s3://bkt/p1/p2/ | s3a://ALT/ | y | s3://ALT/p1/p2/y
          s3a://bkt/p     | ALT/       | y | s3://ALT/p/y
          s3://bkt/p//    | ALT | s.txt | s3://ALT/p//s.txt
          gs://bkt/p      | ALT | s.txt | gs://ALT/p/s.txt
          abfs://c@acct.dfs.core.windows.net/p | ALT | s.txt | abfs://ALT@acct.dfs.core.windows.net/p/s.txt
          abfs://c@acct.dfs.core.windows.net/p | abfs://ALT | s.txt | abfs://ALT@acct.dfs.core.windows.net/p/s.txt
          abfs://c@acct.dfs.core.windows.net/p | d@other.dfs.core.windows.net | s | abfs://d@other.dfs.core.windows.net/p/s
          abfs://c@acct.dfs.core.windows.net/p | abfss://ALT | s.txt | abfss://ALT@acct.dfs.core.windows.net/p/s.txt
          abfs://c/p      | ALT | s.txt | abfs://ALT/p/s.txt
          /tmp/raw        | -   | s.txt | /tmp/raw/s.txt
          /raw            | -   | -     | /raw/HEX
          file:///tmp/raw | ''  | s.txt | file:///tmp/raw/s.txt
          hdfs://nn/raw   | -   | a:b   | hdfs://nn/raw/a:b
          """)
  void makesCustomPaths(String prefix, String alt, String stem, String expected) {
    assertThat(RawOutputPrefix.parse(prefix).generateNewCustomPath(alt, stem, HEX))
        .isEqualTo(expected.replace("HEX", HEX));
  }

  @Rule("W-15")
  @ParameterizedTest(name = "{0}, alt {1}")
  @CsvSource({
    "/tmp/raw,ALT,/tmp/raw/",
    "/raw,ALT,/raw/",
    "file:///tmp/raw,ALT,file:///tmp/raw/",
    "file:///tmp/raw,s3://ALT,file:///tmp/raw/",
    "hdfs://nn/raw,ALT,hdfs://nn/raw/",
    "http://h/raw,ALT,http://h/raw/",
    "s3://b/raw,gs://ALT,s3://b/raw/",
    "s3://b/raw,ALT/more,s3://b/raw/",
    "s3://b/raw,s3://ALT/more,s3://b/raw/"
  })
  void refusesAnAltThatIsNoBucketOfThePrefix(String prefix, String alt, String named) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RawOutputPrefix.parse(prefix).generateNewCustomPath(alt, "s.txt", HEX))
        .withMessageContaining("raw output prefix " + named + ":");
  }

  @Rule({"W-15", "B08", "B09"})
  @ParameterizedTest(name = "alt ''{0}''")
  @ValueSource(strings = {"..", ".", " ", "a b", "/x", "AK:S3CRET@b", "c@b", "s3://AK:S3CRET@b"})
  void refusesABadAlt(String alt) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RawOutputPrefix.parse("s3://b/p").generateNewCustomPath(alt, "s", HEX))
        .withMessageNotContaining("S3CRET");
  }

  @Rule({"W-15", "B09"})
  @ParameterizedTest(name = "stem ''{0}''")
  @ValueSource(strings = {"/x", "..", "../x", "a/../../x", "a//b", "a/", ".", "./a", "a\u0000b"})
  void refusesAStemThatEscapes(String stem) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RawOutputPrefix.parse("s3://b/p").generateNewCustomPath(null, stem, HEX));
  }

  @Rule({"FAP-RR-1", "FAP-RR-2", "FAP-FT-1"})
  @ParameterizedTest(name = "{0}, {1}: {2}")
  @CsvSource({
    "s3://b/p,x/y.txt,s3://b/p/HEX/y.txt",
    "s3://b/p,y.txt,s3://b/p/HEX/y.txt",
    "s3://b/p,x/y/,s3://b/p/HEX/",
    "s3://b/p,'',s3://b/p/HEX",
    "s3://b/p//,y,s3://b/p//HEX/y",
    "/tmp/raw,/a/b.txt,/tmp/raw/HEX/b.txt",
    "s3://b,s3://c/k.csv?versionId=1,s3://b/HEX/k.csv?versionId=1"
  })
  void makesRandomPaths(String prefix, String fileName, String expected) {
    RawOutputPrefix raw = RawOutputPrefix.parse(prefix);
    assertThat(raw.randomRemotePath(HEX, fileName)).isEqualTo(expected.replace("HEX", HEX));
    assertThat(raw.randomRemotePath(HEX)).isEqualTo(raw.text() + HEX);
    assertThat(raw.randomRemoteDirectory(HEX)).isEqualTo(raw.text() + HEX);
  }

  @Rule({"B09", "FAP-RR-1"})
  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"..", "x/..", "."})
  void refusesAFileNameThatClimbs(String fileName) {
    RawOutputPrefix raw = RawOutputPrefix.parse("s3://b/p");
    assertThatIllegalArgumentException().isThrownBy(() -> raw.randomRemotePath(HEX, fileName));
    assertThatIllegalArgumentException().isThrownBy(() -> raw.randomRemotePath(fileName));
  }
}
