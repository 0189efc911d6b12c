/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flytehadoop.error.PathFailure;
import io.github.flytehadoop.error.Printable;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.testkit.Providers;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.TestSecrets;
import io.github.flytehadoop.testkit.WebServer;
import io.github.flytehadoop.transfer.BlobDimensionality;
import io.github.flytehadoop.transfer.CompareBy;
import io.github.flytehadoop.transfer.CopyOptions;
import io.github.flytehadoop.transfer.Depth;
import io.github.flytehadoop.transfer.Engine;
import io.github.flytehadoop.transfer.ProgressListener;
import io.github.flytehadoop.transfer.RawData;
import io.github.flytehadoop.transfer.RawDataOptions;
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

  private interface Refused {
    void call(FileAccessProvider provider, String address) throws IOException;
  }

  private List<Refused> calls() {
    Path local = directory.resolve("local");
    return List.of(
        (provider, at) -> provider.stat(at),
        (provider, at) -> provider.list(at, Depth.CHILDREN).close(),
        (provider, at) -> provider.openRead(at).close(),
        (provider, at) -> provider.openWrite(at).close(),
        (provider, at) -> provider.delete(at, Depth.TREE),
        (provider, at) -> {
          if (!provider.moveToTrash(at, Depth.TREE)) {
            throw new IOException("it has no trash");
          }
        },
        (provider, at) -> provider.get("missing", at, BlobDimensionality.SINGLE),
        (provider, at) -> provider.getData(at, local),
        (provider, at) -> provider.getData(at, local, BlobDimensionality.MULTIPART),
        (provider, at) -> provider.putData(directory, at, BlobDimensionality.SINGLE),
        (provider, at) -> provider.putData(directory, at, BlobDimensionality.MULTIPART),
        (provider, at) -> provider.copy(at, at, CopyOptions.defaults()),
        (provider, at) -> provider.check(at, directory.toString(), CompareBy.CONTENT, found -> {}),
        (provider, at) -> provider.join("s3://bucket", at, ".."),
        (provider, at) -> provider.join(at, ".."),
        (provider, at) -> provider.generateNewCustomPath(at, null),
        (provider, at) -> {
          throw new IOException("opened " + provider.getFileSystemForPath(at));
        },
        (provider, at) ->
            provider.putRawData(
                RawData.bytes(new byte[1]), RawDataOptions.defaults().withUploadPrefix(at)));
  }

  private void assertSilent(FileAccessProvider provider, String address) {
    List<Refused> calls = calls();
    for (int number = 0; number < calls.size(); number++) {
      Throwable failure = null;
      try {
        calls.get(number).call(provider, address);
      } catch (IOException | RuntimeException refused) {
        failure = refused;
      }
      assertThat(failure).as("call %s", number).isNotNull();
      StringWriter trace = new StringWriter();
      failure.printStackTrace(new PrintWriter(trace));
      assertThat(failure instanceof TransferException told ? all(told) : trace.toString())
          .as("call %s", number)
          .doesNotContain(SECRET);
    }
  }

  @Test
  void noRefusalOfTheFacadeShowsTheSignature() throws Exception {
    try (WebServer server = new WebServer();
        FileAccessProvider provider = provider()) {
      assertSilent(provider, server.url(PATH));
      assertSilent(provider, "https://user:word@h" + PATH);
      provider.close();
      assertSilent(provider, server.url(PATH));
    }
    assertThat(heard.toString()).doesNotContain(SECRET);
  }

  @Test
  void noJournalHoldsTheSignature() throws Exception {
    try (WebServer server = new WebServer();
        FileAccessProvider provider = provider()) {
      server.put(PATH, "content".getBytes(StandardCharsets.UTF_8), "1");
      server.vices(WebServer.Vice.BREAKS_OFF); // after the journal has begun, so that it stays
      Path to = Files.createDirectory(directory.resolve("target"));
      CopyOptions named =
          CopyOptions.defaults()
              .withEngine(Engine.LOCAL)
              .withShape(BlobDimensionality.SINGLE)
              .withJobId("job");
      assertThatThrownBy(
              () -> provider.copy(server.url(PATH), to.resolve("file.csv").toString(), named))
          .isInstanceOfSatisfying(
              TransferException.class, failure -> assertThat(all(failure)).doesNotContain(SECRET));
      assertThat(to.resolve("._flyte_job_job_000000")).exists();
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
