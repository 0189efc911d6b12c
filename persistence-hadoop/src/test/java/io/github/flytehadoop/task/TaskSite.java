/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.task;

import io.github.flytehadoop.literal.ContainerError;
import io.github.flytehadoop.literal.ErrorDocument;
import io.github.flytehadoop.literal.Literal;
import io.github.flytehadoop.literal.LiteralMap;
import io.github.flytehadoop.literal.Literals;
import io.github.flytehadoop.testkit.TestSecrets;
import io.github.flytehadoop.testkit.s3.Request;
import io.github.flytehadoop.testkit.s3.RequestKind;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A store with the inputs of a task, and what the platform gives its process. */
final class TaskSite implements AutoCloseable {
  static final String BUCKET = "bucket";
  static final String PREFIX = "m/data/0";

  private final S3Endpoint s3 = S3Endpoint.start();
  private final Map<String, String> environment = new HashMap<>();
  private TaskLimits limits = TaskLimits.defaults();

  TaskSite() {
    s3.createBucket(BUCKET);
    environment.put("FLYTE_AWS_ENDPOINT", s3.uri().toString());
    environment.put("FLYTE_AWS_ACCESS_KEY_ID", "tester");
    environment.put("FLYTE_AWS_SECRET_ACCESS_KEY", TestSecrets.S3_SECRET_KEY);
    environment.put("FLYTE_AWS_RETRIES", "0");
    environment.put("_F_NM", "f123");
  }

  static TaskSite with(Map<String, ?> inputs) throws IOException {
    TaskSite site = new TaskSite();
    Map<String, Literal> literals = new HashMap<>();
    for (Map.Entry<String, ?> input : inputs.entrySet()) {
      Object value = input.getValue();
      literals.put(input.getKey(), value instanceof Literal given ? given : Literal.of(value));
    }
    site.put("m/inputs.pb", Literals.toBytes(new LiteralMap(literals)));
    return site;
  }

  S3Endpoint s3() {
    return s3;
  }

  Map<String, String> environment() {
    return environment;
  }

  TaskSite set(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  TaskSite limits(TaskLimits other) {
    this.limits = other;
    return this;
  }

  static String uri(String key) {
    return "s3://" + BUCKET + "/" + key;
  }

  void put(String key, byte[] content) {
    s3.putDirectly(BUCKET, key, content);
  }

  static String[] arguments(FlyteGeneration generation, String... more) {
    boolean first = generation == FlyteGeneration.FLYTE_1;
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--inputs", uri("m/inputs.pb")));
    arguments.addAll(List.of(first ? "--output-prefix" : "--outputs-path", uri(PREFIX)));
    arguments.addAll(List.of(first ? "--raw-output-data-prefix" : "--raw-data-path", uri("raw/x")));
    arguments.addAll(List.of("--checkpoint-path", uri("raw/x/_flytecheckpoints")));
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }

  ExitStatus run(TaskBody body) {
    return run(FlyteGeneration.FLYTE_1, body);
  }

  ExitStatus run(FlyteGeneration generation, TaskBody body, String... more) {
    return FlyteTask.run(arguments(generation, more), environment, limits, body);
  }

  List<String> keys() {
    return s3.keys(BUCKET);
  }

  /** What is below the output prefix. */
  List<String> metadata() {
    return keys().stream()
        .filter(key -> key.startsWith(PREFIX + "/"))
        .map(key -> key.substring(PREFIX.length() + 1))
        .toList();
  }

  /** The keys that were written, in the order of their requests. */
  List<String> written() {
    return s3.requests().stream()
        .filter(request -> request.kind() == RequestKind.PUT_OBJECT)
        .map(Request::key)
        .toList();
  }

  byte[] bytes(String key) {
    return s3.bytes(BUCKET, key);
  }

  Map<String, Literal> outputs() throws IOException {
    return Literals.parseMap(bytes(PREFIX + "/outputs.pb")).literals();
  }

  ContainerError error() throws IOException {
    return error("error.pb");
  }

  ContainerError error(String name) throws IOException {
    return Objects.requireNonNull(ErrorDocument.parse(bytes(PREFIX + "/" + name)).error());
  }

  @Override
  public void close() {
    s3.close();
  }
}
