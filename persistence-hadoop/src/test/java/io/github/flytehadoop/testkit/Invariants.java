/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.error.PathFailure;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.error.TransferSummary;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import io.github.flytehadoop.transfer.TransferReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * What holds after every transfer, whatever went wrong with it: no file is lost, nothing partial
 * has a final name, neither a pending upload nor a temporary file of ours is left, the report says
 * what is there, the exit code says what the report says, and nothing printed has a secret in it.
 */
public final class Invariants {
  private static final Predicate<String> TEMPORARY =
      name -> name.startsWith("._") || name.startsWith("_flyte") || name.startsWith("_temporary");

  private final Map<String, byte[]> sent;
  private final Map<String, byte[]> before = new HashMap<>();

  private Invariants(Map<String, byte[]> sent) {
    this.sent = Map.copyOf(sent);
  }

  /** Of a transfer of these files, by their names below the target. */
  public static Invariants ofSending(Map<String, byte[]> files) {
    return new Invariants(files);
  }

  /** The target had this file before: it stays until another takes its place. */
  public Invariants over(String name, byte[] content) {
    before.put(name, content);
    return this;
  }

  /** Looks at a prefix of a bucket. */
  public Findings in(S3Endpoint s3, String bucket, String prefix) {
    Map<String, byte[]> found = new TreeMap<>();
    for (String key : s3.keys(bucket)) {
      if (key.startsWith(prefix)) {
        found.put(key.substring(prefix.length()), s3.bytes(bucket, key));
      }
    }
    return new Findings(found, s3.pendingUploads(bucket));
  }

  /** Looks at a directory of the disk, which may be missing. */
  public Findings in(Path directory) throws IOException {
    Map<String, byte[]> found = new TreeMap<>();
    if (Files.exists(directory)) {
      try (Stream<Path> all = Files.walk(directory)) {
        for (Path file : all.filter(Files::isRegularFile).toList()) {
          found.put(directory.relativize(file).toString(), Files.readAllBytes(file));
        }
      }
    }
    return new Findings(found, List.of());
  }

  /** Looks at a directory of a Hadoop file system, which may be missing. */
  public Findings in(FileSystem fileSystem, String directory) throws IOException {
    org.apache.hadoop.fs.Path root = new org.apache.hadoop.fs.Path(directory);
    Map<String, byte[]> found = new TreeMap<>();
    if (fileSystem.exists(root)) {
      String below = fileSystem.getFileStatus(root).getPath().toUri().getPath() + "/";
      RemoteIterator<LocatedFileStatus> files = fileSystem.listFiles(root, true);
      while (files.hasNext()) {
        org.apache.hadoop.fs.Path file = files.next().getPath();
        try (InputStream in = fileSystem.open(file)) {
          found.put(file.toUri().getPath().substring(below.length()), in.readAllBytes());
        }
      }
    }
    return new Findings(found, List.of());
  }

  /** What a transfer left at its target. */
  public final class Findings {
    private final Map<String, byte[]> found;

    private Findings(Map<String, byte[]> found, List<String> pending) {
      this.found = found;
      assertThat(pending).as("pending uploads").isEmpty();
      assertThat(found.keySet())
          .as("temporary files")
          .noneMatch(path -> TEMPORARY.test(path.substring(path.lastIndexOf('/') + 1)));
      found.forEach(
          (name, content) ->
              assertThat(isNew(name) || Arrays.equals(content, before.get(name)))
                  .as("%s is whole, as it was or as it was sent (%s bytes)", name, content.length)
                  .isTrue());
      assertThat(found.keySet()).as("what was there").containsAll(before.keySet());
    }

    private boolean isNew(String name) {
      return sent.containsKey(name) && Arrays.equals(found.get(name), sent.get(name));
    }

    /** After a transfer that says it did everything. */
    public void afterSuccess(TransferReport report) {
      assertThat(sent.keySet()).as("what was sent").allMatch(this::isNew);
      assertThat(report.failures()).isEmpty();
      assertThat(report.files() + report.skipped()).isEqualTo(sent.size());
      noSecretIn(report.toString() + report.toJson());
    }

    /** After a transfer that says it failed, or did a part. */
    public void afterFailure(TransferException failure) {
      assertThat(failure).as("a failure").isNotNull();
      TransferSummary report = failure.report();
      List<String> absent = sent.keySet().stream().filter(name -> !isNew(name)).toList();
      if (report != null) {
        assertThat(report.files()).as("files reported").isEqualTo(sent.size() - absent.size());
        assertThat(failure.failures()).hasSize(absent.size());
        for (String name : absent) {
          assertThat(failure.failures())
              .as("the failure of %s", name)
              .anyMatch(known -> known.path().endsWith(name));
        }
      } else {
        assertThat(absent).as("nothing was done").hasSize(sent.size());
      }
      noSecretIn(said(failure));
    }

    /** After a run of the command line: its code and all that it printed. */
    public void afterRun(int exitCode, String printed) {
      long arrived = sent.keySet().stream().filter(this::isNew).count();
      if (exitCode == 0) {
        assertThat(arrived).isEqualTo(sent.size());
      } else if (exitCode == 3) {
        assertThat(arrived).isBetween(1L, sent.size() - 1L);
      } else if (exitCode == 1) {
        assertThat(arrived).isZero();
      } else {
        assertThat(exitCode).as("the exit code").isIn(2, 130, 143);
      }
      noSecretIn(printed);
    }
  }

  private static String said(TransferException failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    List<String> paths = new ArrayList<>();
    for (PathFailure each : failure.failures()) {
      paths.add(each.toString());
    }
    return text + " " + paths + " " + failure.report();
  }

  private static void noSecretIn(String text) {
    assertThat(SecretSearch.ofTests().in(text)).as("secrets printed").isEmpty();
  }
}
