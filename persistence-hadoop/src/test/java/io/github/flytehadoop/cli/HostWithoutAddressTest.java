/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.TestDirectories;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A machine whose own name resolves to nothing, as in many containers. */
@Timeout(120)
@Rule("B93")
class HostWithoutAddressTest {
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
      for (String at : List.of("s3://b/key", directory + "/copy")) {
        Outcome put = Outcome.ofProcess(options, Outcome.s3(s3), "put", file.toString(), at);
        assertThat(put.err()).isEmpty();
        assertThat(put.out()).startsWith("put 1 file").hasLineCount(1);
        assertThat(put.code()).isZero();
      }
    } finally {
      TestDirectories.delete(directory);
    }
  }
}
