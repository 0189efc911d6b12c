/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.testkit.ProjectRoot;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README tells a stranger to type, typed. */
class ReadmeTest {
  private static final Pattern BLOCK = Pattern.compile("```(\\w+)\n(.*?)```", Pattern.DOTALL);

  @TempDir Path temp;

  @Test
  void theExampleCompilesAndDoesWhatItSays() throws Exception {
    Path model = Files.createDirectory(temp.resolve("model"));
    Files.writeString(model.resolve("weights.bin"), "weights");
    Files.writeString(model.resolve(".hidden"), "");
    String example =
        blocks("java")
            .get(0)
            .replace("/tmp/sandbox", temp.resolve("sandbox").toString())
            .replace("s3://my-bucket/raw", temp.resolve("raw").toString())
            .replace("\"model\"", "\"" + model + "\"")
            .replace("\"copy-of-model\"", "\"" + temp.resolve("copy") + "\"");

    run(compile(example));

    assertThat(temp.resolve("copy/weights.bin")).hasContent("weights");
    assertThat(temp.resolve("copy/.hidden")).isEmptyFile();
  }

  @Test
  void theTwoCommandsAreTheOnesThatCiRuns() throws IOException {
    List<String> shell = blocks("bash");
    String ci = Files.readString(ProjectRoot.resolve(".ci/run"));
    assertThat(shell.get(0).strip()).isEqualTo("bin/flyte-data quickstart");
    assertThat(ci).contains(shell.get(0).strip());
    assertThat(shell.get(1).strip()).isEqualTo("./mvnw verify");
    assertThat(ci.replaceAll(" --[a-z-]+", "")).contains(shell.get(1).strip());
  }

  @Test
  void everyFileThatIsLinkedExists() throws IOException {
    Matcher links = Pattern.compile("]\\((?!http)([^)#]+)").matcher(readme());
    while (links.find()) {
      assertThat(ProjectRoot.resolve(links.group(1))).exists();
    }
  }

  private static String readme() throws IOException {
    return Files.readString(ProjectRoot.resolve("README.md"));
  }

  private static List<String> blocks(String language) throws IOException {
    List<String> found = new ArrayList<>();
    Matcher block = BLOCK.matcher(readme());
    while (block.find()) {
      if (block.group(1).equals(language)) {
        found.add(block.group(2));
      }
    }
    return found;
  }

  private Class<?> compile(String statements) throws Exception {
    Path source = temp.resolve("Example.java");
    Files.writeString(
        source,
        """
        import io.github.flytehadoop.*;
        import io.github.flytehadoop.transfer.*;
        import java.nio.file.Path;
        public class Example {
          public static void main(String[] arguments) throws Exception {
            %s
          }
        }
        """
            .formatted(statements));
    int outcome =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-d",
                temp.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                source.toString());
    assertThat(outcome).as("the example compiles").isZero();
    URLClassLoader loader =
        new URLClassLoader(new URL[] {temp.toUri().toURL()}, getClass().getClassLoader());
    return loader.loadClass("Example");
  }

  private static void run(Class<?> example) throws Exception {
    example.getMethod("main", String[].class).invoke(null, (Object) new String[0]);
  }
}
