/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.TestSecrets;
import io.github.flytehadoop.testkit.WebServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is done with a signed URL, and however it fails, nobody is shown its signature. */
@Rule("B72")
class WebQueryTest {
  private static final String SECRET = TestSecrets.remember("tstSecret15QueryNeverPrintIt16");

  @TempDir Path directory;

  private static void assertUnseen(Outcome outcome) {
    assertThat(outcome.out() + outcome.err()).isNotEmpty().doesNotContain(SECRET);
  }

  @Test
  void noVerbShowsIt() throws IOException {
    try (WebServer server = new WebServer()) {
      String path = "/data/file.csv?sig=" + SECRET;
      String url = server.url(path);
      String missing = server.url("/data/none?sig=" + SECRET);
      server.put(path, "a,b".getBytes(StandardCharsets.UTF_8), "1");
      String to = directory.resolve("got").toString();
      Outcome got = Outcome.of("get", "-v", url, to);
      assertThat(got.code()).as(got.err()).isZero();
      assertUnseen(got);
      assertUnseen(Outcome.of("get", "-v", "--output", "json", url, to + "2"));
      assertUnseen(Outcome.of("cp", "-v", "--engine", "local", url, "memory://m/copied"));
      for (String from : List.of(url, missing)) {
        assertUnseen(Outcome.of("get", "-v", "-r", from, to + "3"));
        assertUnseen(Outcome.of("ls", "-v", from));
        assertUnseen(Outcome.of("rm", "-v", from));
        assertUnseen(Outcome.of("put", "-v", to, from));
        assertUnseen(Outcome.of("doctor", from));
      }
      assertUnseen(Outcome.of("get", "-v", missing, to + "4"));
      assertUnseen(Outcome.of("get", "-v", "--output", "json", missing, to + "4"));
      assertUnseen(Outcome.of("cp", "-v", "--engine", "local", missing, "memory://m/copied"));
      assertUnseen(Outcome.of("cat", "-v", missing));
      assertUnseen(Outcome.of("stat", "-v", missing));
      server.close();
      assertUnseen(Outcome.of("get", "-v", url, to + "5"));
    }
  }
}
