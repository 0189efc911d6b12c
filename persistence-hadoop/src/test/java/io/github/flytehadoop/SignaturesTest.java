/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.error.PathFailure;
import io.github.flytehadoop.error.Printable;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.testkit.Providers;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.TestSecrets;
import io.github.flytehadoop.testkit.WebServer;
import io.github.flytehadoop.transfer.BlobDimensionality;
import io.github.flytehadoop.transfer.CopyOptions;
import io.github.flytehadoop.transfer.Engine;
import io.github.flytehadoop.transfer.ProgressListener;
import io.github.flytehadoop.transfer.TransferItem;
import io.github.flytehadoop.transfer.TransferLimits;
import io.github.flytehadoop.transfer.TransferReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The signature of a presigned address is in no value that this library gives anybody. */
@Rule("F82")
class SignaturesTest {
  private static final String SECRET = TestSecrets.remember("tstSecret82SignatureNeverPrintIt");
  private static final String PATH = "/data/file.csv?X-Amz-Signature=" + SECRET + "&a=b";

  @TempDir Path directory;

  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final ProgressListener listener =
      new ProgressListener() {
        @Override
        public void started(String path, long bytes) {
          heard.add(path);
        }

        @Override
        public void finished(String path, long bytes) {
          heard.add(path);
        }

        @Override
        public void failed(PathFailure failure) {
          heard.add(failure.toString());
        }
      };

  private FileAccessProvider provider() throws IOException {
    Path prefix = Files.createDirectories(directory.resolve("raw"));
    Configuration impatient = new Configuration();
    impatient.set("flyte.http.timeout", "1s");
    return Providers.onDisk(prefix, directory.resolve("sandbox"))
        .hadoopConfiguration(impatient)
        .transferLimits(TransferLimits.defaults().withAttempts(1))
        .progress(listener)
        .build();
  }

  private static String all(TransferException failure) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    String report =
        failure.report() instanceof TransferReport done ? done + done.toJson() : "no report";
    return trace + failure.location() + failure.failures() + report;
  }

  @ParameterizedTest
  @EnumSource
  void noFailureShowsTheSignature(WebServer.Vice vice) throws Exception {
    try (WebServer server = new WebServer();
        FileAccessProvider provider = provider()) {
      server.put(PATH, "content".repeat(1000).getBytes(StandardCharsets.UTF_8), "1");
      server.vices(vice);
      CopyOptions local = CopyOptions.defaults().withEngine(Engine.LOCAL);
      for (BlobDimensionality shape : BlobDimensionality.values()) {
        try {
          TransferReport report =
              provider.copy(
                  server.url(PATH), directory.resolve("to").toString(), local.withShape(shape));
          assertThat(report + report.toJson()).doesNotContain(SECRET);
        } catch (TransferException failure) {
          assertThat(all(failure)).doesNotContain(SECRET);
        }
      }
      assertThat(heard.toString()).doesNotContain(SECRET);
    }
  }

  @Test
  void noJournalHoldsTheSignature() throws Exception {
    try (WebServer server = new WebServer();
        FileAccessProvider provider = provider()) {
      server.put(PATH, "content".getBytes(StandardCharsets.UTF_8), "1");
      Path to = Files.createDirectory(directory.resolve("target"));
      Files.createDirectory(to.resolve("file.csv")); // a directory in the way, so the journal stays
      CopyOptions named =
          CopyOptions.defaults()
              .withEngine(Engine.LOCAL)
              .withShape(BlobDimensionality.SINGLE)
              .withJobId("job");
      try {
        provider.copy(server.url(PATH), to.resolve("file.csv").toString(), named);
      } catch (TransferException failure) {
        assertThat(all(failure)).doesNotContain(SECRET);
      }
      try (var files = Files.walk(directory)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          String content = Files.readString(file, StandardCharsets.ISO_8859_1);
          assertThat(content).as(file.toString()).doesNotContain(SECRET);
        }
      }
    }
  }

  @Test
  void anItemPrintsItselfWithoutTheSignature() {
    TransferItem item = new TransferItem(0, "https://h/x?sig=" + SECRET, "s3://b/x", 1, 0, null);

    assertThat(item.toString()).contains("https://h/x").doesNotContain(SECRET);
  }

  @Test
  void twoSignaturesHaveTwoFingerprints() {
    String one = Printable.fingerprint("https://h/x?sig=" + SECRET);

    assertThat(one)
        .doesNotContain(SECRET)
        .isEqualTo(Printable.fingerprint("https://h/x?sig=" + SECRET));
    assertThat(Printable.fingerprint("https://h/x?sig=other")).isNotEqualTo(one);
    assertThat(Printable.fingerprint("s3://b/a?b")).isEqualTo("s3://b/a?b");
  }
}
