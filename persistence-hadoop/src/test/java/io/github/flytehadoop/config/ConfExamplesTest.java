/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.testkit.ProjectRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The examples in {@code conf/} work as they are, and each option that is commented out works
 * without its {@code #}.
 */
class ConfExamplesTest {
  private static final Pattern COMMENTED_OPTION = Pattern.compile("(?m)^#(?=\\S)");
  private static final Pattern COMMENTED_NESTED_OPTION = Pattern.compile("(?m)^#(?=    \\w)");
  private static final Pattern COMMENTED_BLOCK = Pattern.compile("(?m)^#storage:\n(#.*(\n|$))+");

  private static final S3Config SANDBOX =
      DataConfig.sandbox().s3().toBuilder().addressingStyle(AddressingStyle.PATH).build();

  @TempDir Path directory;
  private Resolution resolution;

  @BeforeEach
  void begin() {
    resolution = new Resolution(directory);
  }

  private static String text(String name) throws IOException {
    return Files.readString(ProjectRoot.resolve("conf/" + name));
  }

  @Test
  void iniExampleIsTheSandbox() throws IOException {
    DataConfig config = resolution.ini(text("flytekit.config")).config();
    assertThat(config).isEqualTo(DataConfig.builder().s3(SANDBOX).build());
    assertThat(resolution.warnings).isEmpty();
  }

  @Test
  void everyOptionOfTheIniExampleWorks() throws IOException {
    resolution.ini(COMMENTED_OPTION.matcher(text("flytekit.config")).replaceAll(""));
    List<ResolvedEntry> entries = resolution.resolve().entries();
    assertThat(resolution.warnings).isEmpty();
    assertThat(entries).allMatch(entry -> entry.origin() instanceof Origin.Ini);
    assertThat(resolution.s3().region()).isEqualTo("us-east-1");
  }

  @Test
  void yamlExampleIsTheSandbox() throws IOException {
    DataConfig config = resolution.yaml(text("flyte-config.yaml")).config();
    assertThat(config).isEqualTo(DataConfig.builder().s3(SANDBOX).build());
    assertThat(resolution.warnings).isEmpty();
  }

  @Test
  void everyOptionOfTheYamlExampleWorks() throws IOException {
    String withoutBlocks = COMMENTED_BLOCK.matcher(text("flyte-config.yaml")).replaceAll("");
    resolution.yaml(COMMENTED_NESTED_OPTION.matcher(withoutBlocks).replaceAll(""));
    List<ResolvedEntry> entries = resolution.resolve().entries();
    assertThat(resolution.warnings).isEmpty();
    assertThat(entries)
        .filteredOn(entry -> entry.key().owner() == S3Config.class)
        .allMatch(entry -> entry.origin() instanceof Origin.Yaml);
  }

  @Test
  void everyBlockOfTheYamlExampleWorks() throws IOException {
    List<DataConfig> blocks =
        COMMENTED_BLOCK
            .matcher(text("flyte-config.yaml"))
            .results()
            .map(block -> resolution.yaml(block.group().replaceAll("(?m)^#", "")).config())
            .toList();
    assertThat(resolution.warnings).isEmpty();
    assertThat(blocks).hasSize(3);
    assertThat(blocks.get(0).s3()).isEqualTo(S3Config.builder().region("eu-west-1").build());
    assertThat(blocks.get(1).azure().toString()).doesNotContain("null");
    assertThat(blocks.get(2).gcs().toString()).doesNotContain("null");
  }
}
