/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.error.UploadException;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.transfer.RawData;
import io.github.flytehadoop.transfer.RawDataOptions;
import io.github.flytehadoop.transfer.TransferReport;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RawDataTest {
  @TempDir Path temp;

  private static final RawDataOptions DEFAULTS = RawDataOptions.defaults();

  /** Names n1, n2 and so on, so that a target can be foretold. */
  private Site open(Site.Kind kind) throws IOException {
    AtomicInteger count = new AtomicInteger();
    Supplier<String> names = () -> "n" + count.incrementAndGet();
    return Site.open(kind, temp, builder -> builder.randomNames(names));
  }

  @ParameterizedTest
  @EnumSource(Site.Kind.class)
  @Rule({"FAP-PR-1", "FAP-C2"})
  void filesKeepTheirNameAndTheRestGetsOne(Site.Kind kind) throws Exception {
    try (Site site = open(kind)) {
      Path file = Files.writeString(temp.resolve("own.txt"), "file");
      List<RawData> all =
          List.of(
              RawData.path(file),
              RawData.bytes(new byte[] {1, 2}),
              RawData.stream(new ByteArrayInputStream(new byte[] {3})),
              RawData.text(new StringReader("reader"), US_ASCII),
              RawData.text("text"));
      for (RawData data : all) {
        TransferReport report = site.provider().putRawData(data);
        assertThat(site.provider().stat(report.uri()).length()).isEqualTo(report.bytes());
      }
      assertThat(site.everything())
          .containsExactly("raw/n1/own.txt", "raw/n3/n2", "raw/n5/n4", "raw/n7/n6", "raw/n9/n8");
      assertThat(site.bytes("raw/n1/own.txt")).asString().isEqualTo("file");
      assertThat(site.bytes("raw/n7/n6")).asString().isEqualTo("reader");
    }
  }

  @ParameterizedTest
  @EnumSource(Site.Kind.class)
  @Rule({"FAP-PR-2"})
  void prefixAndNameCanBeGiven(Site.Kind kind) throws Exception {
    try (Site site = open(kind)) {
      RawData data = RawData.text("x");
      FileAccessProvider provider = site.provider();
      provider.putRawData(data, DEFAULTS.withUploadPrefix("").withFileName("a"));
      provider.putRawData(data, DEFAULTS.withUploadPrefix("p/q").withFileName("b"));
      provider.putRawData(data, DEFAULTS.withFileName("c"));
      provider.putRawData(data, DEFAULTS.withUploadPrefix("r").withFileName(""));
      assertThat(site.everything())
          .containsExactlyInAnyOrder("raw/a", "raw/p/q/b", "raw/n1/c", "raw/r/n2");
    }
  }

  @ParameterizedTest
  @EnumSource(Site.Kind.class)
  @Rule({"FAP-PR-3", "W-31"})
  void thePrefixIsSkippedForAWholeLocationAlone(Site.Kind kind) throws Exception {
    try (Site site = open(kind)) {
      RawData data = RawData.text("x");
      RawDataOptions there = DEFAULTS.withUploadPrefix(site.uri("there")).withFileName("f");
      TransferReport report = site.provider().putRawData(data, there.skipRawDataPrefix());
      assertThat(report.uri()).isEqualTo(site.uri("there/f"));
      for (RawDataOptions none : List.of(DEFAULTS, DEFAULTS.withUploadPrefix(""))) {
        assertThatThrownBy(() -> site.provider().putRawData(data, none.skipRawDataPrefix()))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("withUploadPrefix");
      }
      assertThat(site.everything()).containsExactly("there/f");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "../x", "a/../../x", "s3://other/x"})
  @Rule({"FAP-PR-2", "W-31"})
  void aPrefixThatLeadsElsewhereIsRefused(String prefix) throws Exception {
    try (Site site = open(Site.Kind.S3)) {
      assertThatThrownBy(
              () ->
                  site.provider().putRawData(RawData.text("x"), DEFAULTS.withUploadPrefix(prefix)))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(site.everything()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Site.Kind.class)
  @Rule("FAP-PR-1")
  void aNameOfSeveralSegmentsIsWrittenBelowThem(Site.Kind kind) throws Exception {
    try (Site site = open(kind)) {
      Path file = Files.writeString(temp.resolve("file"), "x");
      Path directory = Files.createDirectories(temp.resolve("directory"));
      Files.writeString(directory.resolve("in"), "x");
      RawDataOptions part = DEFAULTS.withUploadPrefix("p").withFileName("bar/00000");
      for (RawData data :
          List.of(
              RawData.text("x"),
              RawData.path(file),
              RawData.stream(new ByteArrayInputStream(new byte[1])))) {
        TransferReport report = site.provider().putRawData(data, part);
        assertThat(report.uri()).isEqualTo(site.uri("raw/p/bar/00000"));
      }
      site.provider().putRawData(RawData.path(directory), part.withFileName("a/b c/d"));
      assertThat(site.everything())
          .containsExactlyInAnyOrder("raw/p/bar/00000", "raw/p/a/b c/d/in");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"..", ".", "/a", "a/", "/", "a//b", "../a", "a/..", "a/../b", "./a", "a\u0000/b"})
  @Rule({"FAP-PR-1", "B09"})
  void theSegmentsOfAFileNameAreChecked(String name) {
    assertThatThrownBy(() -> DEFAULTS.withFileName(name))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  @Rule({"F87", "B54"})
  void aReaderThatGivesNothingEnds() throws Exception {
    Reader silent =
        new Reader() {
          @Override
          public int read(char[] target, int offset, int length) {
            return 0;
          }

          @Override
          public void close() {}
        };
    try (Site site = open(Site.Kind.S3)) {
      assertThatThrownBy(
              () -> site.provider().putRawData(RawData.text(silent, StandardCharsets.UTF_8)))
          .isInstanceOf(UploadException.class)
          .hasMessageContaining("returns no bytes and does not end");
      assertThat(site.everything()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Site.Kind.class)
  @Rule({"FAP-PR-4", "FAP-PU-8"})
  void neitherAMissingFileNorALinkIsPut(Site.Kind kind) throws Exception {
    try (Site site = open(kind)) {
      Path file = Files.writeString(temp.resolve("file"), "x");
      Path link = Files.createSymbolicLink(temp.resolve("link"), file);
      Path broken = Files.createSymbolicLink(temp.resolve("broken"), temp.resolve("none"));
      for (RawDataOptions options : List.of(DEFAULTS, DEFAULTS.withFileName("given"))) {
        for (Path refused : List.of(temp.resolve("none"), link, broken)) {
          assertThatThrownBy(() -> site.provider().putRawData(RawData.path(refused), options))
              .isInstanceOf(UploadException.class)
              .hasMessageContaining("File " + refused)
              .hasMessageMatching(".*(does not exist|is a symlink, can't upload).*");
        }
      }
      assertThat(site.everything()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Site.Kind.class)
  @Rule("FAP-PR-5")
  void theUriOfADirectoryEndsWithASeparator(Site.Kind kind) throws Exception {
    try (Site site = open(kind)) {
      Path directory = Files.createDirectories(temp.resolve("dir/sub")).getParent();
      Files.writeString(directory.resolve("sub/x"), "1");
      TransferReport report = site.provider().putRawData(RawData.path(directory));
      assertThat(report.uri()).isEqualTo(site.uri("raw/n1/dir/"));
      assertThat(report.files()).isEqualTo(1);
      assertThat(site.everything()).containsExactly("raw/n1/dir/sub/x");
    }
  }

  @ParameterizedTest
  @EnumSource(Site.Kind.class)
  @Rule({"FAP-PR-6", "W-32"})
  void aPipeIsReadToItsEndAndAStreamFromWhereItStands(Site.Kind kind) throws Exception {
    try (Site site = open(kind)) {
      byte[] bytes = new byte[3_000_000];
      Arrays.fill(bytes, (byte) 7);
      PipedInputStream pipe = new PipedInputStream();
      PipedOutputStream source = new PipedOutputStream(pipe);
      CompletableFuture<Void> writer =
          CompletableFuture.runAsync(
              () -> {
                try (source) {
                  source.write(bytes);
                } catch (IOException failure) {
                  throw new java.io.UncheckedIOException(failure);
                }
              });
      TransferReport report = site.provider().putRawData(RawData.stream(pipe));
      writer.join();
      assertThat(report.bytes()).isEqualTo(bytes.length);
      try (InputStream back = site.provider().openRead(report.uri())) {
        assertThat(back.readAllBytes()).isEqualTo(bytes);
      }
      ByteArrayInputStream middle = new ByteArrayInputStream(new byte[] {1, 2, 3});
      assertThat(middle.read()).isEqualTo(1);
      TransferReport rest = site.provider().putRawData(RawData.stream(middle));
      assertThat(rest.bytes()).isEqualTo(2);
    }
  }

  @Test
  @Rule({"FAP-PR-7", "W-33"})
  void theStepIsLargeAndNeverZero() {
    assertThat(DEFAULTS.readChunkSizeBytes()).isGreaterThanOrEqualTo(64 << 10);
    for (int step : new int[] {0, -1}) {
      assertThatThrownBy(() -> DEFAULTS.withReadChunkSizeBytes(step))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, Integer.MAX_VALUE})
  @Rule("FAP-PR-7")
  void anyStepGivesTheSameBytes(int step) throws Exception {
    try (Site site = open(Site.Kind.LOCAL)) {
      String text = "na\u00efve \ud83d\ude00 text";
      RawDataOptions options = DEFAULTS.withReadChunkSizeBytes(step);
      TransferReport report =
          site.provider().putRawData(RawData.text(new StringReader(text), UTF_16), options);
      assertThat(Files.readAllBytes(Path.of(report.uri()))).isEqualTo(text.getBytes(UTF_16));
    }
  }

  @Test
  @Rule("FAP-PR-8")
  void nothingElseIsRawData() {
    assertThat(RawData.class.isSealed()).isTrue();
    assertThatThrownBy(() -> RawData.path(null)).hasMessageContaining("path");
    assertThatThrownBy(() -> RawData.bytes(null)).hasMessageContaining("bytes");
    assertThatThrownBy(() -> RawData.stream(null)).hasMessageContaining("stream");
    assertThatThrownBy(() -> RawData.text(null)).hasMessageContaining("text");
    assertThatThrownBy(() -> RawData.text("half \ud800"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("surrogate");
  }

  private static InputStream failing(int after, IOException failure) {
    return new InputStream() {
      private int left = after;

      @Override
      public int read() throws IOException {
        if (left-- > 0) {
          return 1;
        }
        throw failure;
      }
    };
  }

  private static final InputStream ENDLESS_NOTHING =
      new InputStream() {
        @Override
        public int read() {
          return 0;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
          return 0;
        }
      };

  @ParameterizedTest
  @EnumSource(Site.Kind.class)
  @Rule({"FAP-PR-6", "FAP-PR-10", "W-34"})
  void aSourceThatFailsLeavesNothing(Site.Kind kind) throws Exception {
    try (Site site = open(kind)) {
      List<RawData> broken =
          List.of(
              RawData.stream(failing(0, new IOException("the pipe broke"))),
              RawData.stream(failing(200_000, new IOException("the pipe broke"))),
              RawData.stream(ENDLESS_NOTHING),
              RawData.text(new StringReader("\u20ac"), US_ASCII));
      for (RawData data : broken) {
        TransferException failure =
            catchThrowableOfType(TransferException.class, () -> site.provider().putRawData(data));
        assertThat(failure)
            .isInstanceOf(UploadException.class)
            .hasCauseInstanceOf(IOException.class);
        assertThat(failure.kind()).isEqualTo(FailureKind.LOCAL_IO);
        assertThat(failure)
            .message()
            .startsWith("Cannot put the stream to " + site.root())
            .containsAnyOf("the pipe broke", "returns no bytes", "charset cannot hold");
      }
      assertThat(site.everything()).isEmpty();
    }
  }

  @Test
  void aPathMayBeAStringAsPySparkHasIt() {
    Path path = Path.of("some", "file");
    assertThat(RawData.path(path.toString())).isEqualTo(RawData.path(path));
    assertThat(RawData.path(path.toFile())).isEqualTo(RawData.path(path));
    assertThatThrownBy(() -> RawData.path((Object) 7)).hasMessageContaining("java.lang.Integer");
  }
}
