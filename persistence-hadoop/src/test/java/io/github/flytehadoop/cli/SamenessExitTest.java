/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.testkit.MiniHdfs;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the exit code says of files that are, or are not, or may be the same. */
class SamenessExitTest {
  @TempDir Path temp;
  private final S3Endpoint s3 = S3Endpoint.start();
  private final Map<String, String> environment = Outcome.s3(s3);
  private Path one;
  private Path other;

  @BeforeEach
  void trees() throws IOException {
    s3.createBucket("b");
    one = tree("one", "new");
    other = tree("other", "old");
  }

  @AfterEach
  void stop() {
    s3.close();
  }

  /** Trees that differ in the bytes of one file, and in nothing that a listing shows. */
  private Path tree(String name, String content) throws IOException {
    Path root = Files.createDirectories(temp.resolve(name + "/d")).getParent();
    Files.writeString(root.resolve("same"), "same");
    Files.writeString(root.resolve("d/changed"), content);
    for (String file : new String[] {"same", "d/changed"}) {
      Files.setLastModifiedTime(root.resolve(file), FileTime.fromMillis(1_700_000_000_000L));
      s3.putDirectly("b", name + "/" + file, Files.readAllBytes(root.resolve(file)));
    }
    return root;
  }

  private Outcome run(String line) {
    return Outcome.of(
        environment, line.replace("ONE", one.toString()).replace("OTHER", other + "").split(" "));
  }

  private void assertExit(int code, String line) {
    Outcome outcome = run(line);
    assertThat(outcome.code()).as(line + "\n" + outcome.out() + outcome.err()).isEqualTo(code);
  }

  @Test
  @Rule("F72")
  void equalLengthAloneIsNeitherSameNorDifferent() {
    Outcome lengths = run("check ONE OTHER");
    assertThat(lengths.code()).isEqualTo(3);
    assertThat(lengths.out()).contains("2 the same (0 proven by digest or content, 2 by length");
    assertExit(0, "check --size-only ONE OTHER");
    assertExit(1, "check --content ONE OTHER");
    assertExit(0, "check --content ONE ONE");
    assertExit(3, "check ONE/same OTHER/same");
    assertExit(2, "check --content --size-only ONE OTHER");
  }

  @Test
  @Rule("F72")
  void digestsThatAreKeptTellOneFromTheOther() {
    for (String digests : new String[] {"s3://b/one s3://b/other", "ONE s3://b/other"}) {
      assertExit(1, "check " + digests);
      assertExit(0, "check --size-only " + digests);
    }
    assertExit(0, "check ONE s3://b/one");
  }

  @Test
  @Rule("F72")
  void onHdfsTheyAreKeptToo() throws IOException {
    String hdfs = MiniHdfs.shared().newDirectory();
    String composite = " -D dfs.checksum.combine.mode=COMPOSITE_CRC ";
    assertExit(0, "put -r ONE " + hdfs + "/one");
    assertExit(0, "put -r OTHER " + hdfs + "/other");
    assertExit(1, "check" + composite + hdfs + "/one " + hdfs + "/other");
    assertExit(0, "check" + composite + "ONE " + hdfs + "/one");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " --size-only"})
  @Rule("F76")
  void skippingByLengthAndTimeIsDoneAndSaid(String basis) {
    Outcome copied = run("cp -r --skip-identical" + basis + " ONE OTHER");
    assertThat(copied.code()).as(copied.err()).isZero();
    assertThat(copied.out()).contains(basis.isEmpty() ? "without a checksum" : "by length alone");
    assertThat(other.resolve("d/changed")).hasContent("old");
  }

  @Test
  @Rule("F76")
  void checksumsProveAndSkipNothingElse() {
    assertExit(2, "cp -r --checksum ONE OTHER");
    assertExit(2, "cp -r --skip-identical --checksum --size-only ONE OTHER");
    Outcome copied = run("cp -r --skip-identical --checksum ONE OTHER");
    assertThat(copied.code()).as(copied.err()).isZero();
    assertThat(copied.out()).contains("1 file,");
    assertThat(other.resolve("d/changed")).hasContent("new");
  }

  @Test
  @Rule("F76")
  void digestsOfTheStoreProveWithoutBeingAskedFor() {
    Outcome copied = run("cp -r --skip-identical s3://b/one s3://b/other");
    assertThat(copied.code()).as(copied.err()).isZero();
    assertThat(copied.out()).contains("1 file,");
    assertThat(new String(s3.bytes("b", "other/d/changed"), StandardCharsets.UTF_8))
        .isEqualTo("new");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "put -r ONE OTHER/new",
        "cp -r ONE OTHER/new",
        "cp -r --dry-run ONE OTHER/new",
        "get -r ONE OTHER/new",
        "plan -r ONE OTHER/new"
      })
  @Rule("B85")
  void leftOutFilesMakeExitCodeThree(String line) throws IOException {
    Files.createSymbolicLink(one.resolve("broken"), Path.of("nothing"));
    assertExit(1, line);
    Outcome skipped = run(line.replace(" -r ", " -r --on-unsupported=skip "));
    assertThat(skipped.code()).as(skipped.out() + skipped.err()).isEqualTo(3);
    assertThat(skipped.out()).contains("1 entry was left out").contains("broken");
  }
}
