/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.mapreduce;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.Credentials;
import org.junit.jupiter.api.Test;

/** Hadoop's local runner starts tasks before their job has its credentials. */
class SubmittedCredentialsTest {
  private final JobStaging staging = new JobStaging(new Path("hdfs://nn/user/staging/one"));
  private final Credentials ofJob = new Credentials();
  private final Credentials seen = new Credentials();

  @Test
  void taskOfAJobOfThisJvmHasWhatWasSubmitted() {
    SubmittedCredentials.keep(staging, ofJob);
    try {
      Path asSent = new Path(staging.bins().toString());
      assertThat(SubmittedCredentials.ofTask(asSent, seen)).isSameAs(ofJob);
    } finally {
      SubmittedCredentials.forget(staging);
    }
    assertThat(SubmittedCredentials.ofTask(staging.bins(), seen)).isSameAs(seen);
  }

  @Test
  void taskOfAClusterHasWhatItSees() {
    assertThat(SubmittedCredentials.ofTask(new Path("hdfs://nn/other/bins"), seen)).isSameAs(seen);
  }
}
