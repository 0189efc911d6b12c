/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.mapreduce;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.store.ReservedNames;
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
import org.apache.hadoop.fs.permission.FsAction;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.mapreduce.JobID;
import org.apache.hadoop.security.UserGroupInformation;
import org.jspecify.annotations.Nullable;

/**
 * What one job keeps on the cluster, in the staging directory that YARN has for its user. Its name
 * says of which run it is, so that a later run of the same name finds it when the driver died.
 *
 * <p>Only directories that belong to the user, and that nobody else may write to, are used or read:
 * what others put there would become receipts of this copy.
 */
record JobStaging(Path directory) {
  private static final String ALL_USERS = "yarn.app.mapreduce.am.staging-dir";
  private static final String ALL_USERS_DEFAULT = "/tmp/hadoop-yarn/staging";
  private static final FsPermission PRIVATE = new FsPermission("700");
  private static final FsPermission EVERYBODYS = new FsPermission("1777");

  /** A new one: a name may be used by several runs. */
  static JobStaging create(FileSystem cluster, String jobId, List<String> roots)
      throws IOException {
    Path root = root(cluster);
    if (!cluster.exists(root)) {
      cluster.mkdirs(root);
      cluster.setPermission(root, EVERYBODYS); // as an administrator would: other users follow
    }
    Path ofUser = new Path(root, user());
    requireOwn(cluster, ofUser, FsAction.READ_EXECUTE);
    requireOwn(cluster, new Path(ofUser, ".staging"), FsAction.READ_EXECUTE);
    requireOwn(cluster, copies(cluster), FsAction.NONE);
    Path directory = new Path(copies(cluster), prefix(jobId, roots) + UUID.randomUUID());
    requireOwn(cluster, directory, FsAction.NONE);
    return new JobStaging(cluster.makeQualified(directory));
  }

  private static Path root(FileSystem cluster) {
    return new Path(cluster.getConf().getTrimmed(ALL_USERS, ALL_USERS_DEFAULT));
  }

  private static Path copies(FileSystem cluster) throws IOException {
    return new Path(root(cluster), user() + "/.staging/flyte-copy");
  }

  /** Makes a directory where there is none; refuses one that is not the user's alone. */
  private static void requireOwn(FileSystem cluster, Path directory, FsAction others)
      throws IOException {
    if (!cluster.exists(directory)) {
      cluster.mkdirs(directory, PRIVATE);
    }
    FileStatus there = cluster.getFileStatus(directory);
    if (!isOwn(there, others)) {
      throw Problem.cannot("stage the job in", cluster.makeQualified(directory))
          .because(
              "it belongs to "
                  + there.getOwner()
                  + " with the mode "
                  + there.getPermission()
                  + ", so somebody else could write to it")
          .remedy("Remove it, make it yours with the mode 700, or set " + ALL_USERS + ".")
          .kind(FailureKind.ACCESS_DENIED)
          .exception();
    }
  }

  private static boolean isOwn(FileStatus there, FsAction others) throws IOException {
    FsPermission mode = there.getPermission();
    return there.isDirectory()
        && there.getOwner().equals(user())
        && others.implies(mode.getGroupAction())
        && others.implies(mode.getOtherAction());
  }

  private static String prefix(String jobId, List<String> roots) {
    return jobId + "-" + ReservedNames.tagOf("", roots);
  }

  private static String user() throws IOException {
    return UserGroupInformation.getCurrentUser().getShortUserName();
  }

  /** Those that earlier runs of this user between the same places have left. */
  static List<JobStaging> left(FileSystem cluster, String jobId, List<String> roots)
      throws IOException {
    List<JobStaging> left = new ArrayList<>();
    try {
      for (FileStatus entry : cluster.listStatus(cluster.makeQualified(copies(cluster)))) {
        boolean same = entry.getPath().getName().startsWith(prefix(jobId, roots));
        if (same && isOwn(entry, FsAction.NONE)) {
          left.add(new JobStaging(entry.getPath()));
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
