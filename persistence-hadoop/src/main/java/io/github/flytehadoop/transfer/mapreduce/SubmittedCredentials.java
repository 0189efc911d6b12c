/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.mapreduce;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.Credentials;

/**
 * The credentials of jobs that this JVM has submitted. Hadoop's runner for tests starts a job's
 * tasks in this JVM before it gives the job its credentials, so that a task may see none. Those of
 * a cluster see their own.
 */
final class SubmittedCredentials {
  private static final Map<Path, Credentials> BY_STAGING = new ConcurrentHashMap<>();

  private SubmittedCredentials() {}

  static void keep(JobStaging staging, Credentials credentials) {
    BY_STAGING.put(staging.bins(), credentials);
  }

  static void forget(JobStaging staging) {
    BY_STAGING.remove(staging.bins());
  }

  /** What a task has to work with. */
  static Credentials ofTask(Path bins, Credentials seen) {
    return BY_STAGING.getOrDefault(bins, seen);
  }
}
