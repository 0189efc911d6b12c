/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.cli.output.StandardOutput;
import io.github.flytehadoop.testkit.ProjectRoot;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** {@code docs/cli.md} names every verb and every option, and no option that there is not. */
class CliDocTest {
  @Test
  void namesEveryVerbAndOption() throws IOException {
    String doc = Files.readString(ProjectRoot.resolve("docs/cli.md"));
    CommandLine all =
        FlyteData.commandLine(
            new CliEnvironment(
                InputStream.nullInputStream(),
                OutputStream.nullOutputStream(),
                new PrintStream(OutputStream.nullOutputStream()),
                Map.of(),
                0),
            new StandardOutput(OutputStream.nullOutputStream()));
    Set<String> options = new TreeSet<>(all.getCommandSpec().optionsMap().keySet());
    all.getSubcommands()
        .forEach(
            (name, verb) -> {
              assertThat(doc).contains("`" + name);
              options.addAll(verb.getCommandSpec().optionsMap().keySet());
            });
    for (String option : options) {
      assertThat(doc).containsPattern("`[^`]*(?<![-\\w])" + option + "(?![-\\w])[^`]*`");
    }
    java.util.regex.Pattern.compile("(?<![-\\w])--[a-z][a-z-]+")
        .matcher(doc)
        .results()
        .forEach(named -> assertThat(options).contains(named.group()));
  }
}
