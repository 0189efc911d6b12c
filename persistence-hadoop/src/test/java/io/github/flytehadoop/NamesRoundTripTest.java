/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.PathFailure;
import io.github.flytehadoop.error.UploadException;
import io.github.flytehadoop.testkit.MiniHdfs;
import io.github.flytehadoop.testkit.Providers;
import io.github.flytehadoop.testkit.RequireStores;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.S3Server;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import io.github.flytehadoop.transfer.BlobDimensionality;
import io.github.flytehadoop.transfer.TransferReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trees of awkward names go to every store and come back with the same names and bytes. */
@Rule({
  "FAP-GD-1",
  "FAP-PD-1",
  "W-22",
  "B16",
  "B17",
  "B18",
  "B19",
  "B20",
  "B22",
  "B23",
  "B24",
  "B26",
  "B27",
  "B31"
})
@Tag("slow")
class NamesRoundTripTest {
  private static final List<String> NAMES =
      List.of(
          "a b",
          " leading",
          "trailing ",
          "a%b",
          "a%2Fb",
          "a%zz",
          "a+b",
          "a#b",
          "a?b=c&d",
          "a:b",
          "2024-01-01T00:00:00",
          "a[b]",
          "{a,b}",
          "a*b",
          "a'b",
          "a\"b",
          "a\\b",
          "a$b`c;d",
          "a<b>&c",
          "caf\u00e9",
          "cafe\u0301",
          "\u65e5\u672c",
          "\ud83d\ude80",
          ".hidden",
          "_under",
          "_SUCCESS",
          ".name.crc",
          "...",
          "a\nb",
          "a\tb",
          "n".repeat(255),
          "\u00e9".repeat(127));

  @TempDir Path temp;
  private final Map<String, String> expected = new TreeMap<>();

  @BeforeEach
  void makeTree() throws IOException {
    Path in = temp.resolve("in");
    for (String name : NAMES) {
      for (String path : List.of("files/" + name, "dirs/" + name + "/inner " + name.length())) {
        Path file = in.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "content of " + path);
        expected.put(path, "content of " + path);
      }
    }
  }

  private static Map<String, String> read(Path root) throws IOException {
    Map<String, String> found = new TreeMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        found.put(root.relativize(file).toString(), Files.readString(file, StandardCharsets.UTF_8));
      }
    }
    return found;
  }

  /** What the store cannot hold is reported by name, and everything else arrives. */
  private void roundTrip(FileAccessProvider provider, Predicate<String> impossible)
      throws IOException {
    String target = provider.rawOutputPrefix() + "tree";
    List<String> refused = expected.keySet().stream().filter(impossible).toList();
    if (refused.isEmpty()) {
      TransferReport report =
          provider.putData(temp.resolve("in"), target, BlobDimensionality.MULTIPART);
      assertThat(report.files()).isEqualTo(expected.size());
    } else {
      UploadException failure =
          catchThrowableOfType(
              UploadException.class,
              () -> provider.putData(temp.resolve("in"), target, BlobDimensionality.MULTIPART));
      assertThat(failure.kind()).isEqualTo(FailureKind.UNSUPPORTED);
      assertThat(failure.failures()).extracting(PathFailure::kind).containsOnly(failure.kind());
      assertThat(failure.failures())
          .extracting(PathFailure::path)
          .containsExactlyInAnyOrderElementsOf(
              refused.stream().map(path -> temp.resolve("in") + "/" + path).toList());
      assertThat(failure.report().files()).isEqualTo(expected.size() - refused.size());
      expected.keySet().removeAll(refused);
    }
    provider.getData(target, temp.resolve("out"), BlobDimensionality.MULTIPART);
    assertThat(read(temp.resolve("out"))).isEqualTo(expected);
  }

  @Test
  void onTheLocalDisk() throws Exception {
    try (FileAccessProvider provider =
        Providers.onDisk(temp.resolve("raw"), temp.resolve("sandbox")).build()) {
      roundTrip(provider, path -> false);
    }
  }

  @Test
  void onTheScriptedEndpoint() throws Exception {
    try (S3Endpoint s3 = S3Endpoint.start()) {
      s3.createBucket("b");
      try (FileAccessProvider provider = Providers.on(s3, "b", temp.resolve("sandbox")).build()) {
        roundTrip(provider, path -> false);
      }
      assertThat(s3.keys("b"))
          .containsExactlyInAnyOrderElementsOf(
              expected.keySet().stream().map("raw/tree/"::concat).toList());
    }
  }

  @Test
  @RequireStores("s3")
  void onS3Proxy() throws Exception {
    S3Server s3 = S3Server.shared();
    try (FileAccessProvider provider =
        Providers.on(s3, s3.newBucket(), temp.resolve("sandbox")).build()) {
      roundTrip(provider, path -> false);
    }
  }

  @Test
  @RequireStores("hdfs")
  void onHdfsWhichHasNoColons() throws Exception {
    MiniHdfs hdfs = MiniHdfs.shared();
    try (FileAccessProvider provider =
        Providers.on(hdfs, hdfs.newDirectory(), temp.resolve("sandbox")).build()) {
      roundTrip(provider, path -> path.contains(":"));
    }
  }
}
