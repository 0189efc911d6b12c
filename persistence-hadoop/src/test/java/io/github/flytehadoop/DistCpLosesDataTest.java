/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.testkit.DistCpSettings;
import io.github.flytehadoop.testkit.JavaProgram;
import io.github.flytehadoop.testkit.MiniHdfs;
import io.github.flytehadoop.testkit.RequireStores;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.TestSecrets;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import java.io.OutputStream;
import java.util.Map;
import java.util.Random;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.hdfs.DFSTestUtil;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.hdfs.protocol.ExtendedBlock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Three ways in which DistCp 3.5.0 loses data, from HDFS to S3, each beside what {@code flyte-data
 * cp} does on the same files: it fails and leaves the target as it was.
 */
@RequireStores("mapreduce")
@Tag("cluster")
class DistCpLosesDataTest {
  private static final int BLOCK = 65536;
  private static final byte[] OLD =
      "a good old object".getBytes(java.nio.charset.StandardCharsets.UTF_8);

  private final MiniHdfs hdfs = MiniHdfs.start(1);
  private final S3Endpoint s3 = S3Endpoint.start();
  private FileSystem fileSystem;
  private String source;

  @BeforeEach
  void start() throws Exception {
    s3.createBucket("bucket");
    fileSystem = hdfs.newFileSystem();
    source = hdfs.newDirectory();
    fileSystem.mkdirs(new Path("/staging"));
    fileSystem.setPermission(new Path("/staging"), new FsPermission("1777"));
  }

  @AfterEach
  void stop() throws Exception {
    fileSystem.close();
    s3.close();
    hdfs.close();
  }

  private JavaProgram distCp(String user, String... words) throws Exception {
    return JavaProgram.distCp(
        Map.of("HADOOP_USER_NAME", user), DistCpSettings.inOneProcess(hdfs, s3), words);
  }

  private JavaProgram flyteData(String user, String... words) throws Exception {
    return JavaProgram.flyteData(
        Map.of(
            "HADOOP_USER_NAME",
            user,
            "FLYTE_AWS_ENDPOINT",
            s3.uri().toString(),
            "FLYTE_AWS_ACCESS_KEY_ID",
            "tester",
            "FLYTE_AWS_SECRET_ACCESS_KEY",
            TestSecrets.S3_SECRET_KEY),
        words);
  }

  private byte[] write(String path, int length) throws Exception {
    byte[] content = new byte[length];
    new Random(length).nextBytes(content);
    try (OutputStream out =
        fileSystem.create(new Path(path), true, 4096, (short) 1, (long) BLOCK)) {
      out.write(content);
    }
    return content;
  }

  /** Spoils the only replica of the fifth block, so that four blocks can be read. */
  private void spoil(String path) throws Exception {
    MiniDFSCluster cluster = hdfs.cluster();
    ExtendedBlock block = DFSTestUtil.getAllBlocks(fileSystem, new Path(path)).get(4).getBlock();
    assertThat(cluster.corruptBlockOnDataNodes(block)).isEqualTo(1);
  }

  @Test
  @Rule("F56")
  void distCpDirectReplacesAGoodObjectByATruncatedOneAndSaysItSucceeded() throws Exception {
    String file = source + "/file";
    byte[] content = write(file, 500_000);
    spoil(file);
    s3.putDirectly("bucket", "copy/file", OLD);

    JavaProgram theirs = distCp("root", "-direct", "-overwrite", "-i", source, "s3a://bucket/copy");
    byte[] left = s3.bytes("bucket", "copy/file");
    s3.putDirectly("bucket", "copy/file", OLD);
    JavaProgram ours = flyteData("root", "cp", "-r", "--overwrite", source, "s3://bucket/copy");

    assertThat(theirs.exitCode()).as(theirs.output()).isZero();
    assertThat(left).as("truncated").hasSize(4 * BLOCK).isNotEqualTo(content);
    assertThat(ours.exitCode()).as(ours.output()).isEqualTo(1);
    assertThat(s3.bytes("bucket", "copy/file")).isEqualTo(OLD);
    assertThat(s3.pendingUploads("bucket")).isEmpty();
  }

  @Test
  void distCpLeavesOutADirectoryThatItCannotListAndSaysItSucceeded() throws Exception {
    makeTreeWithAPrivateDirectory();

    JavaProgram theirs = distCp("alice", "-direct", source, "s3a://bucket/theirs");
    JavaProgram ours = flyteData("alice", "cp", "-r", source, "s3://bucket/ours");

    assertThat(theirs.exitCode()).as(theirs.output()).isZero();
    assertThat(s3.keys("bucket"))
        .contains("theirs/public/file")
        .noneMatch(key -> key.startsWith("theirs/private/f"));
    assertThat(ours.exitCode()).as(ours.output()).isEqualTo(1);
    assertThat(ours.output()).contains("/private").contains("ermission");
    assertThat(s3.keys("bucket")).noneMatch(key -> key.startsWith("ours"));
  }

  @Test
  void distCpDeletesTheCopiesOfADirectoryThatItCannotListAndSaysItSucceeded() throws Exception {
    makeTreeWithAPrivateDirectory();
    for (String root : new String[] {"theirs", "ours"}) {
      for (int i = 0; i < 3; i++) {
        s3.putDirectly("bucket", root + "/private/file" + i, OLD);
      }
    }

    JavaProgram theirs =
        distCp("alice", "-direct", "-update", "-delete", source, "s3a://bucket/theirs");
    JavaProgram ours =
        flyteData(
            "alice",
            "cp",
            "-r",
            "--skip-identical",
            "--delete-extra",
            "100",
            source,
            "s3://bucket/ours");

    assertThat(theirs.exitCode()).as(theirs.output()).isZero();
    assertThat(s3.keys("bucket")).noneMatch(key -> key.startsWith("theirs/private/f"));
    assertThat(ours.exitCode()).as(ours.output()).isEqualTo(1);
    assertThat(s3.keys("bucket"))
        .contains("ours/private/file0", "ours/private/file1", "ours/private/file2");
  }

  private void makeTreeWithAPrivateDirectory() throws Exception {
    write(source + "/public/file", 1000);
    for (int i = 0; i < 3; i++) {
      write(source + "/private/file" + i, OLD.length);
    }
    fileSystem.setPermission(new Path(source + "/private"), new FsPermission("700"));
  }
}
