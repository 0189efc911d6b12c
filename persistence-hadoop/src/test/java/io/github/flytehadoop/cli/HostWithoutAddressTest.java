/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.testkit.MiniHdfs;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.TestDirectories;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A machine whose own name resolves to nothing, as in many containers. */
@Timeout(120)
@Rule("B93")
@Tag("slow")
class HostWithoutAddressTest {
  private final MiniHdfs hdfs = MiniHdfs.shared();

  @Test
  void nothingIsSaidOfIt() throws Exception {
    Path directory = TestDirectories.create("nohost");
    Path hosts = Files.writeString(directory.resolve("hosts"), "127.0.0.1 localhost\n");
    Path file = Files.writeString(directory.resolve("file"), "x");
    List<String> options = new ArrayList<>(List.of("-Djdk.net.hosts.file=" + hosts));
    Path logging = TestDirectories.target().resolve("../../conf/log4j2.properties").normalize();
    options.add("-Dlog4j2.configurationFile=" + logging);
    try (S3Endpoint s3 = S3Endpoint.start()) {
      s3.createBucket("b");
      String onHdfs = hdfs.newDirectory() + "/key";
      for (List<String> way :
          List.of(
              List.of("s3://b/key"),
              List.of("-D", "fs.flyte.client=hadoop", "s3://b/key"),
              List.of(onHdfs),
              List.of(directory + "/copy"))) {
        List<String> words = new ArrayList<>(List.of("put", file.toString()));
        words.addAll(way);
        Outcome put = Outcome.ofProcess(options, Outcome.s3(s3), words.toArray(String[]::new));
        assertThat(put.err()).isEmpty();
        assertThat(put.out()).startsWith("put 1 file").hasLineCount(1);
        assertThat(put.code()).isZero();
      }
    } finally {
      TestDirectories.delete(directory);
    }
  }

  /** Which starts servers that would like to know their own name. */
  @Test
  void theQuickstartRuns() throws Exception {
    Path directory = TestDirectories.create("nohost");
    Path hosts = Files.writeString(directory.resolve("hosts"), "127.0.0.1 localhost\n");
    Outcome outcome =
        Outcome.ofProcess(
            List.of("-Djdk.net.hosts.file=" + hosts, "-Djava.io.tmpdir=" + directory),
            Map.of(),
            "quickstart");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.code()).isZero();
    TestDirectories.delete(directory);
  }
}
