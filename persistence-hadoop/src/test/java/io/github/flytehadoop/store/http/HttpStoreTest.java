/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.flytehadoop.FileAccessProvider;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.ByteRange;
import io.github.flytehadoop.store.Store;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.testkit.InterruptedWork;
import io.github.flytehadoop.testkit.Providers;
import io.github.flytehadoop.testkit.RawServer;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.TestDirectories;
import io.github.flytehadoop.testkit.WebServer;
import io.github.flytehadoop.testkit.WebServer.Vice;
import io.github.flytehadoop.transfer.TransferLimits;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import javax.management.ObjectName;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpStoreTest {
  private static final byte[] CONTENT = bytes(1, 200_000);

  private final Store store = new HttpStore(Duration.ofSeconds(30));
  private WebServer server;
  private Location file;

  @BeforeEach
  void start() throws IOException {
    server = new WebServer();
    server.put("/d/file", CONTENT, "one");
    file = at("/d/file");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Location at(String path) {
    return Location.parse(server.url(path));
  }

  private static byte[] bytes(long seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private byte[] get(Location at, ByteRange range) throws IOException {
    return get(at, store.stat(at), range);
  }

  private byte[] get(Location at, Attributes pinned, ByteRange range) throws IOException {
    try (InputStream in = store.open(at, pinned, range)) {
      return in.readAllBytes();
    }
  }

  private static TransferException failure(FailureKind kind, ThrowingCallable call) {
    TransferException failure = catchThrowableOfType(TransferException.class, call);
    assertThat(failure).isNotNull();
    assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(kind);
    assertThat(failure).hasMessageMatching("(?s)Cannot .+: .+\\. .+");
    return failure;
  }

  @ParameterizedTest
  @EnumSource(names = {"IGNORES_RANGES", "IGNORES_CONDITIONS", "REFUSES_HEAD", "HAS_NO_ETAGS"})
  void aFileComesWholeAndInRanges(Vice vice) throws IOException {
    server.vices(vice);
    assertThat(store.stat(file).lengthBytes()).isEqualTo(CONTENT.length);
    assertThat(store.stat(file).modified()).isEqualTo(Instant.parse("2026-11-01T10:00:00Z"));
    assertThat(get(file, ByteRange.WHOLE)).isEqualTo(CONTENT);
    assertThat(get(file, new ByteRange(199_990, 100)))
        .isEqualTo(Arrays.copyOfRange(CONTENT, 199_990, 200_000));
    assertThat(get(file, new ByteRange(65_535, 2)))
        .isEqualTo(Arrays.copyOfRange(CONTENT, 65_535, 65_537));
    assertThat(get(file, new ByteRange(100_000, -1)))
        .isEqualTo(Arrays.copyOfRange(CONTENT, 100_000, 200_000));
  }

  @Test
  void aRangeCostsOneRequest() throws IOException {
    Attributes known = store.stat(file);
    server.requests().clear();
    get(file, known, new ByteRange(10, 5));
    get(file, known, new ByteRange(200_000, 5));
    get(file, known, new ByteRange(7, 0));
    assertThat(server.requests()).containsExactly("GET /d/file bytes=10-14");
    failure(FailureKind.UNSUPPORTED, () -> get(file, known, new ByteRange(200_001, 5)));
  }

  @Test
  void anEmptyFileEndsAtOnce() throws IOException {
    server.put("/empty", new byte[0], "e");
    assertThat(get(at("/empty"), ByteRange.WHOLE)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"IGNORES_CONDITIONS", "IGNORES_RANGES"})
  @Rule({"F29", "F31"})
  void aReplacedFileIsNeverMixed(Vice vice) throws IOException {
    server.vices(vice);
    Attributes pinned = store.stat(file);
    server.put("/d/file", bytes(2, 200_000), "two");
    failure(FailureKind.SOURCE_CHANGED, () -> get(file, pinned, ByteRange.WHOLE));
    failure(FailureKind.SOURCE_CHANGED, () -> get(file, pinned, new ByteRange(10, 10)));
  }

  @ParameterizedTest
  @EnumSource(names = {"IGNORES_CONDITIONS", "REFUSES_HEAD"})
  @Rule("F71")
  void withoutAnEtagTheTimeTellsVersionsApart(Vice vice) throws IOException {
    server.vices(Vice.HAS_NO_ETAGS, vice);
    Attributes pinned = store.stat(file);
    assertThat(get(file, pinned, new ByteRange(0, 10))).isEqualTo(Arrays.copyOf(CONTENT, 10));
    server.put("/d/file", bytes(2, 200_000), "two", "Sun, 01 Nov 2026 10:00:01 GMT");
    failure(FailureKind.SOURCE_CHANGED, () -> get(file, pinned, new ByteRange(10, 10)));
    failure(FailureKind.SOURCE_CHANGED, () -> get(file, pinned, ByteRange.WHOLE));
  }

  @Test
  @Rule("F71")
  void withoutBothTheWholeLengthDoes() throws IOException {
    server.vices(Vice.HAS_NO_ETAGS, Vice.HAS_NO_TIMES);
    Attributes pinned = store.stat(file);
    server.put("/d/file", bytes(2, 200_001), "two");
    failure(FailureKind.SOURCE_CHANGED, () -> get(file, pinned, new ByteRange(10, 10)));
    failure(FailureKind.SOURCE_CHANGED, () -> get(file, pinned, ByteRange.WHOLE));
  }

  private static FileAccessProvider inParts(Path directory) throws IOException {
    return Providers.onDisk(directory, directory.resolve("sandbox"))
        .transferLimits(TransferLimits.defaults().withPartSizeBytes(8 << 20))
        .build();
  }

  @ParameterizedTest
  @EnumSource(names = {"HAS_NO_TIMES", "IGNORES_RANGES"})
  @Rule({"F71", "F97"})
  void aLargeFileIsOneStreamWhereRangesCannotBeTrusted(Vice vice) throws IOException {
    byte[] large = bytes(3, 40 << 20);
    server.put("/large", large, "one");
    server.vices(Vice.HAS_NO_ETAGS, vice);
    Path copy = TestDirectories.scratch("http").resolve("copy");
    try (FileAccessProvider provider = inParts(copy.getParent())) {
      provider.getData(server.url("/large"), copy);
    }
    assertThat(Files.readAllBytes(copy)).isEqualTo(large);
    assertThat(server.sentBytes()).isLessThan(large.length + (8L << 20));
    assertThat(server.requests()).contains("GET /large");
  }

  @Test
  @Rule("F97")
  void aLargeFileIsReadInRangesWhereTheServerHasThem() throws IOException {
    byte[] large = bytes(3, 40 << 20);
    server.put("/large", large, "one");
    Path copy = TestDirectories.scratch("http").resolve("copy");
    try (FileAccessProvider provider = inParts(copy.getParent())) {
      provider.getData(server.url("/large"), copy);
    }
    assertThat(Files.readAllBytes(copy)).isEqualTo(large);
    assertThat(server.requests())
        .containsExactlyInAnyOrder(
            "HEAD /large",
            "GET /large bytes=0-0",
            "GET /large bytes=0-8388607",
            "GET /large bytes=8388608-16777215",
            "GET /large bytes=16777216-25165823",
            "GET /large bytes=25165824-33554431",
            "GET /large bytes=33554432-41943039");
  }

  @Test
  @Rule("F88")
  void aLongBodyLeavesNoTimers() throws Exception {
    byte[] large = bytes(4, 32 << 20);
    server.put("/large", large, "one");
    long before = timers();
    try (InputStream in = store.open(at("/large"), store.stat(at("/large")), ByteRange.WHOLE)) {
      assertThat(in.readAllBytes()).hasSize(large.length);
      assertThat(timers() - before).isLessThan(20);
    }
  }

  /** How many tasks wait for their time anywhere in this JVM. */
  private static long timers() throws Exception {
    String histogram =
        (String)
            ManagementFactory.getPlatformMBeanServer()
                .invoke(
                    new ObjectName("com.sun.management:type=DiagnosticCommand"),
                    "gcClassHistogram",
                    new Object[] {new String[0]},
                    new String[] {String[].class.getName()});
    return histogram
        .lines()
        .filter(line -> line.contains("ScheduledThreadPoolExecutor$ScheduledFutureTask"))
        .filter(line -> !line.contains("["))
        .mapToLong(line -> Long.parseLong(line.strip().split("\\s+")[1]))
        .sum();
  }

  @ParameterizedTest
  @CsvSource({
    "404, NOT_FOUND",
    "410, NOT_FOUND",
    "401, NO_CREDENTIALS",
    "403, ACCESS_DENIED",
    "429, THROTTLED",
    "503, THROTTLED",
    "500, NETWORK",
    "504, TIMEOUT",
    "418, UNSUPPORTED"
  })
  @Rule("W-38")
  void aStatusHasOneKind(int status, FailureKind kind) throws IOException {
    Attributes known = store.stat(file);
    server.fail("/d/file", status);
    failure(kind, () -> store.stat(file));
    failure(kind, () -> get(file, known, ByteRange.WHOLE));
  }

  @Test
  void redirectsAreFollowedButNotForEver() throws IOException {
    server.redirect("/moved", server.url("/d/file"));
    server.redirect("/circle", server.url("/circle"));
    assertThat(get(at("/moved"), ByteRange.WHOLE)).isEqualTo(CONTENT);
    TransferException circle = failure(FailureKind.UNSUPPORTED, () -> store.stat(at("/circle")));
    assertThat(circle).hasMessageContaining("redirects in a circle");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '~',
      delimiter = ';',
      textBlock =
          """
          /a b/c d          ; /a%20b/c%20d
          /a"b'c`d|e        ; /a%22b'c%60d%7Ce
          /%zz/100%         ; /%25zz/100%25
          /a%20b?x=y z&q="  ; /a%20b?x=y%20z&q=%22
          /[a]{b}^          ; /%5Ba%5D%7Bb%7D%5E
          /a\\b<c>          ; /a%5Cb%3Cc%3E
          sibling file      ; /d/sibling%20file
          ../up             ; /up
          ?v=2 3            ; /d/from?v=2%203
          /f#part one       ; /f
          """)
  @Rule("B89")
  void addressesAsBrowsersTakeThemAreFollowed(String to, String sent) throws IOException {
    server.put(sent, CONTENT, "v");
    for (String absolute : to.startsWith("/") ? List.of(to, server.url(to)) : List.of(to)) {
      server.redirect("/d/from", absolute);
      assertThat(get(at("/d/from"), ByteRange.WHOLE)).isEqualTo(CONTENT);
      assertThat(get(at("/d/from"), new ByteRange(1, 2))).hasSize(2);
    }
  }

  @Test
  @Rule("B89")
  void lettersOfAnyLanguageAreFollowed() throws IOException {
    server.put("/%C3%A9/%E4%B8%AD", CONTENT, "v");
    // what the server of the JDK writes as one byte a character
    String bytes =
        new String("/\u00e9/\u4e2d".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    server.redirect("/from", bytes);
    assertThat(get(at("/from"), ByteRange.WHOLE)).isEqualTo(CONTENT);
  }

  @Test
  @Rule("B89")
  void manyRedirectsAreFollowedAndTooManyAreNot() throws IOException {
    for (int i = 0; i < 25; i++) {
      server.redirect("/r" + i, "/r" + (i + 1));
    }
    server.put("/r25", CONTENT, "v");
    assertThat(get(at("/r5"), ByteRange.WHOLE)).isEqualTo(CONTENT);
    TransferException many = failure(FailureKind.UNSUPPORTED, () -> store.stat(at("/r4")));
    assertThat(many).hasMessageContaining(server.url("/r4")).hasMessageContaining("20 times");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///etc/passwd?sig=abc123",
        "ftp://user:abc123@host/x",
        "http://ho st/x?sig=abc123",
        "http:///x?sig=abc123",
        "jar:http://h!/x?sig=abc123",
        "s3://bucket/key"
      })
  @Rule({"B72", "B89"})
  void otherAddressesAreRefusedByName(String address) {
    server.redirect("/from", address);
    TransferException refused = failure(FailureKind.UNSUPPORTED, () -> store.stat(at("/from")));
    assertThat(refused)
        .hasMessageContaining(server.url("/from"))
        .hasMessageContaining("the server leads to " + address.substring(0, 4))
        .hasMessageContaining("Use the web address of the file itself");
    assertThat(refused.toString()).doesNotContain("abc123");
  }

  @Test
  @Rule("B89")
  void theHostThatWasLedToIsTheOneThatDoesNotAnswer() {
    server.redirect("/from", "http://127.0.0.1:1/x");
    TransferException refused = failure(FailureKind.NETWORK, () -> store.stat(at("/from")));
    assertThat(refused).hasMessageContaining("nobody answers at 127.0.0.1:1");
  }

  @Test
  @Rule({"F01", "F05"})
  void aBodyThatBreaksOffIsNotWhole() throws IOException {
    Attributes known = store.stat(file);
    server.vices(Vice.BREAKS_OFF);
    failure(FailureKind.NETWORK, () -> get(file, known, ByteRange.WHOLE));
  }

  @Test
  @Rule("F04")
  void aSilentServerIsGivenUp() throws IOException {
    Attributes known = store.stat(file);
    server.vices(Vice.STALLS);
    Store impatient = new HttpStore(Duration.ofMillis(300));
    failure(
        FailureKind.TIMEOUT,
        () -> {
          try (InputStream in = impatient.open(file, known, ByteRange.WHOLE)) {
            in.readAllBytes();
          }
        });
  }

  /** A server that sends a byte of a thousand, and opens the latch. */
  private static RawServer silent(CountDownLatch asked) {
    return RawServer.start(
        "http",
        client -> {
          RawServer.readHead(client);
          RawServer.say(client, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n1");
          asked.countDown();
        });
  }

  private InputStream open(RawServer server) throws IOException {
    Attributes known = new Attributes(Attributes.Kind.FILE, 1000, Instant.EPOCH, null, null);
    return store.open(Location.parse(server.uri() + "/file"), known, ByteRange.WHOLE);
  }

  @Test
  @Rule("F41")
  void anInterruptedReaderWaitsForNoServer() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    try (RawServer silent = silent(asked)) {
      Exception end =
          InterruptedWork.endOf(
              () -> {
                try (InputStream in = open(silent)) {
                  return in.readAllBytes();
                }
              },
              asked);
      assertThat(end)
          .isInstanceOfSatisfying(
              TransferException.class,
              failure -> assertThat(failure.kind()).isEqualTo(FailureKind.INTERRUPTED));
    }
  }

  @Test
  void aReaderOfABodyThatIsClosedWaitsNoLonger() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    try (RawServer silent = silent(asked);
        InputStream in = open(silent)) {
      CompletableFuture<byte[]> read =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return in.readAllBytes();
                } catch (IOException failure) {
                  throw new UncheckedIOException(failure);
                }
              });
      assertThat(asked.await(1, TimeUnit.MINUTES)).isTrue();
      Thread.sleep(300); // until it waits
      in.close();
      assertThat(read)
          .failsWithin(Duration.ofSeconds(10))
          .withThrowableOfType(ExecutionException.class)
          .withMessageContaining("the body is closed");
    }
  }

  @Test
  void aClosedPortIsANetworkFailure() {
    String closed = server.url("/d/file");
    server.close();
    failure(FailureKind.NETWORK, () -> store.stat(Location.parse(closed)));
  }

  @Test
  void thereAreNoListingsAndNoWrites() throws IOException {
    Attributes known = store.stat(file);
    Location directory = at("/d");
    TransferException listing = failure(FailureKind.UNSUPPORTED, () -> store.children(directory));
    assertThat(listing).hasMessageContaining("HTTP has no listings");
    failure(FailureKind.UNSUPPORTED, () -> store.tree(directory));
    failure(FailureKind.UNSUPPORTED, () -> store.write(file, WriteOptions.ofLength(1)));
    failure(FailureKind.UNSUPPORTED, () -> store.makeDirectory(directory));
    failure(FailureKind.UNSUPPORTED, () -> store.delete(file, known));
  }

  @Test
  void aUrlStaysAsItIsWritten() throws IOException {
    server.put("/a%20b%2Fc?x=1&y=%25", CONTENT, "q");
    server.put("/%C3%A9%20%22", CONTENT, "u");
    assertThat(get(at("/a%20b%2Fc?x=1&y=%25#part"), ByteRange.WHOLE)).isEqualTo(CONTENT);
    assertThat(get(at("/\u00e9 \""), ByteRange.WHOLE)).isEqualTo(CONTENT);
    failure(FailureKind.UNSUPPORTED, () -> store.stat(at("/a%zz")));
  }

  @Test
  @Rule("B72")
  void signaturesAreNotShown() {
    TransferException failure =
        failure(FailureKind.NOT_FOUND, () -> store.stat(at("/none?X-Amz-Signature=abc123")));
    assertThat(failure.toString()).doesNotContain("abc123");
    assertThat(failure.location()).doesNotContain("abc123");
  }
}
