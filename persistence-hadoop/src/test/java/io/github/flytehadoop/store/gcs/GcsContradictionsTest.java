/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.flytehadoop.error.DataNotFoundException;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.hadoop.gcs.GcsClientSettings;
import io.github.flytehadoop.hadoop.gcs.GcsConnection;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.RelativePath;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.Listing;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.store.multipart.ServerSideCopy;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.ScriptedGcs;
import io.github.flytehadoop.testkit.ScriptedGcs.Answer;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers that would keep a program busy for ever, or that say less than they seem to. */
@Timeout(60)
class GcsContradictionsTest {
  private static final Location AT = Location.parse("gs://b/d");
  private static final Answer MISSING = Answer.refused(404, "notFound", "No such object");
  private static final Answer SLOW_COPY =
      Answer.ok("{\"done\":false,\"totalBytesRewritten\":\"1\",\"rewriteToken\":\"same\"}");

  private ScriptedGcs server;
  private GcsConnection connection;
  private GcsStore store;

  @BeforeEach
  void start() throws IOException {
    server = new ScriptedGcs();
    Configuration conf = new Configuration(false);
    conf.set("fs.gs.storage.root.url", server.url());
    conf.set("fs.gs.auth.type", "UNAUTHENTICATED");
    connection = new GcsConnection(GcsClientSettings.of(conf));
    store = new GcsStore(connection, "b", 8 << 20);
  }

  @AfterEach
  void stop() {
    connection.close();
    server.close();
  }

  private static Answer page(String next, String... keys) {
    StringBuilder items = new StringBuilder();
    for (String key : keys) {
      items.append(items.isEmpty() ? "" : ",");
      items.append("{\"name\":\"").append(key).append("\",\"size\":\"1\",\"generation\":\"1\"}");
    }
    String token = next.isEmpty() ? "" : "\"nextPageToken\":\"" + next + "\",";
    return Answer.ok("{" + token + "\"items\":[" + items + "]}");
  }

  private static void assertContradiction(TransferException failure) {
    assertThat(failure.kind()).isEqualTo(FailureKind.UNSUPPORTED);
    assertThat(failure)
        .hasMessageContaining("the same page again and again")
        .hasMessageEndingWith("Ask whoever runs the store.");
  }

  @Test
  @Rule("F28")
  void aListingThatLeadsInACircleEnds() throws IOException {
    server.answering(
        target ->
            target.contains("pageToken=one")
                ? page("two", "d/b")
                : page("one", target.contains("pageToken") ? "d/c" : "d/a"));
    try (Listing listing = store.tree(AT)) {
      assertContradiction(
          catchThrowableOfType(
              TransferException.class,
              () -> {
                while (listing.hasNext()) {
                  listing.next();
                }
              }));
    }
    assertThat(server.targets()).hasSizeLessThan(10);
  }

  @Test
  @Rule("F28")
  void whatIsLookedForBeforeItGoesEnds() {
    server.answering(target -> page("same", "d/a"));
    assertContradiction(
        catchThrowableOfType(
            TransferException.class, () -> store.leftovers(AT, Attributes.Kind.DIRECTORY, "t")));
    server.answering(target -> target.startsWith("GET") ? page("same", "d/a") : null);
    assertContradiction(
        catchThrowableOfType(
            TransferException.class, () -> store.delete(AT, GcsStatus.directory())));
    server.answering(target -> target.contains("/o/d?") ? MISSING : page("same"));
    assertContradiction(catchThrowableOfType(TransferException.class, () -> store.stat(AT)));
  }

  /** Google says that a page may have no items and yet not be the last. */
  @Test
  void anEmptyFirstPageIsNotTheEnd() throws IOException {
    server.answers(MISSING, page("more"), page("", "d/a"));
    assertThat(store.stat(AT).isDirectory()).isTrue();
    server.answers(MISSING, page("more"), page(""));
    assertThat(catchThrowableOfType(DataNotFoundException.class, () -> store.stat(AT))).isNotNull();
    server.answers(page("more"), page("", "d/a"));
    try (Listing listing = store.tree(AT)) {
      assertThat(listing.next().path()).isEqualTo(new RelativePath("a"));
    }
  }

  @Test
  void aCopyThatDoesNotGetOnEnds() throws IOException {
    server.answering(target -> target.contains("rewriteTo") ? SLOW_COPY : null);
    Location from = Location.parse("gs://b/k");
    ServerSideCopy.CopySource source = new ServerSideCopy.CopySource(store, from, store.stat(from));
    WriteOptions options = new WriteOptions(3, Map.of(), WriteOptions.Existing.REPLACE);
    TransferException failure =
        catchThrowableOfType(TransferException.class, () -> store.copyWhole(source, AT, options));
    assertThat(failure)
        .hasMessageContaining("the copy goes on")
        .hasMessageContaining("stays at 1 byte");
    assertThat(server.targets()).hasSizeLessThan(10);
  }

  @Test
  void aCopyThatGetsOnEndsWell() throws IOException {
    Location from = Location.parse("gs://b/k");
    ServerSideCopy.CopySource source = new ServerSideCopy.CopySource(store, from, store.stat(from));
    server.answers(
        Answer.OBJECT,
        SLOW_COPY,
        SLOW_COPY, // once
        Answer.ok("{\"done\":false,\"totalBytesRewritten\":\"2\",\"rewriteToken\":\"same\"}"),
        Answer.ok(
            "{\"done\":true,\"resource\":{\"name\":\"d\",\"size\":\"3\",\"generation\":\"9\"}}"));
    store.copyWhole(source, AT, new WriteOptions(3, Map.of(), WriteOptions.Existing.REPLACE));
    assertThat(server.targets()).hasSize(6);
  }

  /** Whoever deletes may write to the same names next. */
  @Test
  void nothingIsDeletedAnyMoreOnceADeletionHasFailed() {
    server.answering(
        target -> {
          if (target.contains("first")) {
            return Answer.refused(403, "forbidden", "no");
          }
          pause(700);
          return new Answer(204, "", Map.of());
        });
    var files = Stream.of("first", "a", "b", "c").map(RelativePath::new).iterator();
    TransferException failure =
        catchThrowableOfType(TransferException.class, () -> store.deleteFiles(AT, files));
    assertThat(server.busy()).isZero();
    assertThat(failure.kind()).isEqualTo(FailureKind.ACCESS_DENIED);
  }

  @Test
  void nothingIsDeletedAnyMoreForAThreadThatWasInterrupted() throws Exception {
    server.answering(
        target -> {
          pause(700);
          return new Answer(204, "", Map.of());
        });
    Thread deleting = Thread.currentThread();
    Thread canceller =
        new Thread(
            () -> {
              while (server.busy() < 2) {
                pause(5);
              }
              deleting.interrupt();
            });
    canceller.start();
    var files = Stream.of("a", "b", "c").map(RelativePath::new).iterator();
    TransferException failure =
        catchThrowableOfType(TransferException.class, () -> store.deleteFiles(AT, files));
    int busy = server.busy();
    assertThat(Thread.interrupted()).as("still interrupted").isTrue();
    canceller.join();
    assertThat(busy).isZero();
    assertThat(failure.kind()).isEqualTo(FailureKind.INTERRUPTED);
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
