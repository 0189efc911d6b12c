/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.s3.RequestKind;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys of S3 with characters that XML 1.0 cannot hold, in listings and in lists of deletions. */
@Timeout(120)
@Tag("slow")
class S3OddKeysTest {
  private static final byte[] CONTENT = {1, 2, 3};

  @TempDir Path temp;
  private final S3Endpoint s3 = S3Endpoint.start();
  private Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void start() {
    s3.createBucket("b");
    s3.putDirectly("b", "d/plain + %41 & x", CONTENT);
    environment = Outcome.s3(s3);
  }

  @AfterEach
  void stop() {
    s3.close();
  }

  private Outcome run(String... words) {
    return Outcome.of(InputStream.nullInputStream(), environment, words);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u0001", "a\u001bb", "\u001f", "\uffff", "a\ufffeb", "\u0085", "\u2028"})
  @Rule({"B86", "B21"})
  void keysThatXmlCannotHoldAreListedReadCopiedAndDeleted(String name) {
    s3.putDirectly("b", "d/" + name, CONTENT);
    Outcome copied = run("cp", "-r", "s3://b/d", "s3://b/e");
    assertThat(copied.err()).isEmpty();
    assertThat(s3.keys("b")).contains("e/" + name, "e/plain + %41 & x").hasSize(4);
    assertThat(run("ls", "-r", "s3://b/d").code()).isZero();
    Path out = temp.resolve("out");
    Outcome got = run("get", "-r", "s3://b/d", out.toString());
    assertThat(got.err()).isEmpty();
    assertThat(out.resolve(name)).hasBinaryContent(CONTENT);
    Outcome read = run("cat", "s3://b/e/" + name);
    assertThat(read.code()).as(read.err()).isZero();
    assertThat(read.out()).isEqualTo("\u0001\u0002\u0003");
    assertThat(run("rm", "s3://b/d/" + name).code()).isZero();
    assertThat(run("rm", "-r", "s3://b/e").code()).isZero();
    assertThat(s3.keys("b")).containsExactly("d/plain + %41 & x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u007f", "a\u007fb"})
  @Rule({"B86", "B21"})
  void aControlCharacterIsShownSkippedAndDeleted(String name) {
    s3.putDirectly("b", "d/" + name, CONTENT);
    Outcome listed = run("ls", "-r", "s3://b/d");
    assertThat(listed.code()).as(listed.err()).isZero();
    assertThat(listed.out()).contains("plain + %41 & x\n", "control character");
    assertThat(listed.out()).doesNotContain(name);
    assertThat(run("get", "-r", "s3://b/d", temp.resolve("1").toString()).code()).isEqualTo(1);
    String skipped = temp.resolve("2").toString();
    assertThat(run("get", "-r", "--on-unsupported=skip", "s3://b/d", skipped).code()).isEqualTo(3);
    assertThat(temp.resolve("2/plain + %41 & x")).hasBinaryContent(CONTENT);
    assertThat(run("rm", "-r", "s3://b/d").code()).isZero();
    assertThat(s3.keys("b")).isEmpty();
  }

  @Test
  void oneRequestDeletesAllOthers() {
    s3.putDirectly("b", "d/\uffff", CONTENT);
    s3.putDirectly("b", "d/other", CONTENT);
    assertThat(run("rm", "-r", "s3://b/d").code()).isZero();
    assertThat(s3.keys("b")).isEmpty();
    assertThat(s3.count(RequestKind.DELETE_OBJECTS)).isEqualTo(1);
    assertThat(s3.count(RequestKind.DELETE_OBJECT)).isEqualTo(1);
  }
}
