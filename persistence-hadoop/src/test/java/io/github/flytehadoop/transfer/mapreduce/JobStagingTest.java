/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.mapreduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.testkit.MiniHdfs;
import io.github.flytehadoop.testkit.Rule;
import java.io.IOException;
import java.security.PrivilegedExceptionAction;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.security.UserGroupInformation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Users of one cluster, whose {@code /tmp} is everybody's. */
class JobStagingTest {
  private static final List<String> ROOTS = List.of("hdfs://here/from", "s3://bucket/to");
  private static final Path ROOT = new Path("/tmp/hadoop-yarn/staging");
  private static final FsPermission EVERYBODYS = new FsPermission("1777");

  private final MiniHdfs hdfs = MiniHdfs.shared();

  private interface Work<T> {
    T with(FileSystem cluster) throws IOException;
  }

  private <T> T as(String user, Work<T> work) throws Exception {
    return UserGroupInformation.createRemoteUser(user)
        .doAs(
            (PrivilegedExceptionAction<T>)
                () -> {
                  try (FileSystem cluster =
                      FileSystem.newInstance(hdfs.uri(), hdfs.configuration())) {
                    return work.with(cluster);
                  }
                });
  }

  private List<JobStaging> left(String user, String jobId) throws Exception {
    return as(user, cluster -> JobStaging.left(cluster, jobId, ROOTS));
  }

  @BeforeEach
  void makeTmp() throws Exception {
    try (FileSystem root = FileSystem.newInstance(hdfs.uri(), hdfs.configuration())) {
      root.mkdirs(new Path("/tmp"));
      root.setPermission(new Path("/tmp"), EVERYBODYS);
      root.mkdirs(ROOT);
      root.setPermission(ROOT, EVERYBODYS);
    }
  }

  @Test
  void usersDoNotShareADirectory() throws Exception {
    JobStaging first = as("first", cluster -> JobStaging.create(cluster, "job", ROOTS));
    JobStaging second = as("second", cluster -> JobStaging.create(cluster, "job", ROOTS));

    assertThat(left("first", "job")).containsExactly(first);
    assertThat(left("second", "job")).containsExactly(second);
    assertThat(left("second", "other")).isEmpty();
  }

  @Test
  void stagingDirectoryOfAnotherUserIsNotTrusted() throws Exception {
    JobStaging own = as("third", cluster -> JobStaging.create(cluster, "job", ROOTS));
    try (FileSystem root = FileSystem.newInstance(hdfs.uri(), hdfs.configuration())) {
      Path run = new Path(own.directory().toUri().getPath());
      for (Path above = run.getParent(); !above.equals(ROOT); above = above.getParent()) {
        root.setPermission(above, EVERYBODYS);
      }
    }
    Path forged = own.directory().suffix("0");
    as("fourth", cluster -> cluster.mkdirs(forged));

    assertThat(left("third", "job")).containsExactly(own);
  }

  @Test
  @Rule("F81")
  void aDirectoryOfSomebodyElseIsRefused() throws Exception {
    Path theirs = new Path(ROOT, "fifth");
    as("somebody", cluster -> cluster.mkdirs(theirs));

    assertThatThrownBy(() -> as("fifth", cluster -> JobStaging.create(cluster, "job", ROOTS)))
        .hasMessageContaining("belongs to somebody")
        .hasMessageContaining("yarn.app.mapreduce.am.staging-dir");
    assertThat(left("fifth", "job")).isEmpty();
  }

  @Test
  @Rule("F81")
  void aDirectoryThatOthersMayWriteToIsRefused() throws Exception {
    Path ours = new Path(ROOT, "sixth/.staging/flyte-copy");
    as("sixth", cluster -> cluster.mkdirs(ours));
    as("sixth", cluster -> set(cluster, ours, EVERYBODYS));

    assertThatThrownBy(() -> as("sixth", cluster -> JobStaging.create(cluster, "job", ROOTS)))
        .isInstanceOfSatisfying(
            TransferException.class,
            e -> assertThat(e.kind()).isEqualTo(FailureKind.ACCESS_DENIED));
  }

  @Test
  @Rule("F81")
  void receiptsOfAnOpenDirectoryAreNotBelieved() throws Exception {
    JobStaging own = as("seventh", cluster -> JobStaging.create(cluster, "job", ROOTS));
    as("seventh", cluster -> set(cluster, own.directory(), EVERYBODYS));

    assertThat(left("seventh", "job")).isEmpty();
  }

  private static boolean set(FileSystem cluster, Path directory, FsPermission mode)
      throws IOException {
    cluster.setPermission(directory, mode);
    return true;
  }
}
