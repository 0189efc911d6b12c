/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.flytehadoop.hadoop.s3.crt.NativeDownload;
import io.github.flytehadoop.hadoop.s3.message.S3Answer;
import io.github.flytehadoop.hadoop.s3.message.S3Body;
import io.github.flytehadoop.hadoop.s3.message.S3Message;
import io.github.flytehadoop.testkit.RawServer;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import io.github.flytehadoop.testkit.s3.S3aKeys;
import io.github.flytehadoop.testkit.s3.SeenHead;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;

/** Bodies that are read while they are sent or arrive, and what goes wrong on their way. */
@Timeout(60)
class NativeBodiesTest {
  private static final String BUCKET = "b";
  private static final int LARGE = 9 << 20;

  private final byte[] content = new byte[LARGE];
  private final List<SeenHead> seen = new CopyOnWriteArrayList<>();
  private S3Endpoint s3;

  private S3Connection connection(String scheme) {
    new Random(1).nextBytes(content);
    s3 = scheme.equals("https") ? S3Endpoint.startTls() : S3Endpoint.start();
    s3.createBucket(BUCKET);
    s3.verifyingSignature(identity -> identity + "-secret");
    s3.onHead(seen::add);
    return connection(s3.uri());
  }

  private static S3Connection connection(URI endpoint) {
    Configuration conf = S3aKeys.of(endpoint, "alice");
    conf.set("fs.s3a.attempts.maximum", "0");
    conf.set("fs.s3a.retry.limit", "0");
    conf.set("fs.s3a.connection.timeout", "1s");
    return new S3Connection(S3ClientSettings.of(BUCKET, conf));
  }

  @AfterEach
  void stop() {
    if (s3 != null) {
      s3.close();
    }
  }

  private static S3Message get() {
    return new S3Message(SdkHttpMethod.GET, "k", Map.of(), Map.of(), null);
  }

  private static S3Body open(S3Connection connection) throws IOException {
    return connection.read(ways -> Objects.requireNonNull(ways.open(get()), "natively"));
  }

  private static S3Answer put(S3Connection connection, ContentStreamProvider body, long length)
      throws IOException {
    Map<String, String> headers = Map.of("Content-Length", Long.toString(length));
    S3Message message = new S3Message(SdkHttpMethod.PUT, "k", Map.of(), headers, null);
    return connection.upload(ways -> Objects.requireNonNull(ways.send(message, body), "natively"));
  }

  private ContentStreamProvider source() {
    return () -> new ByteArrayInputStream(content);
  }

  private void bySdk(S3Connection connection) throws IOException {
    connection.upload(
        ways ->
            ways.sdk()
                .putObject(p -> p.bucket(BUCKET).key("k"), RequestBody.fromBytes(new byte[1])));
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "https"})
  void aLargeAnswerIsRead(String scheme) throws Exception {
    try (S3Connection connection = connection(scheme)) {
      s3.putDirectly(BUCKET, "k", content);
      for (int time = 0; time < 3; time++) {
        try (S3Body body = open(connection)) {
          assertThat(body.header("content-length")).isEqualTo(Integer.toString(LARGE));
          assertThat(body.readAllBytes()).isEqualTo(content);
          assertThat(body.read()).isEqualTo(-1);
        }
      }
      assertThat(connection.requests()).isEqualTo(Map.of("GET", 3L));
    }
    assertThat(seen).noneMatch(NativeBodiesTest::isOfTheSdk);
  }

  private static boolean isOfTheSdk(SeenHead head) {
    return head.header("user-agent").orElse("").contains("aws-sdk-java");
  }

  @Test
  void overTlsALargeBodyIsSent() throws Exception {
    try (S3Connection connection = connection("https")) {
      for (int time = 0; time < 3; time++) {
        assertThat(put(connection, source(), LARGE).header("ETag")).isNotNull();
        assertThat(s3.bytes(BUCKET, "k")).isEqualTo(content);
        s3.deleteDirectly(BUCKET, "k");
      }
      assertThat(connection.requests()).isEqualTo(Map.of("PUT", 3L));
    }
    assertThat(seen).hasSize(3).noneMatch(NativeBodiesTest::isOfTheSdk);
  }

  /** Its bytes are signed there, in pieces, which is the SDK's to do. */
  @Test
  void overPlainHttpALargeBodyIsLeftToTheSdk() throws Exception {
    try (S3Connection connection = connection("http")) {
      S3Message message =
          new S3Message(SdkHttpMethod.PUT, "k", Map.of(), Map.of("Content-Length", "1"), null);
      connection.upload(
          ways -> {
            assertThat(ways.send(message, source())).isNull();
            return "";
          });
      assertThat(seen).isEmpty();
    }
  }

  /** Memory and connections come back: there is memory for 32 at once. */
  @ParameterizedTest
  @ValueSource(strings = {"http", "https"})
  void answersThatAreGivenUpLeaveNothing(String scheme) throws Exception {
    try (S3Connection connection = connection(scheme)) {
      s3.putDirectly(BUCKET, "k", content);
      for (int time = 0; time < 40; time++) {
        try (S3Body body = open(connection)) {
          assertThat(body.read()).isEqualTo(content[0] & 0xff);
          body.abort();
        }
      }
      try (S3Body body = open(connection)) {
        assertThat(body.readAllBytes()).isEqualTo(content);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "https"})
  void anotherAnswerIsLeftToTheSdkWhereMemoryIsGone(String scheme) throws Exception {
    try (S3Connection connection = connection(scheme)) {
      s3.putDirectly(BUCKET, "k", content);
      List<S3Body> open = new CopyOnWriteArrayList<>();
      while (open.size() < 100) {
        S3Body next = connection.read(ways -> new Maybe(ways.open(get()))).body();
        if (next == null) {
          break;
        }
        open.add(next);
      }
      assertThat(open).hasSize(32);
      open.forEach(S3Body::abort);
      try (S3Body body = open(connection)) {
        assertThat(body.readAllBytes()).isEqualTo(content);
      }
    }
  }

  private record Maybe(S3Body body) {}

  /** A server that could send without end has to wait for a slow reader. */
  @ParameterizedTest
  @ValueSource(strings = {"http", "https"})
  void noMoreThanAWindowIsHeld(String scheme) throws Exception {
    AtomicLong sent = new AtomicLong();
    try (RawServer endless =
            RawServer.start(
                scheme,
                client -> {
                  RawServer.readHead(client);
                  OutputStream out = client.getOutputStream();
                  out.write(
                      "HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n".getBytes(US_ASCII));
                  byte[] block = new byte[64 << 10];
                  while (true) {
                    out.write(block);
                    sent.addAndGet(block.length);
                  }
                });
        S3Connection connection = connection(endless.uri());
        S3Body body = open(connection)) {
      assertThat(body.read()).isZero();
      long before = -1;
      while (before != sent.get()) {
        before = sent.get();
        Thread.sleep(500);
      }
      int buffersOfSockets = 12 << 20;
      assertThat(before).isBetween(1L, (long) NativeDownload.WINDOW_BYTES + buffersOfSockets);
      body.skipNBytes(20 << 20);
      assertThat(sent.get()).isGreaterThan(before);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "https"})
  @Rule("F05")
  void aServerThatFallsSilentIsGivenUp(String scheme) throws Exception {
    try (RawServer silent =
            RawServer.start(
                scheme,
                client -> {
                  RawServer.readHead(client);
                  OutputStream out = client.getOutputStream();
                  out.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n1".getBytes(US_ASCII));
                  out.flush();
                });
        S3Connection connection = connection(silent.uri());
        S3Body body = open(connection)) {
      assertThat(body.read()).isEqualTo('1');
      assertThatThrownBy(body::read)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("no byte for 1000 ms");
    }
  }

  @Test
  @Rule("F05")
  void anUploadThatNobodyTakesIsGivenUp() throws Exception {
    try (RawServer deaf = RawServer.start("https", client -> RawServer.readHead(client));
        S3Connection connection = connection(deaf.uri())) {
      long much = 64 << 20;
      Throwable failure =
          catchThrowable(
              () -> put(connection, () -> new ByteArrayInputStream(new byte[(int) much]), much));
      Throwable root = failure.getCause() == null ? failure : failure.getCause();
      assertThat(root).isInstanceOf(IOException.class).hasMessageContaining("no byte");
    }
  }

  /** A proxy says so of its last answer on a connection. */
  @ParameterizedTest
  @ValueSource(strings = {"http", "https"})
  void anAnswerOnAConnectionThatWillCloseCanBeGivenUp(String scheme) throws Exception {
    try (RawServer endless =
            RawServer.start(
                scheme,
                client -> {
                  RawServer.readHead(client);
                  String head =
                      "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 1000000000";
                  OutputStream out = client.getOutputStream();
                  out.write((head + "\r\n\r\n").getBytes(US_ASCII));
                  while (true) {
                    out.write(new byte[64 << 10]);
                  }
                });
        S3Connection connection = connection(endless.uri())) {
      long before = System.nanoTime();
      for (int time = 0; time < 3; time++) {
        try (S3Body body = open(connection)) {
          assertThat(body.read()).isZero();
          Thread.sleep(200);
        }
      }
      connection.close();
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(6));
    }
  }

  /** The library would take such a body to be empty. */
  @Test
  void anAnswerThatEndsWithItsConnectionIsLeftToTheSdk() throws Exception {
    try (RawServer old =
            RawServer.start(
                "http",
                client -> {
                  RawServer.readHead(client);
                  OutputStream out = client.getOutputStream();
                  out.write("HTTP/1.1 200 OK\r\nETag: \"e\"\r\n\r\nall of it".getBytes(US_ASCII));
                  out.flush();
                  client.close();
                });
        S3Connection connection = connection(old.uri())) {
      String read =
          connection.read(
              ways -> {
                assertThat(ways.open(get())).isNull();
                return ways.sdk()
                    .getObjectAsBytes(g -> g.bucket(BUCKET).key("k"))
                    .asString(US_ASCII);
              });
      assertThat(read).isEqualTo("all of it");
    }
  }

  /** Most stores read some of a body before they refuse it; then they hang up, or read no more. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anAnswerInTheMiddleOfABodyIsHeard(boolean hangsUp) throws Exception {
    try (RawServer refusing =
            RawServer.start(
                "https",
                client -> {
                  RawServer.readHead(client);
                  client.getInputStream().readNBytes(3 << 20);
                  Thread.sleep(300);
                  OutputStream out = client.getOutputStream();
                  out.write(
                      "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".getBytes(US_ASCII));
                  out.flush();
                  if (hangsUp) {
                    client.shutdownOutput();
                  }
                });
        S3Connection connection = connection(refusing.uri())) {
      long much = 256 << 20;
      AwsServiceException refused =
          catchThrowableOfType(
              AwsServiceException.class,
              () -> put(connection, () -> new ByteArrayInputStream(new byte[(int) much]), much));
      assertThat(refused.statusCode()).isEqualTo(404);
    }
  }

  /** A server that says yes before it has read all has not stored all. */
  @Test
  void anEarlyYesIsNone() throws Exception {
    try (RawServer hasty =
            RawServer.start(
                "https",
                client -> {
                  RawServer.readHead(client);
                  OutputStream out = client.getOutputStream();
                  out.write(
                      "HTTP/1.1 200 OK\r\nETag: \"e\"\r\nContent-Length: 0\r\n\r\n"
                          .getBytes(US_ASCII));
                  out.flush();
                });
        S3Connection connection = connection(hasty.uri())) {
      Throwable failure =
          catchThrowable(
              () -> put(connection, () -> new ByteArrayInputStream(new byte[64 << 20]), 64L << 20));
      assertThat(failure).isInstanceOf(IOException.class).hasMessageContaining("before it had");
    }
  }

  /** A store may refuse at the head, read no byte of the body, and hang up. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anAnswerBeforeTheEndOfTheBodyIsHeard(boolean hangsUp) throws Exception {
    String told = "<Error><Code>AccessDenied</Code><Message>no</Message></Error>";
    try (RawServer refusing =
            RawServer.start(
                "https",
                client -> {
                  RawServer.readHead(client);
                  String head = "HTTP/1.1 403 Forbidden\r\nContent-Length: " + told.length();
                  OutputStream out = client.getOutputStream();
                  out.write((head + "\r\n\r\n" + told).getBytes(US_ASCII));
                  out.flush();
                  if (hangsUp) {
                    client.shutdownOutput();
                  }
                });
        S3Connection connection = connection(refusing.uri())) {
      long much = 256 << 20;
      AwsServiceException refused =
          catchThrowableOfType(
              AwsServiceException.class,
              () -> put(connection, () -> new ByteArrayInputStream(new byte[(int) much]), much));
      assertThat(refused.statusCode()).isEqualTo(403);
      assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("AccessDenied");
    }
  }

  @Test
  void aSourceThatFailsStoresNothing() throws Exception {
    try (S3Connection connection = connection("https")) {
      InputStream failing =
          new InputStream() {
            private int left = LARGE / 2;

            @Override
            public int read() {
              if (left-- == 0) {
                throw new UncheckedIOException(new IOException("the disk has gone"));
              }
              return 1;
            }
          };
      assertThatThrownBy(() -> put(connection, () -> failing, LARGE))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("the disk has gone");
      assertThat(s3.keys(BUCKET)).isEmpty();
      ContentStreamProvider half = () -> new ByteArrayInputStream(content, 0, LARGE / 2);
      assertThatThrownBy(() -> put(connection, half, LARGE))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("early");
      assertThat(s3.keys(BUCKET)).isEmpty();
      put(connection, source(), LARGE);
      assertThat(s3.bytes(BUCKET, "k")).isEqualTo(content);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "https"})
  void closingEndsWhatIsStillRead(String scheme) throws Exception {
    S3Connection connection = connection(scheme);
    s3.putDirectly(BUCKET, "k", content);
    bySdk(connection);
    s3.putDirectly(BUCKET, "k", content);
    S3Body body = open(connection);
    assertThat(body.read()).isEqualTo(content[0] & 0xff);
    long before = System.nanoTime();
    connection.close();
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
    assertThatThrownBy(body::readAllBytes).isInstanceOf(IOException.class);
    body.close();
    assertThatThrownBy(() -> open(connection)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> connection.read(ways -> ways.sdk()))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void closingEndsWhatIsStillSent() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    try (RawServer deaf =
        RawServer.start(
            "https",
            client -> {
              RawServer.readHead(client);
              begun.countDown();
            })) {
      Configuration patient = S3aKeys.of(deaf.uri(), "alice");
      patient.set("fs.s3a.attempts.maximum", "0");
      patient.set("fs.s3a.retry.limit", "0");
      S3Connection connection = new S3Connection(S3ClientSettings.of(BUCKET, patient));
      long much = 64 << 20;
      Future<Throwable> failure =
          ForkJoinPool.commonPool()
              .submit(
                  () ->
                      catchThrowable(
                          () ->
                              put(
                                  connection,
                                  () -> new ByteArrayInputStream(new byte[(int) much]),
                                  much)));
      begun.await();
      long before = System.nanoTime();
      connection.close();
      assertThat(failure.get()).isNotNull();
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(15));
    }
  }

  /** Streams that nobody reads to their end can hold all connections that there may be. */
  @Test
  void whoeverFindsNoConnectionIsLeftToTheSdk() throws Exception {
    try (S3Connection first = connection("http")) {
      s3.putDirectly(BUCKET, "k", content);
      Configuration conf = S3aKeys.of(s3.uri(), "alice");
      conf.set("fs.s3a.connection.maximum", "2");
      conf.set("fs.s3a.connection.timeout", "1s");
      conf.set("fs.s3a.attempts.maximum", "0");
      conf.set("fs.s3a.retry.limit", "0");
      try (S3Connection connection = new S3Connection(S3ClientSettings.of(BUCKET, conf));
          S3Body one = open(connection);
          S3Body two = open(connection)) {
        assertThat(one.read()).isEqualTo(two.read());
        assertThat(connection.read(ways -> new Maybe(ways.open(get()))).body()).isNull();
        one.abort();
        try (S3Body three = open(connection)) {
          assertThat(three.readAllBytes()).isEqualTo(content);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "https"})
  void whoeverWaitsCanBeInterrupted(String scheme) throws Exception {
    try (RawServer silent = RawServer.start(scheme, client -> RawServer.readHead(client));
        S3Connection connection = connection(silent.uri())) {
      Thread.currentThread().interrupt();
      Throwable failure = catchThrowable(() -> open(connection));
      assertThat(Thread.interrupted()).isTrue();
      assertThat(failure).isInstanceOf(AbortedException.class);
    }
  }
}
