/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.testkit.AzureServer;
import io.github.flytehadoop.testkit.GcsServer;
import io.github.flytehadoop.testkit.RequireStores;
import io.github.flytehadoop.testkit.ServerProcess;
import io.github.flytehadoop.testkit.TestSecrets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user of Azure, GCS and the file servers reads who has made one mistake. */
class CloudMessagesTest {
  private static final String WRONG_KEY =
      TestSecrets.remember("dHN0U2VjcmV0MTZXcm9uZ0F6dXJlS2V5TmV2ZXJQcmludEl0MTc=");

  @TempDir Path directory;
  private String file;

  @BeforeEach
  void aFile() throws java.io.IOException {
    file = Files.writeString(directory.resolve("file"), "content").toString();
  }

  private static String nowhere() {
    return "http://127.0.0.1:" + ServerProcess.freePort();
  }

  private static Map<String, String> azure(String endpoint, String key) {
    Map<String, String> environment = new HashMap<>(Outcome.ALONE);
    environment.put("FLYTE_AZURE_ENDPOINT", endpoint);
    environment.put("FLYTE_AZURE_STORAGE_ACCOUNT_NAME", AzureServer.ACCOUNT);
    environment.put("FLYTE_AZURE_STORAGE_ACCOUNT_KEY", key);
    environment.put("FLYTE_AWS_RETRIES", "0");
    return environment;
  }

  private static Map<String, String> gcs(String endpoint) {
    Map<String, String> environment = new HashMap<>(Outcome.ALONE);
    environment.put("FLYTE_GCP_ENDPOINT", endpoint);
    environment.put("FLYTE_AWS_RETRIES", "0");
    return environment;
  }

  private static String failed(Map<String, String> environment, String... args) {
    Outcome outcome = Outcome.of(environment, args);
    assertThat(outcome.code()).as(outcome.out() + outcome.err()).isEqualTo(1);
    return args[0].equals("doctor") ? theOneFault(outcome.out()) : outcome.err().strip();
  }

  private static String theOneFault(String findings) {
    List<String> faults = findings.lines().filter(line -> line.startsWith("failed")).toList();
    assertThat(faults).as(findings).hasSize(1);
    return faults.get(0);
  }

  @Test
  @RequireStores("azure")
  void azure() {
    AzureServer server = AzureServer.shared();
    String uri = "abfs://" + server.newContainer();
    String key = TestSecrets.AZURE_ACCOUNT_KEY;
    Map<String, String> right = azure(server.uri().toString(), key);
    Map<String, String> wrong = azure(server.uri().toString(), WRONG_KEY);
    assertThat(failed(wrong, "doctor", uri)).contains("does not accept SharedKey for flytetest1");
    assertThat(failed(right, "doctor", "abfs://nobody/d"))
        .contains("abfs://nobody does not exist")
        .contains("Fix: Correct its name");
    assertThat(failed(azure(nowhere(), key), "doctor", uri))
        .contains("nothing listens at http://127.0.0.1")
        .contains("FLYTE_AZURE_ENDPOINT");
    assertThat(failed(wrong, "put", file, uri + "/x"))
        .contains("Set the credentials of " + uri)
        .doesNotContain("rId");
    assertThat(failed(right, "get", uri + "/none", file + "2"))
        .contains("The specified blob does not exist (404). Check the key");
  }

  @Test
  @RequireStores("gcs")
  void gcs() {
    GcsServer server = GcsServer.shared();
    Map<String, String> right = gcs(server.uri().toString());
    String uri = "gs://" + server.newBucket();
    assertThat(failed(right, "doctor", "gs://nobody/d"))
        .contains("gs://nobody does not exist")
        .contains("Fix: Correct its name");
    assertThat(failed(gcs(nowhere()), "doctor", uri))
        .contains("nothing listens at http://127.0.0.1");
    assertThat(failed(right, "ls", "gs://nobody/")).contains("the bucket does not exist");
    assertThat(failed(right, "stat", "gs://nobody/")).contains("the bucket does not exist");
    assertThat(Outcome.of(right, "ls", uri + "/")).isEqualTo(new Outcome(0, "", ""));
    assertThat(failed(right, "get", uri + "/none", file + "2")).contains("is not there");
  }

  @Test
  void serversThatAreNotThere() {
    String web = nowhere() + "/file";
    assertThat(failed(Outcome.ALONE, "get", web, file + "2"))
        .contains("nobody answers at 127.0.0.1:")
        .contains("Check that the endpoint of http://127.0.0.1:");
    assertThat(failed(Outcome.ALONE, "get", "http://no-such-host.invalid/file", file + "2"))
        .contains("no host has the name of no-such-host.invalid");
    assertThat(failed(Outcome.ALONE, "get", "sftp://127.0.0.1:9/file", file + "2"))
        .contains("Set fs.sftp.user.HOST, and fs.sftp.password.HOST.USER or fs.sftp.keyfile");
  }
}
