/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.hadoop.gcs.GcsClientSettings;
import io.github.flytehadoop.hadoop.gcs.GcsConnection;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.ByteRange;
import io.github.flytehadoop.testkit.Rule;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers to reads that break off, or are not what was asked for. */
class GcsReadTest {
  private static final Location FILE = Location.parse("gs://b/k");
  private static final int LENGTH = 100_000;
  private static final int BROKEN_AT = 40_000;
  private static final Attributes PINNED =
      new Attributes(Attributes.Kind.FILE, LENGTH, Instant.EPOCH, "7", null);

  /** What is wrong with an answer. */
  private enum Fault {
    BREAKS_OFF,
    OTHER_RANGE,
    WHOLE,
    OTHER_VERSION,
    GONE,
    ENDLESS
  }

  private static final long MANY = 4L << 30;

  private final byte[] content = new byte[LENGTH];
  private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final AtomicLong sentBytes = new AtomicLong();
  private HttpServer server;
  private GcsConnection connection;
  private GcsStore store;

  @BeforeEach
  void start() throws IOException {
    new Random(1).nextBytes(content);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    Configuration conf = new Configuration(false);
    conf.set("fs.gs.storage.root.url", "http://127.0.0.1:" + server.getAddress().getPort());
    conf.set("fs.gs.auth.type", "UNAUTHENTICATED");
    conf.set("fs.gs.http.max.retry", "2");
    connection = new GcsConnection(GcsClientSettings.of(conf));
    store = new GcsStore(connection, "b", 8 << 20);
  }

  @AfterEach
  void stop() {
    connection.close();
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String target = exchange.getRequestURI().toString();
    if (!target.contains("alt=media")) {
      byte[] now = "{\"name\":\"k\",\"generation\":\"8\"}".getBytes();
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, now.length);
      exchange.getResponseBody().write(now);
      exchange.close();
      return;
    }
    String range = exchange.getRequestHeaders().getFirst("Range");
    asked.add(range + (target.contains("generation=7") ? " of 7" : ""));
    int from = Integer.parseInt(range.replaceAll("bytes=(\\d+)-.*", "$1"));
    int to = (int) Math.min(LENGTH, Long.parseLong(range.replaceAll(".*-(\\d+)", "$1")) + 1);
    send(exchange, faults.poll(), from, to);
  }

  private void send(HttpExchange exchange, Fault fault, int from, int to) throws IOException {
    try (exchange) {
      int start = fault == Fault.OTHER_RANGE ? from + 1 : from;
      var headers = exchange.getResponseHeaders();
      headers.set("x-goog-generation", fault == Fault.OTHER_VERSION ? "8" : "7");
      if (fault == Fault.GONE) {
        exchange.sendResponseHeaders(404, -1);
      } else if (fault == Fault.ENDLESS) {
        headers.set("Content-Range", "bytes 0-" + (MANY - 1) + "/" + MANY);
        exchange.sendResponseHeaders(206, MANY);
        for (long sent = 0; sent < MANY; sent += content.length) {
          exchange.getResponseBody().write(content);
          sentBytes.addAndGet(content.length);
        }
      } else if (fault == Fault.WHOLE) {
        exchange.sendResponseHeaders(200, LENGTH);
        exchange.getResponseBody().write(content);
      } else {
        headers.set("Content-Range", "bytes " + start + "-" + (to - 1) + "/" + LENGTH);
        exchange.sendResponseHeaders(206, to - start);
        int end = fault == Fault.BREAKS_OFF ? BROKEN_AT : to;
        exchange.getResponseBody().write(content, start, end - start);
      }
    }
  }

  private byte[] read(Attributes attributes, ByteRange range) throws IOException {
    try (InputStream in = store.open(FILE, attributes, range)) {
      return in.readAllBytes();
    }
  }

  private FailureKind failure(ByteRange range) {
    return catchThrowableOfType(TransferException.class, () -> read(PINNED, range)).kind();
  }

  @Test
  @Rule("F03")
  void readingGoesOnWhereItBrokeOff() throws IOException {
    faults.add(Fault.BREAKS_OFF);
    assertThat(read(PINNED, ByteRange.WHOLE)).isEqualTo(content);
    assertThat(asked)
        .hasSize(2)
        .startsWith("bytes=0-99999 of 7")
        .allMatch(range -> range.endsWith("-99999 of 7"));
    assertThat(Integer.parseInt(asked.get(1).replaceAll("bytes=(\\d+)-.*", "$1")))
        .isPositive()
        .isLessThanOrEqualTo(BROKEN_AT);
  }

  @Test
  @Rule("F07")
  void bytesFromElsewhereAreNotUsed() throws IOException {
    ByteRange some = new ByteRange(10, 1000);
    faults.add(Fault.OTHER_RANGE);
    faults.add(Fault.WHOLE);
    assertThat(read(PINNED, some)).isEqualTo(Arrays.copyOfRange(content, 10, 1010));
    assertThat(asked).hasSize(3);
    faults.addAll(List.of(Fault.WHOLE, Fault.WHOLE, Fault.WHOLE));
    assertThat(failure(some)).isEqualTo(FailureKind.NETWORK);
  }

  @Test
  @Rule("F29")
  void anotherVersionIsNotTakenForTheOneThatWasListed() {
    faults.add(Fault.OTHER_VERSION);
    assertThat(failure(ByteRange.WHOLE)).isEqualTo(FailureKind.SOURCE_CHANGED);
    assertThat(asked).as("tries").hasSize(1);
    faults.add(Fault.GONE);
    assertThat(failure(ByteRange.WHOLE)).isEqualTo(FailureKind.SOURCE_CHANGED);
  }

  @Test
  void theFirstAnswerPinsWhatWasNotPinned() throws IOException {
    Attributes unpinned = new Attributes(Attributes.Kind.FILE, LENGTH, Instant.EPOCH, null, null);
    faults.add(Fault.BREAKS_OFF);
    assertThat(read(unpinned, ByteRange.WHOLE)).isEqualTo(content);
    assertThat(asked.get(0)).isEqualTo("bytes=0-99999");
    assertThat(asked.get(1)).endsWith(" of 7");
  }

  @Test
  void whatIsClosedEarlyIsNotReadToItsEnd() throws IOException {
    Attributes huge = new Attributes(Attributes.Kind.FILE, MANY, Instant.EPOCH, "7", null);
    faults.add(Fault.ENDLESS);
    try (InputStream in = store.open(FILE, huge, ByteRange.WHOLE)) {
      assertThat(in.readNBytes(10)).isEqualTo(Arrays.copyOf(content, 10));
    }
    assertThat(sentBytes.get()).isLessThan(64 << 20);
  }

  @Test
  void nothingIsAskedForWhatHasNoBytes() throws IOException {
    Attributes empty = new Attributes(Attributes.Kind.FILE, 0, Instant.EPOCH, "7", null);
    assertThat(read(empty, ByteRange.WHOLE)).isEmpty();
    assertThat(read(PINNED, new ByteRange(LENGTH, 5))).isEmpty();
    assertThat(asked).isEmpty();
  }
}
