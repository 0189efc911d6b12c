/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.mapreduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flytehadoop.testkit.Rule;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.Job;
import org.junit.jupiter.api.Test;

/** What a user's own configuration holds, and what of it a job shows. */
class JobSecretsTest {
  private static final String SECRET = "s3cret/of/the/user";
  private static final Map<String, String> KEYS =
      Map.of(
          "fs.s3a.secret.key", SECRET + 1,
          "fs.s3a.bucket.a.b.session.token", SECRET + 2,
          "fs.azure.account.key.acc.dfs.core.windows.net", SECRET + 3,
          "fs.gs.auth.client.secret", SECRET + 4,
          "fs.ftp.password.host", SECRET + 5,
          "my.own.password", SECRET + 6);

  private static Job job(String defaultFs) throws IOException {
    Configuration configuration = new Configuration(false);
    configuration.set("fs.defaultFS", defaultFs);
    configuration.set("fs.s3a.endpoint", "http://127.0.0.1:1");
    KEYS.forEach(configuration::set);
    return Job.getInstance(configuration);
  }

  private static String xml(Configuration configuration) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    configuration.writeXml(bytes);
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  @Rule("F83")
  void jobXmlHasNoSecretOfTheUser() throws IOException {
    Job job = job("hdfs://cluster");

    JobSecrets.hide(job);

    assertThat(xml(job.getConfiguration())).contains("fs.s3a.endpoint").doesNotContain(SECRET);
  }

  @Test
  @Rule("F83")
  void tasksGetTheSecretsBack() throws IOException {
    Job job = job("hdfs://cluster");
    JobSecrets.hide(job);
    Configuration ofTask = new Configuration(job.getConfiguration());

    JobSecrets.restore(job.getCredentials(), ofTask);

    KEYS.forEach((key, value) -> assertThat(ofTask.get(key)).as(key).isEqualTo(value));
  }

  /** Without them the cluster could not read the job. */
  @Test
  @Rule("F83")
  void keysOfTheStagingFileSystemStay() throws IOException {
    Job job = job("s3a://staging");

    JobSecrets.hide(job);

    assertThat(job.getConfiguration().get("fs.s3a.secret.key")).isEqualTo(SECRET + 1);
    assertThat(job.getConfiguration().get("my.own.password")).isNull();
  }

  @Test
  @Rule("F81")
  void bytesMakeNoOtherClassThanThoseOfPlans() throws IOException {
    byte[] foreign = JavaSerialization.bytes(InetAddress.getLoopbackAddress());
    TreeMap<String, Object> hidden = new TreeMap<>(Map.of("a", InetAddress.getLoopbackAddress()));

    assertThatThrownBy(() -> JavaSerialization.value(foreign, Object.class))
        .isInstanceOf(InvalidClassException.class);
    assertThatThrownBy(
            () -> JavaSerialization.value(JavaSerialization.bytes(hidden), TreeMap.class))
        .isInstanceOf(InvalidClassException.class);
  }
}
