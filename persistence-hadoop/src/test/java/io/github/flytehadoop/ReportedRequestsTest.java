/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.flytehadoop.testkit.s3.RequestKind;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import io.github.flytehadoop.transfer.BlobDimensionality;
import io.github.flytehadoop.transfer.CopyOptions;
import io.github.flytehadoop.transfer.DeleteExtra;
import io.github.flytehadoop.transfer.OnExisting;
import io.github.flytehadoop.transfer.RawData;
import io.github.flytehadoop.transfer.TransferReport;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A report's requests by class are those that the endpoint saw. */
class ReportedRequestsTest {
  @TempDir Path temp;
  private final S3Endpoint endpoint = S3Endpoint.start();
  private Site.S3 site;

  private interface Transfer {
    TransferReport run(FileAccessProvider provider) throws IOException;
  }

  @BeforeEach
  void open() throws IOException {
    site = Site.s3(endpoint, FileAccessProvider.builder().localSandboxDir(temp.resolve("sandbox")));
  }

  @AfterEach
  void close() {
    site.close();
    endpoint.close();
  }

  private static String classOf(RequestKind kind) {
    return switch (kind) {
      case PUT_OBJECT, UPLOAD_PART -> "PUT";
      case GET_OBJECT -> "GET";
      case HEAD_OBJECT, HEAD_BUCKET -> "HEAD";
      case LIST -> "LIST";
      case CREATE_MULTIPART, COMPLETE_MULTIPART -> "POST";
      case COPY_OBJECT, UPLOAD_PART_COPY -> "COPY";
      case DELETE_OBJECT, DELETE_OBJECTS, ABORT_MULTIPART -> "DELETE";
      default -> kind.name();
    };
  }

  private TransferReport check(Transfer transfer) throws IOException {
    endpoint.resetRequests();
    TransferReport report = transfer.run(site.provider());
    Map<String, Long> seen = new TreeMap<>();
    endpoint.counts().forEach((kind, count) -> seen.merge(classOf(kind), (long) count, Long::sum));
    assertThat(report.requests()).isEqualTo(seen);
    return report;
  }

  private Path directory(int files) throws IOException {
    Path directory = Files.createDirectories(temp.resolve("in" + files));
    for (int file = 0; file < files; file++) {
      Files.writeString(directory.resolve("f" + file), "x");
    }
    return directory;
  }

  @Test
  void ofAPut() throws IOException {
    Path directory = directory(12);
    Path large = Files.write(temp.resolve("large"), new byte[60 << 20]);
    check(provider -> provider.putData(directory.resolve("f1"), site.uri("one")));
    check(provider -> provider.putData(large, site.uri("large")));
    check(provider -> provider.uploadDirectory(directory, site.uri("many")));
    check(provider -> provider.uploadDirectory(directory(0), site.uri("none")));
    check(provider -> provider.putRawData(RawData.bytes(new byte[10])));
    check(
        provider ->
            provider.putRawData(RawData.stream(new ByteArrayInputStream(new byte[30 << 20]))));
  }

  @Test
  void ofAGet() throws IOException {
    for (int file = 0; file < 12; file++) {
      site.putDirectly("d/" + file, new byte[100]);
    }
    site.putDirectly("large", new byte[60 << 20]);
    check(provider -> provider.getData(site.uri("d/1"), temp.resolve("one")));
    check(provider -> provider.getData(site.uri("large"), temp.resolve("large")));
    check(provider -> provider.downloadDirectory(site.uri("d"), temp.resolve("d")));
    check(provider -> provider.downloadDirectory(site.uri("d/1"), temp.resolve("file")));
  }

  @Test
  void ofACopyThatDeletes() throws IOException {
    for (int file = 0; file < 5; file++) {
      site.putDirectly("from/" + file, new byte[100]);
    }
    site.putDirectly("to/extra", new byte[100]);
    CopyOptions all = CopyOptions.defaults().withShape(BlobDimensionality.MULTIPART);
    CopyOptions mirror =
        all.withOnExisting(OnExisting.SKIP_IDENTICAL).withDeleteExtra(DeleteExtra.upTo(10));
    TransferReport first =
        check(provider -> provider.copy(site.uri("from"), site.uri("to"), mirror));
    assertThat(first.requests()).containsEntry("COPY", 5L).doesNotContainKeys("GET", "PUT");
    assertThat(first.requests()).containsKey("DELETE");
    assertThat(site.everything()).doesNotContain("to/extra");
    check(provider -> provider.copy(site.uri("from"), site.uri("to"), mirror));
    check(
        provider ->
            provider.copy(
                site.uri("from/1"),
                site.uri("single"),
                CopyOptions.defaults().withShape(BlobDimensionality.SINGLE)));
  }

  @Test
  void areInTheJson() throws IOException {
    Path file = Files.writeString(temp.resolve("x \"quoted\""), "12345");
    TransferReport report = check(provider -> provider.putData(file, site.uri("d/")));
    JsonNode json = new ObjectMapper().readTree(report.toJson());
    Iterator<String> names = json.fieldNames();
    assertThat(names)
        .toIterable()
        .containsExactlyElementsOf(
            List.of(
                "uri",
                "files",
                "bytes",
                "skipped",
                "failures",
                "verification",
                "engine",
                "elapsedMillis",
                "requests",
                "jobId",
                "notes"));
    assertThat(json.get("uri").asText()).isEqualTo(site.uri("d/x \"quoted\""));
    assertThat(json.get("bytes").asLong()).isEqualTo(5);
    assertThat(json.get("requests").get("PUT").asLong()).isEqualTo(1);
    assertThat(json.get("verification").asText()).isEqualTo(report.verification().name());
    assertThat(json.get("elapsedMillis").asLong()).isEqualTo(report.elapsed().toMillis());
    assertThat(json.get("failures")).isEmpty();
  }
}
