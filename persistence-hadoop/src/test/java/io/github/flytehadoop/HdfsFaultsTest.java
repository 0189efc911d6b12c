/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.testkit.FaultyFileSystem;
import io.github.flytehadoop.testkit.FaultyFileSystem.Step;
import io.github.flytehadoop.testkit.Invariants;
import io.github.flytehadoop.testkit.MiniHdfs;
import io.github.flytehadoop.testkit.Providers;
import io.github.flytehadoop.testkit.RequireStores;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.transfer.BlobDimensionality;
import io.github.flytehadoop.transfer.RawData;
import io.github.flytehadoop.transfer.TransferLimits;
import io.github.flytehadoop.transfer.TransferReport;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Faults of HDFS at every step: over them when they pass, nothing left when they stay. */
@RequireStores("hdfs")
@Tag("slow")
class HdfsFaultsTest {
  private static final int PART = 5 << 20;
  private static final int LENGTH = 2 * PART + 12345;

  @TempDir Path temp;
  private final MiniHdfs hdfs = MiniHdfs.shared();
  private final AtomicInteger fired = new AtomicInteger();
  private FileAccessProvider provider;
  private String root;
  private byte[] content;

  @BeforeEach
  void start() throws Exception {
    Configuration conf = hdfs.configuration();
    conf.setClass("fs.hdfs.impl", FaultyFileSystem.class, FileSystem.class);
    root = hdfs.newDirectory();
    provider =
        Providers.on(hdfs, root, temp.resolve("sandbox"))
            .hadoopConfiguration(conf)
            .transferLimits(TransferLimits.defaults().withPartSizeBytes(PART).withAttempts(2))
            .build();
    content = new byte[LENGTH];
    new Random(1).nextBytes(content);
    Files.write(Files.createDirectories(temp.resolve("in")).resolve("f"), content);
  }

  @AfterEach
  void stop() {
    FaultyFileSystem.heal();
    provider.close();
  }

  /** So many times, in the middle of the file where there is a middle. */
  private void failing(Step wanted, int times) {
    FaultyFileSystem.script(
        (step, path, position) -> {
          boolean middle = position > LENGTH / 2 || (step != Step.READ && step != Step.WRITE);
          boolean ours = path.toString().contains("/test/") && !path.toString().endsWith("/d");
          if (step == wanted && middle && ours && fired.getAndIncrement() < times) {
            throw new IOException("on purpose at " + step);
          }
        });
  }

  private Invariants sent() {
    return Invariants.ofSending(Map.of("f", content));
  }

  private List<String> found() throws IOException {
    List<String> names = new ArrayList<>();
    try (FileSystem plain = hdfs.newFileSystem()) {
      var all = plain.listFiles(new org.apache.hadoop.fs.Path(root), true);
      while (all.hasNext()) {
        names.add(all.next().getPath().getName());
      }
    }
    return names;
  }

  private byte[] stored(String path) throws IOException {
    try (FileSystem plain = hdfs.newFileSystem();
        var in = plain.open(new org.apache.hadoop.fs.Path(path))) {
      return in.readAllBytes();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Step.class,
      names = {"CREATE", "WRITE", "CLOSE", "STATUS", "RENAME"})
  @Rule({"W-7", "W-24"})
  void aPassingFaultDoesNotTouchAnUpload(Step step) throws Exception {
    failing(step, 1);
    TransferReport report =
        provider.putData(temp.resolve("in"), root + "/d", BlobDimensionality.MULTIPART);
    assertThat(fired).hasPositiveValue();
    assertThat(report.notes()).containsExactly("1 files took more than one try.");
    FaultyFileSystem.heal();
    try (FileSystem plain = hdfs.newFileSystem()) {
      sent().in(plain, root + "/d").afterSuccess(report);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Step.class,
      names = {"CREATE", "WRITE", "CLOSE", "STATUS", "RENAME"})
  @Rule({"W-24", "W-34"})
  void aLastingFaultLeavesNothingOfAnUpload(Step step) throws Exception {
    failing(step, Integer.MAX_VALUE);
    TransferException failure =
        catchThrowableOfType(
            TransferException.class,
            () -> provider.putData(temp.resolve("in"), root + "/d", BlobDimensionality.MULTIPART));
    check(failure, step);
    assertThat(found()).isEmpty();
    try (FileSystem plain = hdfs.newFileSystem()) {
      sent().in(plain, root + "/d").afterFailure(failure);
    }
    fired.set(0);
    failure =
        catchThrowableOfType(
            TransferException.class,
            () -> provider.putRawData(RawData.stream(new ByteArrayInputStream(content))));
    check(failure, step);
    assertThat(found()).isEmpty();
  }

  @Test
  @Rule("F34")
  void aRenameWhoseAnswerIsLostHappened() throws Exception {
    failing(Step.RENAMED, Integer.MAX_VALUE);
    TransferReport report = provider.putRawData(RawData.stream(new ByteArrayInputStream(content)));
    assertThat(fired).hasValue(1);
    assertThat(stored(report.uri())).isEqualTo(content);
    assertThat(found()).hasSize(1);
  }

  private static void check(TransferException failure, Step step) {
    assertThat(failure).isNotNull();
    assertThat(failure.kind()).as(failure.toString()).isEqualTo(FailureKind.NETWORK);
    assertThat(failure.getMessage())
        .hasLineCount(1)
        .contains("on purpose at " + step)
        .doesNotContain("Exception");
  }

  @Test
  @Rule({"W-24", "F38"})
  void oldFileStaysWhenItsReplacementFails() throws Exception {
    provider.putData(temp.resolve("in/f"), root + "/kept");
    Files.write(temp.resolve("in/f"), new byte[LENGTH]);
    failing(Step.WRITE, Integer.MAX_VALUE);
    TransferException failure =
        catchThrowableOfType(
            TransferException.class, () -> provider.putData(temp.resolve("in/f"), root + "/kept"));
    check(failure, Step.WRITE);
    assertThat(found()).containsExactly("kept");
    assertThat(stored(root + "/kept")).isEqualTo(content);
  }

  @ParameterizedTest
  @EnumSource(
      value = Step.class,
      names = {"OPEN", "READ"})
  @Rule({"W-7", "W-24", "F03"})
  void downloads(Step step) throws Exception {
    provider.putData(temp.resolve("in"), root + "/d", BlobDimensionality.MULTIPART);
    failing(step, 1);
    provider.getData(root + "/d", temp.resolve("out"), BlobDimensionality.MULTIPART);
    assertThat(fired).hasPositiveValue();
    assertThat(temp.resolve("out/f")).hasBinaryContent(content);

    fired.set(0);
    failing(step, Integer.MAX_VALUE);
    TransferException failure =
        catchThrowableOfType(
            TransferException.class,
            () ->
                provider.getData(root + "/d", temp.resolve("lost"), BlobDimensionality.MULTIPART));
    check(failure, step);
    try (Stream<Path> left = Files.walk(temp.resolve("lost"))) {
      assertThat(left.filter(Files::isRegularFile)).isEmpty();
    }
  }
}
