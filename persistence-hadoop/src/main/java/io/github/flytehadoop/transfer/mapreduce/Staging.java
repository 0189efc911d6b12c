/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.mapreduce;

import io.github.flytehadoop.store.Temporary;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.mapreduce.JobID;
import org.apache.hadoop.security.UserGroupInformation;
import org.jspecify.annotations.Nullable;

/**
 * What one job keeps on the cluster, below a directory of its user. Its name says of which run it
 * is, so that a later run of the same name finds it when the driver died.
 */
record Staging(Path directory) {
  private static final String OF_USER = "/tmp/flyte-copy-";
  private static final FsPermission PRIVATE = new FsPermission("700");

  /** A new one: a name may be used by several runs. */
  static Staging create(FileSystem cluster, String jobId, List<String> roots) throws IOException {
    Path directory = new Path(OF_USER + user(), prefix(jobId, roots) + UUID.randomUUID());
    Staging staging = new Staging(cluster.makeQualified(directory));
    cluster.mkdirs(staging.directory(), PRIVATE);
    return staging;
  }

  private static String prefix(String jobId, List<String> roots) {
    return jobId + "-" + Temporary.tagOf("", roots);
  }

  private static String user() throws IOException {
    return UserGroupInformation.getCurrentUser().getShortUserName();
  }

  /** Those that earlier runs of this user between the same places have left. */
  static List<Staging> left(FileSystem cluster, String jobId, List<String> roots)
      throws IOException {
    List<Staging> left = new ArrayList<>();
    try {
      Path all = cluster.makeQualified(new Path(OF_USER + user()));
      for (FileStatus entry : cluster.listStatus(all)) {
        boolean same = entry.getPath().getName().startsWith(prefix(jobId, roots));
        // whoever may write to /tmp can make a directory there: its receipts are not ours
        if (same && entry.getOwner().equals(user())) {
          left.add(new Staging(entry.getPath()));
        }
      }
    } catch (FileNotFoundException none) {
      return List.of();
    }
    return left;
  }

  Path bins() {
    return new Path(directory, "bins");
  }

  Path receipts() {
    return new Path(directory, "receipts");
  }

  private Path job() {
    return new Path(directory, "job");
  }

  /** Notes which job works on it. */
  void submitted(FileSystem cluster, JobID job) throws IOException {
    try (DataOutputStream out = cluster.create(job(), true)) {
      out.writeUTF(job.toString());
    }
  }

  /** The job, or null when none was submitted. */
  @Nullable JobID job(FileSystem cluster) throws IOException {
    try (DataInputStream in = cluster.open(job())) {
      return JobID.forName(in.readUTF());
    } catch (FileNotFoundException | java.io.EOFException none) {
      return null;
    }
  }

  void remove(FileSystem cluster) throws IOException {
    cluster.delete(directory, true);
  }
}
