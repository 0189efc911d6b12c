/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.mapreduce;

import io.github.flytehadoop.store.ConfigurationSecrets;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.security.Credentials;

/**
 * Secrets of the user's own configuration, such as keys in {@code core-site.xml}. They travel in
 * the job's credentials: {@code job.xml} lies in a directory of the cluster, in the local
 * directories of its nodes and in the job history.
 */
final class JobSecrets {
  private static final Text NAME = new Text("flyte.copy.secrets");

  private JobSecrets() {}

  /**
   * Moves every secret of the job's configuration into its credentials.
   *
   * <p>The keys of the file system that the job itself is staged on stay: the cluster reads the
   * job's files with them before any code of ours runs. HDFS has none.
   */
  static void hide(Job job) throws IOException {
    Configuration configuration = job.getConfiguration();
    String staged = "fs." + FileSystem.getDefaultUri(configuration).getScheme() + ".";
    TreeMap<String, String> secrets = new TreeMap<>();
    for (String key : ConfigurationSecrets.keys(configuration)) {
      String value = configuration.getRaw(key);
      if (value != null && !value.isEmpty() && !key.startsWith(staged)) {
        secrets.put(key, value);
        configuration.unset(key);
      }
    }
    job.getCredentials().addSecretKey(NAME, JavaSerialization.bytes(secrets));
  }

  /** Puts the secrets back, in a task. */
  static void restore(Credentials credentials, Configuration configuration) throws IOException {
    byte[] packed = credentials.getSecretKey(NAME);
    if (packed == null) {
      return;
    }
    TreeMap<?, ?> secrets = JavaSerialization.value(packed, TreeMap.class);
    for (Map.Entry<?, ?> secret : secrets.entrySet()) {
      configuration.set(String.valueOf(secret.getKey()), String.valueOf(secret.getValue()));
    }
  }
}
