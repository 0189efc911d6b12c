/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit;

import io.github.flytehadoop.testkit.s3.S3Endpoint;
import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/** What DistCp is told on its command line to reach the stores of a test. */
public final class DistCpSettings {
  private DistCpSettings() {}

  /** S3, and one process that runs all mappers, one after the other. */
  public static Map<String, String> inOneProcess(MiniHdfs hdfs, S3Endpoint s3) {
    Map<String, String> settings = s3(s3);
    settings.put("fs.defaultFS", hdfs.uri().toString());
    settings.put("mapreduce.framework.name", "local");
    settings.put("mapreduce.jobtracker.staging.root.dir", "/staging");
    settings.put("dfs.client.retry.window.base", "10");
    return settings;
  }

  /** S3, and containers of YARN. */
  public static Map<String, String> onYarn(YarnCluster yarn, S3Endpoint s3) {
    Map<String, String> settings = s3(s3);
    Configuration client = yarn.configuration();
    client.forEach(
        entry -> {
          String[] sources = client.getPropertySources(entry.getKey());
          if (sources != null && sources[0].equals("programmatically")) {
            settings.put(entry.getKey(), entry.getValue());
          }
        });
    return settings;
  }

  private static Map<String, String> s3(S3Endpoint s3) {
    Map<String, String> settings = new HashMap<>();
    settings.put("fs.s3a.endpoint", s3.uri().toString());
    settings.put("fs.s3a.endpoint.region", "us-east-1");
    settings.put("fs.s3a.path.style.access", "true");
    settings.put("fs.s3a.access.key", "tester");
    settings.put("fs.s3a.secret.key", TestSecrets.S3_SECRET_KEY);
    return settings;
  }
}
