/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.TestDirectories;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A JVM with the habits of another country gives the same results (B84). */
@Timeout(300)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "names of files are not bytes there")
@Tag("slow")
class OtherMachinesTest {
  /** With the letter that Turkish writes otherwise, and one that ISO-8859-1 has not. */
  private static final String NAME = "TITLE-title-I\u0307\u0131-\u20ac-\u4e2d";

  private static final String TEXT = "I \u0131 \u20ac\n";

  @Test
  @Rule("B84")
  void aTurkishJvmWithAnOldCharsetDoesTheSame() throws Exception {
    Path temp = TestDirectories.create("turkish");
    Path in = Files.createDirectories(temp.resolve("in"));
    Files.writeString(in.resolve(NAME), TEXT);
    Path config =
        Files.writeString(
            temp.resolve("config.ini"), "[aws]\nADDRESSING_STYLE = PATH\nretries = 1\n");
    try (S3Endpoint s3 = S3Endpoint.start()) {
      s3.createBucket("b");
      run(s3, temp, "put", "-r", "--config=" + config, in.toString(), "S3://b/DIR");
      assertThat(s3.keys("b")).containsExactly("DIR/" + NAME);
      assertThat(s3.bytes("b", "DIR/" + NAME)).isEqualTo(TEXT.getBytes(StandardCharsets.UTF_8));
      run(s3, temp, "get", "-r", "s3://b/DIR", temp + "/out");
      assertThat(temp.resolve("out").resolve(NAME)).hasContent(TEXT);
      String listed = run(s3, temp, "ls", "--output=JSON", "s3://b/DIR");
      String here = Outcome.of(Outcome.s3(s3), "ls", "--output=json", "s3://b/DIR").out();
      assertThat(listed).isEqualTo(here).contains(NAME);
    }
  }

  private static String run(S3Endpoint s3, Path temp, String... args)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-Duser.language=tr",
            "-Duser.country=TR",
            "-Duser.timezone=Asia/Kathmandu",
            "-Dfile.encoding=ISO-8859-1",
            "-cp",
            System.getProperty("java.class.path"),
            FlyteData.class.getName(),
            "-q"));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(Outcome.s3(s3));
    builder.environment().put("LC_ALL", "C.UTF-8"); // what names of files are written in
    Path out = temp.resolve("stdout");
    Path err = temp.resolve("stderr");
    Process child = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    try {
      assertThat(child.waitFor(2, TimeUnit.MINUTES)).isTrue();
    } finally {
      child.destroyForcibly();
    }
    assertThat(child.exitValue()).as("%s", Files.readString(err)).isZero();
    return Files.readString(out);
  }
}
