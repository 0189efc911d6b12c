/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli;

import io.github.flytehadoop.testkit.TestSecrets;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** What one run in this JVM left: exit code, standard output, standard error. */
record Outcome(int code, String out, String err) {
  /** Variables that keep this machine's own configuration out of a test. */
  static final Map<String, String> ALONE = Map.of("HOME", "/nonexistent");

  static Outcome of(String... args) {
    return of(ALONE, args);
  }

  static Outcome of(Map<String, String> environment, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Surroundings around =
        new Surroundings(out, new PrintStream(err, true, StandardCharsets.UTF_8), environment, 0);
    int code = FlyteData.run(around, args);
    return new Outcome(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** A configuration that finds an endpoint, and gives up early. */
  static Map<String, String> s3(S3Endpoint endpoint) {
    return s3(endpoint.uri().toString());
  }

  static Map<String, String> s3(String endpoint) {
    Map<String, String> environment = new HashMap<>(ALONE);
    environment.put("FLYTE_AWS_ENDPOINT", endpoint);
    environment.put("FLYTE_AWS_ACCESS_KEY_ID", TestSecrets.S3_ACCESS_KEY);
    environment.put("FLYTE_AWS_SECRET_ACCESS_KEY", TestSecrets.S3_SECRET_KEY);
    environment.put("FLYTE_AWS_RETRIES", "0");
    return environment;
  }
}
