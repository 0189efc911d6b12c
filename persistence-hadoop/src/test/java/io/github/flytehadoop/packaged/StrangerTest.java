/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.testkit.ProjectRoot;
import io.github.flytehadoop.testkit.RequireStores;
import io.github.flytehadoop.testkit.S3Server;
import io.github.flytehadoop.testkit.TestDirectories;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A project of somebody who knows one coordinate, as docs/examples/maven has it. */
@Tag("packaged")
@RequireStores("s3")
@Timeout(180)
class StrangerTest {
  private static final String EXAMPLE = "docs/examples/maven/";
  private static final Pattern IMPORT =
      Pattern.compile("<dependencyManagement>.*?</dependencyManagement>", Pattern.DOTALL);

  private Path project;

  @BeforeEach
  void checkOut() throws IOException {
    project = TestDirectories.create("stranger");
    for (String file : List.of("pom.xml", "src/main/java/PutAndGet.java")) {
      Path copy = project.resolve(file);
      Files.createDirectories(copy.getParent());
      Files.copy(ProjectRoot.resolve(EXAMPLE + file), copy);
    }
    Path model = Files.createDirectories(project.resolve("model/sub"));
    Files.writeString(model.resolveSibling("weights.bin"), "weights");
    Files.writeString(model.resolve("empty"), "");
  }

  @Test
  void aPomOf20LinesPutsAndGetsOnS3AndOnTheLocalDiskWithoutNoise() throws Exception {
    Path pom = project.resolve("pom.xml");
    assertThat(Files.readAllLines(pom)).hasSizeLessThanOrEqualTo(20);
    String classPath = LocalRepository.install().compile(pom);

    itPutsAndGets(classPath, "s3://" + S3Server.shared().newBucket() + "/raw");
    itPutsAndGets(classPath, project.resolve("raw").toString());
  }

  @Test
  void theVersionsOfTheBomMakeTheVersionSuperfluous() throws Exception {
    Matcher bom = IMPORT.matcher(Files.readString(ProjectRoot.resolve("README.md")));
    assertThat(bom.find()).isTrue();
    Path pom = project.resolve("pom.xml");
    String without = Files.readString(pom).replaceFirst("<version>0[^<]+</version>", "");
    Files.writeString(pom, without.replace("<dependencies>", bom.group() + "<dependencies>"));

    assertThat(LocalRepository.install().compile(pom))
        .contains("persistence-hadoop-" + ProjectRoot.version() + ".jar");
  }

  private void itPutsAndGets(String classPath, String prefix) throws Exception {
    Path copy = TestDirectories.create("copy").resolve("model");
    Path errors = TestDirectories.scratch("stranger").resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            project.resolve("target/classes") + File.pathSeparator + classPath,
            "PutAndGet",
            project.resolve("model").toString(),
            prefix,
            copy.toString());
    S3Server s3 = S3Server.shared();
    builder
        .environment()
        .putAll(
            Map.of(
                "HOME", "/nonexistent",
                "FLYTE_AWS_ENDPOINT", s3.uri().toString(),
                "FLYTE_AWS_ACCESS_KEY_ID", s3.accessKey(),
                "FLYTE_AWS_SECRET_ACCESS_KEY", s3.secretKey()));
    Process process = builder.directory(project.toFile()).redirectError(errors.toFile()).start();
    try {
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(Files.readString(errors)).isEmpty();
      assertThat(process.exitValue()).isZero();
      assertThat(out).startsWith("2 files in " + prefix).hasLineCount(1);
      assertThat(copy.resolve("weights.bin")).hasContent("weights");
      assertThat(copy.resolve("sub/empty")).isEmptyFile();
    } finally {
      process.destroyForcibly();
    }
  }
}
