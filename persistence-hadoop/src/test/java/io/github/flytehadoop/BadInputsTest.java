/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.s3.Fault;
import io.github.flytehadoop.testkit.s3.FaultPlan;
import io.github.flytehadoop.testkit.s3.FaultRule;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import io.github.flytehadoop.transfer.BlobDimensionality;
import io.github.flytehadoop.transfer.CopyOptions;
import io.github.flytehadoop.transfer.Engine;
import io.github.flytehadoop.transfer.OnExisting;
import io.github.flytehadoop.transfer.RawData;
import io.github.flytehadoop.transfer.TransferReport;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What callers give that cannot be meant, and what files are like in the wild. */
@Timeout(60)
class BadInputsTest {
  private static final CopyOptions COPY = CopyOptions.defaults().withEngine(Engine.LOCAL);

  @TempDir Path temp;
  private final S3Endpoint s3 = S3Endpoint.start();
  private FileAccessProvider provider;

  @BeforeEach
  void start() throws IOException {
    s3.createBucket("b");
    provider =
        FileAccessProvider.builder()
            .localSandboxDir(temp.resolve("sandbox"))
            .rawOutputPrefix("s3://b/raw")
            .dataConfig(Site.config(s3))
            .build();
  }

  @AfterEach
  void stop() {
    provider.close();
    s3.close();
  }

  private Path file(String name, String content) throws IOException {
    Path file = temp.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }

  @Test
  @Rule("B07")
  void theRootOfABucketIsNoFile() {
    assertThat(
            catchThrowableOfType(
                TransferException.class, () -> provider.openWrite("s3://b").close()))
        .hasMessage("Cannot write s3://b: a file needs a name. Add one behind the last separator.");
    assertThatThrownBy(() -> provider.getData("s3://b", temp.resolve("x")))
        .isInstanceOf(TransferException.class)
        .hasMessageContaining("directory");
    assertThat(s3.keys("b")).isEmpty();
  }

  @Test
  @Rule("B32")
  void aKeyOf1024BytesIsKeptAndALongerOneRefusedUnsent() throws IOException {
    String longest = "\u4e2d".repeat(341) + "x";
    provider.putData(file("x", "1"), "s3://b/" + longest);
    assertThat(s3.keys("b")).containsExactly(longest);
    s3.resetRequests();
    TransferException failure =
        catchThrowableOfType(
            TransferException.class,
            () -> provider.putData(file("x", "1"), "s3://b/" + longest + "y"));
    assertThat(failure.kind()).isEqualTo(FailureKind.UNSUPPORTED);
    assertThat(failure).hasMessageContaining("at most 1024 bytes");
    assertThat(s3.requests()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "s3://b/d, s3://b/d",
    "s3://b/d, s3a://b/d/",
    "S3://b/d/, s3n://b/d/below",
    "s3://b/d/below, s3://b/d",
    "s3://b/d, s3://b",
    "hdfs://nn/d, hdfs://nn:8020/d",
    "hdfs://nn:8020/d/e, hdfs://nn/d",
  })
  @Rule({"B38", "B39"})
  void aPlaceIsNotCopiedIntoItself(String from, String to) {
    assertThatThrownBy(() -> provider.copy(from, to, COPY.withOnExisting(OnExisting.OVERWRITE)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("one lies in the other");
    assertThat(s3.requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"link", "link/", "link/below", "d/./", "other/../d/new"})
  @Rule({"B38", "B39"})
  void linksAndDetoursHideNoOverlap(String to) throws IOException {
    file("d/x", "1");
    Files.createSymbolicLink(temp.resolve("link"), temp.resolve("d"));
    assertThatThrownBy(() -> provider.copy(temp.resolve("d").toString(), temp + "/" + to, COPY))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(temp.resolve("d")).isDirectoryContaining(path -> path.endsWith("x"));
    assertThat(temp.resolve("d").toFile().list()).hasSize(1);
  }

  @Test
  @Rule("B39")
  void aNameThatOnlyBeginsTheSameIsAnotherPlace() throws IOException {
    s3.putDirectly("b", "d/x", new byte[1]);
    provider.copy("s3://b/d", "s3://b/d2", COPY);
    assertThat(s3.keys("b")).containsExactly("d/x", "d2/x");
  }

  @Test
  @Rule("B41")
  void aGlobThatFindsNothingIsAMistake() throws IOException {
    file("d/a.csv", "1");
    String from = temp.resolve("d").toString();
    TransferException failure =
        catchThrowableOfType(
            TransferException.class,
            () -> provider.copy(from, "s3://b/d", COPY.withInclude("*.cvs", "*.txt")));
    assertThat(failure.kind()).isEqualTo(FailureKind.NOT_FOUND);
    assertThat(failure).hasMessageContaining("*.cvs or *.txt");
    assertThat(provider.copy(from, "s3://b/e", COPY.withExclude("*")).files()).isZero();
  }

  @Test
  @Rule("B43")
  void eachNameOfAHardLinkIsAFile() throws IOException {
    Path first = file("d/one", "same");
    Files.createLink(temp.resolve("d/two"), first);
    provider.uploadDirectory(temp.resolve("d"), "s3://b/d");
    assertThat(s3.bytes("b", "d/one")).asString().isEqualTo("same");
    assertThat(s3.bytes("b", "d/two")).asString().isEqualTo("same");
  }

  @Test
  @Rule("B50")
  void holesAreBytes() throws IOException {
    Path sparse = temp.resolve("sparse");
    try (RandomAccessFile file = new RandomAccessFile(sparse.toFile(), "rw")) {
      file.setLength(3 << 20);
      file.seek(2 << 20);
      file.write(7);
    }
    provider.putData(sparse, "s3://b/sparse");
    assertThat(s3.bytes("b", "sparse")).isEqualTo(Files.readAllBytes(sparse));
    provider.getData("s3://b/sparse", temp.resolve("back"));
    assertThat(temp.resolve("back")).hasSameBinaryContentAs(sparse);
  }

  @Test
  @Rule("B73")
  void metadataThatTheStoreRefusesIsNamed() {
    s3.faults(FaultPlan.of(FaultRule.on().gives(Fault.status(400, "MetadataTooLarge"))));
    TransferException failure =
        catchThrowableOfType(
            TransferException.class, () -> provider.putRawData(RawData.bytes(new byte[1])));
    assertThat(failure.kind()).isEqualTo(FailureKind.UNSUPPORTED);
    assertThat(failure).hasMessageContaining("MetadataTooLarge");
  }

  @Test
  @Rule("B73")
  void metadataOfOtherScriptsComesBack() throws IOException {
    Map<String, String> given = Map.of("note", "50 % caf\u00e9 \u4e2d\ud83d\ude00");
    try (FileAccessProvider describing =
        FileAccessProvider.builder()
            .localSandboxDir(temp.resolve("sandbox"))
            .rawOutputPrefix("s3://b/raw")
            .dataConfig(Site.config(s3))
            .executionMetadata(given)
            .build()) {
      String uri = describing.putRawData(RawData.bytes(new byte[1])).uri();
      assertThat(describing.stat(uri).metadata()).isEqualTo(given);
    }
  }

  @Test
  @Rule("B74")
  void compressedObjectsAreRawBytes() throws IOException {
    byte[] zipped = {0x1f, (byte) 0x8b, 8, 0, 1, 2, 3};
    try (FileAccessProvider encoding =
        FileAccessProvider.builder()
            .localSandboxDir(temp.resolve("sandbox"))
            .rawOutputPrefix("s3://b/raw")
            .dataConfig(Site.config(s3))
            .executionMetadata(Map.of("content-encoding", "gzip"))
            .build()) {
      String uri = encoding.putRawData(RawData.bytes(zipped)).uri();
      String key = uri.substring("s3://b/".length());
      assertThat(s3.metadata("b", key)).containsEntry("content-encoding", "gzip");
      encoding.getData(uri, temp.resolve("back"));
      assertThat(temp.resolve("back")).hasBinaryContent(zipped);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1901-12-13T20:45:52Z", "1969-12-31T23:59:59Z", "2106-02-07T06:28:16Z"})
  @Rule("B80")
  void oddTimesAreTimes(String time) throws IOException {
    Path file = file("d/x", "1");
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse(time)));
    CopyOptions sync = COPY.withOnExisting(OnExisting.SKIP_IDENTICAL);
    String from = temp.resolve("d").toString();
    assertThat(provider.copy(from, temp + "/e", sync).files()).isEqualTo(1);
    Files.setLastModifiedTime(temp.resolve("e/x"), FileTime.from(Instant.parse(time)));
    assertThat(provider.copy(from, temp + "/e", sync).skipped()).isEqualTo(1);
    assertThat(provider.putData(file, "s3://b/x").files()).isEqualTo(1);
    assertThat(provider.list(from, io.github.flytehadoop.transfer.Depth.TREE))
        .singleElement()
        .satisfies(
            found ->
                assertThat(found.modified().getEpochSecond())
                    .isEqualTo(Instant.parse(time).getEpochSecond()));
  }

  /** Nothing but the bytes could tell the two apart, and neither disk keeps a checksum. */
  @Test
  @Rule("B81")
  void unprovenIdentityIsReported() throws IOException {
    file("d/x", "one");
    file("e/x", "two");
    Files.setLastModifiedTime(temp.resolve("e/x"), FileTime.from(Instant.now().plusSeconds(60)));
    TransferReport report =
        provider.copy(temp + "/d", temp + "/e", COPY.withOnExisting(OnExisting.SKIP_IDENTICAL));
    assertThat(report.skipped()).isEqualTo(1);
    assertThat(report.notes()).anyMatch(note -> note.contains("without a checksum"));
  }

  @Test
  @Rule("B81")
  void otherBytesOfTheSameLengthAreCopiedWhereTheStoreTells() throws IOException {
    s3.putDirectly("b", "d/x", new byte[] {1});
    s3.putDirectly("b", "e/x", new byte[] {2});
    provider.copy("s3://b/d", "s3://b/e", COPY.withOnExisting(OnExisting.SKIP_IDENTICAL));
    assertThat(s3.bytes("b", "e/x")).containsExactly(1);
  }

  @ParameterizedTest
  @EnumSource(BlobDimensionality.class)
  @Rule("B82")
  void existingFileStaysUnlessOverwritten(BlobDimensionality shape) throws IOException {
    file("d/x", "new");
    s3.putDirectly("b", "d/x", "old".getBytes());
    boolean one = shape == BlobDimensionality.SINGLE;
    TransferException failure =
        catchThrowableOfType(
            TransferException.class,
            () ->
                provider.copy(
                    temp + (one ? "/d/x" : "/d"),
                    one ? "s3://b/d/x" : "s3://b/d",
                    COPY.withShape(shape)));
    assertThat(failure.kind()).isEqualTo(FailureKind.CONFLICT);
    assertThat(failure).hasMessageContaining("s3://b/d/x", "--overwrite");
    assertThat(s3.bytes("b", "d/x")).asString().isEqualTo("old");
  }

  @Test
  @Rule({"B58", "B57"})
  void nothingIsNoData() {
    assertThatThrownBy(() -> RawData.bytes(null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> RawData.stream(null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> RawData.path(null)).isInstanceOf(NullPointerException.class);
  }
}
