/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Searches what all tests of a module printed and logged. Its name keeps it out of the ordinary
 * run: the build calls it on its own, after all others.
 */
public class SecretsInOutputCheck {
  @Test
  void noTestPrintedASecret() throws Exception {
    Path reports = TestDirectories.target().resolve("surefire-reports");
    assertThat(reports).isDirectoryContaining("glob:**.xml");
    assertThat(SecretSearch.ofTests().below(reports)).isEmpty();
  }
}
