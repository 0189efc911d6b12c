/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Searches what all tests of a module printed and logged. Its name keeps it out of the ordinary
 * run: the build calls it on its own, after all others.
 */
public class SecretsInOutputCheck {
  @Test
  void noTestPrintedASecret() throws Exception {
    Path target = TestDirectories.target();
    assertThat(target.resolve("surefire-reports")).isDirectoryContaining("glob:**.xml");
    try (DirectoryStream<Path> all = Files.newDirectoryStream(target, "surefire-reports*")) {
      for (Path reports : all) {
        if (!reports.endsWith("surefire-reports-secrets")) {
          assertThat(SecretSearch.ofTests().below(reports)).as("%s", reports).isEmpty();
        }
      }
    }
  }
}
