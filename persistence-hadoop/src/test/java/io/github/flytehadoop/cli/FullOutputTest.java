/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.testkit.Rule;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Standard output that takes nothing: a full disk, or a reader that has gone. */
@Rule("B92")
class FullOutputTest {
  private static final String FULL = "No space left on device";

  @TempDir Path temp;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = Files.writeString(temp.resolve("file"), "content");
  }

  private static Outcome run(String why, int buffer, String... args) {
    OutputStream refusing =
        new OutputStream() {
          @Override
          public void write(int oneByte) throws IOException {
            throw new IOException(why);
          }
        };
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        FlyteData.run(
            new BufferedOutputStream(refusing, buffer),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Outcome.ALONE,
            args);
    return new Outcome(code, "", err.toString(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1 << 16})
  void aTransferThatArrivedIsNamed(int buffer) {
    Path target = temp.resolve("target");
    for (String form : new String[] {"text", "json"}) {
      Outcome put = run(FULL, buffer, "put", "--output", form, file.toString(), target.toString());
      assertThat(put.err())
          .startsWith("flyte-data: Cannot write to standard output: " + FULL + ".")
          .contains("This is done all the same: put 1 file, 7 bytes to " + target)
          .hasLineCount(1);
      assertThat(put.code()).isEqualTo(1);
      assertThat(target).hasContent("content");
    }
  }

  @Test
  void aDeletionIsNamed() {
    Outcome rm = run(FULL, 1 << 16, "rm", file.toString());
    assertThat(rm.err()).contains("Cannot write to standard output", "deleted " + file);
    assertThat(rm.code()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ls DIR", "cat FILE", "stat FILE", "config", "--help", "--version"})
  void readingVerbFailsWhenItsOutputIsFull(String verb) {
    for (int buffer : new int[] {1, 1 << 16}) {
      String line = verb.replace("FILE", file.toString()).replace("DIR", temp.toString());
      Outcome outcome = run(FULL, buffer, line.split(" "));
      assertThat(outcome.err())
          .isEqualTo(
              "flyte-data: Cannot write to standard output: "
                  + FULL
                  + ". Make room where it goes."
                  + System.lineSeparator());
      assertThat(outcome.code()).isEqualTo(1);
    }
  }

  @Test
  void theFailureOfARunComesFirst() {
    Path missing = temp.resolve("missing");
    Outcome put = run(FULL, 1, "put", "--output=json", missing.toString(), temp + "/x");
    assertThat(put.err()).startsWith("flyte-data: Cannot ").contains(missing.toString());
    assertThat(put.code()).isEqualTo(1);
  }

  @Test
  void aReaderThatHasGoneIsNoNews() {
    for (String verb : new String[] {"ls", "cat"}) {
      Outcome outcome = run("Broken pipe", 1, verb, verb.equals("ls") ? "" + temp : "" + file);
      assertThat(outcome.err()).isEmpty();
      assertThat(outcome.code()).isEqualTo(1);
    }
  }
}
