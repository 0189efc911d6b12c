/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark.submit;

import io.github.flytehadoop.testkit.TestDirectories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where {@code --packages} looks: this build's artifacts, and for theirs the repository that Maven
 * has filled. Neither Central nor anything that Ivy has kept is asked, so that a machine without a
 * network tests the same.
 */
final class Offline {
  private static final String NO_DEFAULTS =
      """
      <ivysettings>
        <settings defaultResolver="none"/>
        <resolvers><chain name="none"/></resolvers>
      </ivysettings>
      """;

  private Offline() {}

  /** Options of {@code spark-submit}; what is pulled goes below an empty directory. */
  static List<String> repositories(Path ivy) throws IOException {
    Path settings = TestDirectories.create("ivysettings").resolve("ivysettings.xml");
    Files.writeString(settings, NO_DEFAULTS);
    Path maven =
        Path.of(
            System.getProperty(
                "flyte.maven.repository", System.getProperty("user.home") + "/.m2/repository"));
    return List.of(
        "--repositories",
        BuiltArtifacts.repository().toUri() + "," + maven.toUri(),
        "--conf",
        "spark.jars.ivySettings=" + settings,
        "--conf",
        "spark.jars.ivy=" + ivy);
  }
}
