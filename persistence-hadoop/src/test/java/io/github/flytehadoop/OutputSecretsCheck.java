/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.testkit.TestSecrets;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Searches everything that the other tests have printed and logged for the test secrets. It runs in
 * an execution of its own, after them, so its name is not that of a test.
 */
class OutputSecretsCheck {
  private static final int FEWEST_REPORTS = 20;

  @TempDir Path temp;

  @Test
  void noOutputOfAnyTestHoldsATestSecret() throws Exception {
    List<Path> reports;
    try (Stream<Path> files = Files.walk(Path.of("target/surefire-reports"))) {
      reports = files.filter(Files::isRegularFile).toList();
    }
    assertThat(reports).as("the reports of the suite").hasSizeGreaterThan(FEWEST_REPORTS);

    List<String> found = new ArrayList<>();
    for (Path report : reports) {
      found.addAll(secretsIn(report));
    }

    assertThat(found).isEmpty();
  }

  @Test
  void aSecretThatIsPrintedIsFound() throws Exception {
    Path report = temp.resolve("report.txt");
    Files.writeString(report, "a line\nkey=" + TestSecrets.S3_SECRET_KEY + ".\n");

    assertThat(secretsIn(report)).containsExactly("S3_SECRET_KEY in " + report + ":2");
  }

  private static List<String> secretsIn(Path report) throws Exception {
    Map<String, String> secrets = secrets();
    List<String> found = new ArrayList<>();
    try (BufferedReader lines = reader(report)) {
      int number = 1;
      for (String line; (line = lines.readLine()) != null; number++) {
        for (Map.Entry<String, String> secret : secrets.entrySet()) {
          if (line.contains(secret.getValue())) {
            found.add(secret.getKey() + " in " + report + ":" + number);
          }
        }
      }
    }
    return found;
  }

  /** Any byte is a character there, so that no file is too broken to be read. */
  private static BufferedReader reader(Path report) throws IOException {
    return Files.newBufferedReader(report, StandardCharsets.ISO_8859_1);
  }

  private static Map<String, String> secrets() throws IllegalAccessException {
    Map<String, String> secrets = new TreeMap<>();
    for (var field : TestSecrets.class.getFields()) {
      if (field.getType() == String.class && !field.getName().endsWith("ACCESS_KEY")) {
        secrets.put(field.getName(), (String) field.get(null));
      }
    }
    return secrets;
  }
}
