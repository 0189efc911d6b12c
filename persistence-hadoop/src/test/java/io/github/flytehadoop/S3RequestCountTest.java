/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import static io.github.flytehadoop.testkit.s3.RequestKind.COMPLETE_MULTIPART;
import static io.github.flytehadoop.testkit.s3.RequestKind.COPY_OBJECT;
import static io.github.flytehadoop.testkit.s3.RequestKind.CREATE_MULTIPART;
import static io.github.flytehadoop.testkit.s3.RequestKind.DELETE_OBJECT;
import static io.github.flytehadoop.testkit.s3.RequestKind.GET_OBJECT;
import static io.github.flytehadoop.testkit.s3.RequestKind.HEAD_OBJECT;
import static io.github.flytehadoop.testkit.s3.RequestKind.LIST;
import static io.github.flytehadoop.testkit.s3.RequestKind.PUT_OBJECT;
import static io.github.flytehadoop.testkit.s3.RequestKind.UPLOAD_PART;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.testkit.Providers;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.s3.Request;
import io.github.flytehadoop.testkit.s3.RequestKind;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import io.github.flytehadoop.transfer.BlobDimensionality;
import io.github.flytehadoop.transfer.CopyOptions;
import io.github.flytehadoop.transfer.Depth;
import io.github.flytehadoop.transfer.PendingOutput;
import io.github.flytehadoop.transfer.RawData;
import io.github.flytehadoop.transfer.TransferReport;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each call costs on S3: exactly so many requests, and the report says the same. */
class S3RequestCountTest {
  private static final int MEBIBYTE = 1 << 20;
  private static final int PART = 25 * MEBIBYTE;

  @TempDir Path temp;
  private final S3Endpoint s3 = S3Endpoint.start();
  private FileAccessProvider provider;

  @BeforeEach
  void start() throws Exception {
    s3.createBucket("b");
    provider = Providers.on(s3, "b", temp.resolve("sandbox")).build();
    assertThat(s3.requests()).as("a provider costs nothing").isEmpty();
  }

  @AfterEach
  void stop() {
    provider.close();
    s3.close();
  }

  private Path file(String name, int length) throws Exception {
    Path file = temp.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, new byte[length]);
  }

  private void seen(Map<RequestKind, Integer> expected) {
    assertThat(new EnumMap<>(s3.counts())).isEqualTo(new EnumMap<>(expected));
  }

  /** What the report says, without the classes that stayed at 0. */
  private void reported(TransferReport report) {
    Map<String, Long> log = new java.util.TreeMap<>();
    for (Request request : s3.requests()) {
      log.merge(priceClass(request.kind()), 1L, Long::sum);
    }
    assertThat(report.requests()).isEqualTo(log);
  }

  private static String priceClass(RequestKind kind) {
    return switch (kind) {
      case PUT_OBJECT, UPLOAD_PART -> "PUT";
      case CREATE_MULTIPART, COMPLETE_MULTIPART -> "POST";
      case GET_OBJECT -> "GET";
      case HEAD_OBJECT -> "HEAD";
      case LIST -> "LIST";
      case COPY_OBJECT -> "COPY";
      case DELETE_OBJECT, DELETE_OBJECTS -> "DELETE";
      default -> kind.name();
    };
  }

  @Test
  @Rule({"FAP-PD-1", "FAP-PU-5"})
  void aSmallFileIsOnePut() throws Exception {
    TransferReport report = provider.putData(file("in/f", 1000), "s3://b/raw/f");
    seen(Map.of(PUT_OBJECT, 1));
    reported(report);
  }

  @Test
  @Rule({"FAP-PR-1", "W-30"})
  void bytesAndShortStreamsAreOnePut() throws Exception {
    reported(provider.putRawData(RawData.bytes(new byte[1000])));
    seen(Map.of(PUT_OBJECT, 1));
    provider.putRawData(RawData.stream(new ByteArrayInputStream(new byte[2000])));
    provider.putRawData(RawData.text("text"));
    try (PendingOutput out = provider.openWrite("s3://b/raw/pending")) {
      out.write(1);
      out.commit();
    }
    seen(Map.of(PUT_OBJECT, 4));
  }

  @Test
  @Rule("FAP-PU-5")
  void anEmptyFileIsOnePut() throws Exception {
    provider.putData(file("in/empty", 0), "s3://b/raw/empty");
    seen(Map.of(PUT_OBJECT, 1));
  }

  @Test
  @Rule({"FAP-PU-5", "W-25"})
  void aDirectoryOfSmallFilesIsAPutForEach() throws Exception {
    for (int i = 0; i < 40; i++) {
      file("in/d" + i % 4 + "/f" + i, i);
    }
    TransferReport report =
        provider.putData(temp.resolve("in"), "s3://b/raw/d", BlobDimensionality.MULTIPART);
    seen(Map.of(PUT_OBJECT, 40));
    reported(report);
  }

  @Test
  @Rule("FAP-PU-5")
  void aLargeFileIsItsPartsAndTwo() throws Exception {
    TransferReport report = provider.putData(file("in/large", 100 * MEBIBYTE), "s3://b/raw/large");
    seen(Map.of(CREATE_MULTIPART, 1, UPLOAD_PART, 4, COMPLETE_MULTIPART, 1));
    reported(report);
  }

  @Test
  @Rule("FAP-PU-5")
  void aFileOfWholePartsHasNoEmptyPart() throws Exception {
    provider.putData(file("in/f", PART), "s3://b/raw/one");
    provider.putData(file("in/f", PART + 1), "s3://b/raw/two");
    assertThat(s3.count(UPLOAD_PART) + s3.count(PUT_OBJECT)).isEqualTo(3);
    assertThat(s3.keys("b")).containsExactly("raw/one", "raw/two");
  }

  @Test
  @Rule({"FAP-G-12", "W-12"})
  void aSmallFileIsReadWithTwoRequestsAndAListedOneWithOne() throws Exception {
    s3.putDirectly("b", "raw/f", new byte[1000]);
    TransferReport report = provider.getData("s3://b/raw/f", temp.resolve("out/f"));
    seen(Map.of(HEAD_OBJECT, 1, GET_OBJECT, 1));
    reported(report);
  }

  @Test
  @Rule({"FAP-GD-1", "W-25"})
  void aDirectoryIsOneListingForEachThousandAndAGetForEachFile() throws Exception {
    for (int i = 0; i < 2500; i++) {
      s3.putDirectly("b", "raw/d/" + i % 7 + "/" + i, new byte[] {1});
    }
    TransferReport report =
        provider.getData("s3://b/raw/d", temp.resolve("out"), BlobDimensionality.MULTIPART);
    assertThat(report.files()).isEqualTo(2500);
    seen(Map.of(LIST, 3, GET_OBJECT, 2500));
    reported(report);
  }

  @Test
  @Rule("FAP-GD-1")
  void aLargeFileIsOneGetForEachRange() throws Exception {
    byte[] content = new byte[4 * PART - 7];
    new java.util.Random(1).nextBytes(content);
    s3.putDirectly("b", "raw/large", content);
    TransferReport report = provider.getData("s3://b/raw/large", temp.resolve("large"));
    seen(Map.of(HEAD_OBJECT, 1, GET_OBJECT, 4));
    reported(report);
    long sent = s3.requests().stream().mapToLong(Request::bytesOut).sum();
    assertThat(sent).as("no byte twice").isEqualTo(content.length);
    assertThat(temp.resolve("large")).hasBinaryContent(content);
  }

  @Test
  @Rule({"FAP-EX-1", "W-17"})
  void existsIsOneRequestForAFileAndTwoForWhatIsNot() throws Exception {
    s3.putDirectly("b", "raw/f", new byte[1]);
    assertThat(provider.exists("s3://b/raw/f")).isTrue();
    seen(Map.of(HEAD_OBJECT, 1));
    assertThat(provider.exists("s3://b/raw/absent")).isFalse();
    seen(Map.of(HEAD_OBJECT, 2, LIST, 1));
    assertThat(provider.exists("s3://b/raw")).isTrue();
    seen(Map.of(HEAD_OBJECT, 3, LIST, 2));
  }

  @Test
  void statListAndStreams() throws Exception {
    s3.putDirectly("b", "raw/f", new byte[10]);
    s3.putDirectly("b", "raw/d/g", new byte[10]);
    provider.stat("s3://b/raw/f");
    seen(Map.of(HEAD_OBJECT, 2));
    s3.resetRequests();
    try (Stream<?> entries = provider.list("s3://b/raw", Depth.CHILDREN)) {
      assertThat(entries).hasSize(2);
    }
    try (Stream<?> entries = provider.list("s3://b/raw", Depth.TREE)) {
      assertThat(entries).hasSize(2);
    }
    seen(Map.of(LIST, 2));
    s3.resetRequests();
    try (InputStream in = provider.openRead("s3://b/raw/f")) {
      assertThat(in.readAllBytes()).hasSize(10);
    }
    seen(Map.of(HEAD_OBJECT, 1, GET_OBJECT, 1));
  }

  @Test
  void aCopyIsAListingOfEachSideAndACopyForEachFile() throws Exception {
    for (int i = 0; i < 20; i++) {
      s3.putDirectly("b", "raw/d/" + i, new byte[i + 1]);
    }
    s3.putDirectly("b", "raw/e/other", new byte[1]);
    TransferReport report = provider.copy("s3://b/raw/d", "s3://b/raw/e", CopyOptions.defaults());
    seen(Map.of(LIST, 2, COPY_OBJECT, 20));
    reported(report);
  }

  @Test
  void deletingAFile() throws Exception {
    s3.putDirectly("b", "raw/f", new byte[1]);
    provider.delete("s3://b/raw/f", Depth.CHILDREN);
    assertThat(s3.keys("b")).doesNotContain("raw/f");
    assertThat(s3.count(DELETE_OBJECT)).isEqualTo(1);
    assertThat(s3.requests()).hasSizeLessThanOrEqualTo(4);
  }
}
