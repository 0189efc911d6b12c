/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.location;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.flytehadoop.error.Printable;
import io.github.flytehadoop.testkit.Rule;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathSyntaxTest {
  @Rule({"FAP-R-1", "FAP-R-2"})
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "/a/b",
        "./x",
        "file:///a",
        "file:/a",
        "file://foo/bar",
        "C:\\x",
        "s3:/b"
      })
  void isLocal(String path) {
    assertThat(Scheme.isRemote(path)).isFalse();
  }

  @Rule("W-13")
  @ParameterizedTest
  @ValueSource(strings = {"local:///a", "FILE:///x", "File:/x", "LOCAL:///a"})
  void isLocalInAnyCase(String path) {
    assertThat(Scheme.isRemote(path)).isFalse();
  }

  @Rule({"FAP-R-1", "FAP-R-2"})
  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3://b/k",
        "S3://b",
        "http://h/x",
        "memory://x",
        "simplecache::s3://b/k",
        "hdfs:///a"
      })
  void isRemote(String path) {
    assertThat(Scheme.isRemote(path)).isTrue();
  }

  @Rule({"FAP-C5", "W-5", "W-13"})
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "s3://b,s3",
    "S3://b,s3",
    "s3a://b,s3",
    "s3n://b,s3",
    "gcs://b,gs",
    "az://c,abfs",
    "wasb://c,abfs",
    "wasbs://c,abfss",
    "s3:/b,file",
    "C:\\x,file",
    "simplecache::s3://b,simplecache",
    "local:///a,file",
    "/a,file",
    "s5://b,s5"
  })
  void namesTheCanonicalScheme(String path, String scheme) {
    assertThat(Scheme.of(path)).isEqualTo(scheme);
  }

  @Rule({"W-5", "B03"})
  @Test
  void listsTheSchemesItKnows() {
    assertThat(Scheme.known())
        .contains("s3", "gs", "abfs", "abfss", "hdfs", "file")
        .allMatch(scheme -> Scheme.canonical(scheme).equals(scheme));
  }

  @Rule("FAP-SEP-1")
  @Test
  void separates() {
    assertThat(Scheme.separator(null)).isEqualTo(File.separator);
    assertThat(Scheme.separator("file")).isEqualTo(File.separator);
    assertThat(Scheme.separator("LOCAL")).isEqualTo(File.separator);
    assertThat(Scheme.separator("s3")).isEqualTo("/");
  }

  @Rule("FAP-SH-1")
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "file:///a/b,/a/b",
    "file://a/b,a/b",
    "file:/a,file:/a",
    "s3://file://x,s3://file://x",
    "file://file://x,file://x",
    "file:///a%20b,/a%20b",
    "FILE:///a,/a",
    "/a/,/a/"
  })
  void dropsTheFileHeaderOnce(String path, String expected) {
    assertThat(PathSyntax.withoutFileHeader(path)).isEqualTo(expected);
  }

  @Rule("FAP-FT-1")
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "/a/b.txt,b.txt",
    "a/b/,''",
    "b,b",
    "'',''",
    "s3://b/k.csv?versionId=1,k.csv?versionId=1"
  })
  void takesTheTail(String path, String expected) {
    assertThat(PathSyntax.fileTail(path)).isEqualTo(expected);
  }

  @Rule({"FAP-RP-1", "FAP-RP-2"})
  @Test
  void addsSeparatorsForRecursion(@TempDir Path disk) throws IOException {
    String d = disk.toString();
    Files.createDirectory(disk.resolve("dir"));
    Files.createFile(disk.resolve("file.txt"));
    check("file:///abc/happy", "s3://b/x", "file:///abc/happy", "s3://b/x/");
    check(d + "/dir", "s3://b/x", d + "/dir/", "s3://b/x/");
    check(d + "/dir/", "s3://b/x//", d + "/dir/", "s3://b/x//");
    check("file://" + d + "/dir", "s3://b/x", "file://" + d + "/dir/", "s3://b/x/");
    check("FILE:" + d + "/dir", "s3://b/x", "FILE:" + d + "/dir/", "s3://b/x/");
    check(d + "/file.txt", "s3://b/x", d + "/file.txt", "s3://b/x/");
    check("s3://b/x.txt", d + "/o/", "s3://b/x.txt/", d + "/o/");
    check("s3://b/x.txt", d + "/o", "s3://b/x.txt/", d + "/o/");
    check("", "", "", "");
  }

  private static void check(String from, String to, String newFrom, String newTo) {
    assertThat(RecursivePaths.of(from, to)).isEqualTo(new RecursivePaths(newFrom, newTo));
  }

  @Rule("B01")
  @Test
  void refusesABlankSource() {
    assertThatIllegalArgumentException().isThrownBy(() -> RecursivePaths.of(" ", "s3://b"));
  }

  @Rule({"FAP-RS-1", "FAP-C7"})
  @Test
  void makesNamesOf128Bits() {
    RandomNames names = new RandomNames();
    Set<String> seen = new HashSet<>();
    int[] ones = new int[32];
    for (int i = 0; i < 10_000; i++) {
      String name = names.get();
      assertThat(name).matches("[0-9a-f]{32}");
      assertThat(seen.add(name)).isTrue();
      for (int digit = 0; digit < 32; digit++) {
        ones[digit] |= 1 << Character.digit(name.charAt(digit), 16);
      }
    }
    assertThat(ones).as("every digit takes every value, version digits too").containsOnly(0xFFFF);
  }

  @Rule({"B20", "B72"})
  @ParameterizedTest(name = "{1}")
  @CsvSource({
    "U+000A,\\n",
    "U+000D,\\r",
    "U+0009,\\t",
    "U+001B,\\u001B",
    "U+0085,\\u0085",
    "U+202E,\\u202E",
    "U+2028,\\u2028",
    "U+D800,\\uD800",
    "U+00E9,\u00e9"
  })
  void printsNoControls(String code, String expected) {
    char c = (char) Integer.parseInt(code.substring(2), 16);
    assertThat(Printable.of("a" + c + "b")).isEqualTo("a" + expected + "b");
  }

  @Rule("B08")
  @Test
  void printsNoSignature() {
    assertThat(Printable.of("https://h/k?sig=abc")).isEqualTo("https://h/k?***");
    assertThat(Printable.of("s3://b/k?sig")).isEqualTo("s3://b/k?sig");
  }
}
