/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark.submit;

import io.github.flytehadoop.spark.smoke.SmokeCheck;
import io.github.flytehadoop.testkit.AzureGate;
import io.github.flytehadoop.testkit.AzureServer;
import io.github.flytehadoop.testkit.GcsServer;
import io.github.flytehadoop.testkit.MiniHdfs;
import io.github.flytehadoop.testkit.S3Server;
import io.github.flytehadoop.testkit.TestSecrets;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The stores of this machine, as a Flyte task gets them: variables of the environment, and a prefix
 * in each.
 *
 * @param environment for the driver
 * @param roots a new one in each store
 */
record SmokeStores(Map<String, String> environment, List<String> roots) {
  /** HDFS and S3. */
  static SmokeStores two() throws IOException {
    Map<String, String> environment = new HashMap<>();
    S3Server s3 = S3Server.shared();
    environment.put("FLYTE_AWS_ENDPOINT", s3.uri().toString());
    environment.put("FLYTE_AWS_ACCESS_KEY_ID", s3.accessKey());
    environment.put("FLYTE_AWS_SECRET_ACCESS_KEY", s3.secretKey());
    List<String> roots = new ArrayList<>();
    roots.add("s3://" + s3.newBucket() + "/raw");
    roots.add(MiniHdfs.shared().newDirectory());
    return new SmokeStores(environment, roots);
  }

  /** And those of GCS and Azure that can run here, as the ABFS of a Spark's Hadoop speaks to it. */
  static SmokeStores all(SparkHome home) throws IOException {
    SmokeStores stores = two();
    Map<String, String> environment = stores.environment();
    if (isThere("gcs", GcsServer.whyUnavailable())) {
      environment.put("FLYTE_GCP_ENDPOINT", GcsServer.shared().uri().toString());
      environment.put("FLYTE_GCP_PROJECT_ID", "test");
      stores.roots().add("gs://" + GcsServer.shared().newBucket() + "/raw");
    }
    if (isThere("azure", AzureServer.whyUnavailable())) {
      environment.put("FLYTE_AZURE_ENDPOINT", azure(home).toString());
      environment.put("FLYTE_AZURE_STORAGE_ACCOUNT_NAME", AzureServer.ACCOUNT);
      environment.put("FLYTE_AZURE_STORAGE_ACCOUNT_KEY", TestSecrets.AZURE_ACCOUNT_KEY);
      stores.roots().add("abfs://" + AzureServer.shared().newContainer() + "/raw");
    }
    return stores;
  }

  private static URI azure(SparkHome home) throws IOException {
    return home.hadoop().startsWith("3.5.") ? AzureGate.blob().uri() : AzureGate.dfs().uri();
  }

  private static boolean isThere(String store, Optional<String> whyNot) {
    whyNot.ifPresent(
        reason -> {
          if (List.of(System.getenv().getOrDefault("FLYTE_REQUIRE_STORES", "").split(","))
              .contains(store)) {
            throw new IllegalStateException("the store " + store + " is required: " + reason);
          }
          System.out.println("Skipped: Spark on the store " + store + ": " + reason);
        });
    return whyNot.isEmpty();
  }

  /** What the application prints when everything held. */
  List<String> expectedLines() {
    List<String> lines = new ArrayList<>();
    for (SmokeCheck check : SmokeCheck.values()) {
      for (String root : roots) {
        lines.add("OK " + check + " " + root.substring(0, root.indexOf(':')));
      }
    }
    return lines;
  }
}
