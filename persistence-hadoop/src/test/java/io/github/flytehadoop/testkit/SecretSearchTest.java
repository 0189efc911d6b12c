/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretSearchTest {
  private static final String SECRET = "not/a+secret&at<all";

  @TempDir Path temp;
  private final SecretSearch search = new SecretSearch(Map.of(SECRET, "this test"));

  @Test
  void everySpellingIsFound() throws Exception {
    Files.writeString(temp.resolve("raw"), "x\nkey=" + SECRET + " y");
    Files.writeString(
        temp.resolve("url"), "?sig=" + URLEncoder.encode(SECRET, StandardCharsets.UTF_8));
    Files.writeString(
        temp.resolve("base64"),
        Base64.getEncoder().encodeToString(SECRET.getBytes(StandardCharsets.UTF_8)));
    Files.writeString(temp.resolve("xml"), "<a>not/a+secret&amp;at&lt;all</a>");
    Files.write(temp.resolve("binary"), new byte[] {(byte) 0xff, 0, 10});
    assertThat(search.below(temp))
        .containsExactly(
            "base64:1: the secret of this test",
            "raw:2: the secret of this test",
            "url:1: the secret of this test",
            "xml:1: the secret of this test");
  }

  @Test
  void theSecretsOfTestsAreKnown() {
    String secret = TestSecrets.remember("tstSecretOfSecretSearchTest");
    assertThat(TestSecrets.origins()).containsKeys(TestSecrets.S3_SECRET_KEY, secret);
    assertThat(TestSecrets.origins().get(secret)).contains("SecretSearchTest");
  }
}
