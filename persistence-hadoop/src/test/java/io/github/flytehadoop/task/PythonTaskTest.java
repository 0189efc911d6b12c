/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.flytehadoop.testkit.JavaProgram;
import io.github.flytehadoop.testkit.ProjectRoot;
import io.github.flytehadoop.testkit.PythonTask;
import io.github.flytehadoop.testkit.RequireStores;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.TestDirectories;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The example of a plain task, declared by the real SDKs with inputs that they wrote, compiled and
 * run by the command that they rendered; then they read what it wrote, without a warning. The
 * classes of the wheel declare the same.
 */
@Timeout(600)
@Tag("slow")
class PythonTaskTest {
  private static final String EXPECTED =
      """
      {
        "report": ["report.csv", "x,y\\n1,0.5\\n2,2.5\\n"],
        "directory": {"report.csv": "x,y\\n1,0.5\\n2,2.5\\n"},
        "best": {"x": 2, "y": 2.5, "label": null},
        "total": 0.75,
        "lines": ["one", "two"],
        "title": "Gr\u00f6\u00dfe"
      }
      """;

  @ParameterizedTest
  @ValueSource(strings = {"plain", "wheel"})
  @RequireStores({"s3", "python"})
  @Rule({"TASK-4", "LIT-2"})
  void ofFlyte1(String which) throws Exception {
    check(PythonTask.ofFlytekit(which));
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "wheel"})
  @RequireStores({"s3", "flyte2"})
  @Rule({"TASK-4", "LIT-2"})
  void ofFlyte2(String which) throws Exception {
    check(PythonTask.ofFlyte2(which));
  }

  private static void check(PythonTask task) throws Exception {
    JsonNode declared = task.declare();
    assertThat(declared.get("sidecar").asBoolean()).isFalse();
    List<String> command = task.rendered(declared.get("command"));
    command.addAll(task.rendered(declared.get("arguments")));
    int classPath = command.indexOf("/app/*");
    assertThat(command.subList(0, classPath))
        .containsExactly("java", "-XX:MaxRAMPercentage=75", "-cp");

    JavaProgram ended =
        JavaProgram.run(
            List.of(compiled("JvmTask").toString(), System.getProperty("java.class.path")),
            PythonTask.environment(),
            command.subList(classPath + 1, command.size()));

    assertThat(ended.exitCode()).as(ended.output()).isZero();
    assertThat(task.outputs()).as(ended.output()).isEqualTo(new ObjectMapper().readTree(EXPECTED));
  }

  private static Path compiled(String example) throws Exception {
    Path classes = TestDirectories.create("example");
    List<String> compiler = new ArrayList<>(List.of("-Xlint:all", "-Werror", "-proc:none"));
    compiler.addAll(List.of("-d", classes.toString()));
    compiler.addAll(
        List.of("-cp", classes + File.pathSeparator + System.getProperty("java.class.path")));
    compiler.add(ProjectRoot.resolve("docs/examples/" + example + ".java").toString());
    int code =
        ToolProvider.getSystemJavaCompiler().run(null, null, null, compiler.toArray(String[]::new));
    assertThat(code).isZero();
    return classes;
  }
}
