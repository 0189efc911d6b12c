/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A task that Python declares, with inputs that Python has written to S3: what is left to do is to
 * run its command, as the platform does.
 *
 * @param root a new place in a bucket
 */
public record PythonTask(Path python, Path script, String which, String root) {
  private static final Duration LIMIT = Duration.ofMinutes(4);

  /** As flytekit declares it: {@code plain} or {@code spark}, and each of the wheel's classes. */
  public static PythonTask ofFlytekit(String which) {
    Path python = PythonEnvironment.programs().resolve("python");
    return new PythonTask(python, script("run_jvm_task_flytekit.py"), which, newRoot());
  }

  /** As the SDK of Flyte 2 declares it: {@code plain}, and each of the wheel's classes. */
  public static PythonTask ofFlyte2(String which) {
    return new PythonTask(
        PythonEnvironment.flyte2(), script("run_jvm_task_flyte2.py"), which, newRoot());
  }

  private static Path script(String name) {
    return ProjectRoot.resolve("persistence-hadoop/src/test/resources/python/" + name);
  }

  private static String newRoot() {
    return "s3://" + S3Server.shared().newBucket() + "/m";
  }

  /** What Flyte sets for a container, in Python and on the JVM. */
  public static Map<String, String> environment() throws IOException {
    S3Server s3 = S3Server.shared();
    Map<String, String> environment = new HashMap<>();
    environment.put("FLYTE_AWS_ENDPOINT", s3.uri().toString());
    environment.put("FLYTE_AWS_ACCESS_KEY_ID", s3.accessKey());
    environment.put("FLYTE_AWS_SECRET_ACCESS_KEY", s3.secretKey());
    environment.put("AWS_DEFAULT_REGION", S3Server.REGION);
    environment.put("TMPDIR", TestDirectories.create("python").toString());
    environment.put(
        "PYTHONPATH",
        ProjectRoot.resolve("docs/examples")
            + File.pathSeparator
            + ProjectRoot.resolve("spark-integration/src/main/python"));
    return environment;
  }

  private JsonNode run(String step, String uri) throws IOException {
    String out = PythonEnvironment.run(python, LIMIT, environment(), script, which, step, uri);
    return new ObjectMapper().readTree(out.strip().lines().reduce((a, b) -> b).orElse(""));
  }

  /** Writes the inputs, and gives the task as the SDK serialises it. */
  public JsonNode declare() throws IOException {
    return run("inputs", root);
  }

  /** What Python gets of the outputs. */
  public JsonNode outputs() throws IOException {
    return run("outputs", prefix());
  }

  /** Where the outputs are to be. */
  public String prefix() {
    return root + "/data/0";
  }

  /** Words of the declaration, with what the platform puts into its templates. */
  public List<String> rendered(JsonNode words) {
    Map<String, String> values =
        Map.of(
            "{{.input}}",
            root + "/inputs.pb",
            "{{.outputPrefix}}",
            prefix(),
            "{{.rawOutputDataPrefix}}",
            root + "/raw/x",
            "{{.checkpointOutputPrefix}}",
            root + "/raw/x/_flytecheckpoints",
            "{{.prevCheckpointPrefix}}",
            "\"\"",
            "{{.runName}}",
            "run",
            "{{.actionName}}",
            "a0",
            "{{.runStartTime}}",
            "2026-01-02T03:04:05Z");
    List<String> rendered = new ArrayList<>();
    words.forEach(word -> rendered.add(values.getOrDefault(word.asText(), word.asText())));
    return rendered;
  }
}
