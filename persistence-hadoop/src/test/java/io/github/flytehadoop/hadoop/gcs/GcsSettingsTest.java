/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.gcs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.config.GCSConfig;
import io.github.flytehadoop.config.S3Config;
import io.github.flytehadoop.hadoop.overlay.Overlay;
import io.github.flytehadoop.hadoop.overlay.Profile;
import io.github.flytehadoop.testkit.Rule;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class GcsSettingsTest {
  @Test
  void theConnectorGetsWhatHadoopsDefaultsTakeFromIt() {
    assertThat(shared(c -> c, Map.of()).values())
        .containsEntry("fs.gs.impl", "com.google.cloud.hadoop.fs.gcs.GoogleHadoopFileSystem")
        .containsEntry(
            "fs.AbstractFileSystem.gs.impl", "com.google.cloud.hadoop.fs.gcs.GoogleHadoopFS")
        .containsEntry("fs.gs.block.size", "67108864");
  }

  @Test
  void withoutAKeyFileTheMachineDecides() {
    Overlay overlay = shared(c -> c, Map.of());
    assertThat(overlay.values()).containsEntry("fs.gs.auth.type", "APPLICATION_DEFAULT");
    assertThat(overlay.givesWayTo()).containsKey("fs.gs.auth.type");
  }

  @Test
  void aKeyFileDecides() {
    Overlay overlay = shared(c -> c.serviceAccountKeyFile("/k/sa.json"), Map.of());
    assertThat(overlay.values())
        .containsEntry("fs.gs.auth.type", "SERVICE_ACCOUNT_JSON_KEYFILE")
        .containsEntry("fs.gs.auth.service.account.json.keyfile", "/k/sa.json");
    assertThat(overlay.givesWayTo()).doesNotContainKey("fs.gs.auth.type");
  }

  @Rule("CFG-18")
  @Test
  void impersonationAndProject() {
    assertThat(
            shared(c -> c.impersonateServiceAccount("a@b.iam").projectId("p1"), Map.of()).values())
        .containsEntry("fs.gs.auth.impersonation.service.account", "a@b.iam")
        .containsEntry("fs.gs.project.id", "p1");
  }

  @Rule({"OPT-SO", "FAP-FS-3"})
  @ParameterizedTest
  @EnumSource(Profile.class)
  void anonymousUsesNoCredentialsWhateverIsConfigured(Profile profile) {
    DataConfig config =
        DataConfig.builder()
            .gcs(
                GCSConfig.builder()
                    .serviceAccountKeyFile("/k/sa.json")
                    .impersonateServiceAccount("a@b")
                    .build())
            .build();
    assertThat(GcsSettings.anonymous(config, Map.of(), profile).values())
        .containsEntry("fs.gs.auth.type", "UNAUTHENTICATED")
        .containsEntry("fs.gs.auth.impersonation.service.account", "")
        .doesNotContainKey("fs.gs.auth.service.account.json.keyfile");
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:4443, http://127.0.0.1:4443/, UNAUTHENTICATED",
    "http://127.0.0.1:4443/storage/v1/, http://127.0.0.1:4443/, UNAUTHENTICATED",
    "https://storage-x.p.googleapis.com, https://storage-x.p.googleapis.com/, APPLICATION_DEFAULT"
  })
  void anEndpoint(String endpoint, String root, String auth) {
    assertThat(shared(c -> c.endpoint(endpoint), Map.of()).values())
        .containsEntry("fs.gs.storage.root.url", root)
        .containsEntry("fs.gs.storage.service.path", "storage/v1/")
        .containsEntry("fs.gs.auth.type", auth);
  }

  @Test
  void theEmulatorVariableOfGooglesClientsCountsWithoutAnEndpoint() {
    Map<String, String> environment = Map.of("STORAGE_EMULATOR_HOST", "localhost:4443");
    assertThat(shared(c -> c, environment).values())
        .containsEntry("fs.gs.storage.root.url", "http://localhost:4443/")
        .containsEntry("fs.gs.operation.move.enable", "false");
    assertThat(shared(c -> c.endpoint("https://gcs.example.org"), environment).values())
        .containsEntry("fs.gs.storage.root.url", "https://gcs.example.org/")
        .doesNotContainKey("fs.gs.operation.move.enable");
  }

  @Rule("W-2")
  @Test
  void retriesCountWhenSomeoneAskedForThem() {
    DataConfig asked = DataConfig.builder().s3(S3Config.builder().retries(7).build()).build();
    assertThat(GcsSettings.withCredentials(asked, Map.of(), Profile.SHARED).values())
        .containsEntry("fs.gs.http.max.retry", "7");
    assertThat(shared(c -> c, Map.of()).values()).doesNotContainKey("fs.gs.http.max.retry");
  }

  @Test
  void theEngineProfileAddsItsTuning() {
    Overlay overlay = GcsSettings.withCredentials(DataConfig.defaults(), Map.of(), Profile.ENGINE);
    assertThat(overlay.values())
        .containsEntry("fs.gs.create.items.conflict.check.enable", "false")
        .containsEntry("fs.gs.status.parallel.enable", "false")
        .containsEntry("fs.gs.implicit.dir.repair.enable", "false")
        .containsEntry("fs.gs.checksum.type", "CRC32C")
        .containsEntry("fs.gs.http.read-timeout", "20s")
        .containsEntry("fs.gs.impl.disable.cache", "true");
    assertThat(shared(c -> c, Map.of()).values())
        .doesNotContainKeys("fs.gs.create.items.conflict.check.enable", "fs.gs.impl.disable.cache");
  }

  private static Overlay shared(
      UnaryOperator<GCSConfig.Builder> change, Map<String, String> environment) {
    DataConfig config = DataConfig.builder().gcs(change.apply(GCSConfig.builder()).build()).build();
    return GcsSettings.withCredentials(config, environment, Profile.SHARED);
  }
}
