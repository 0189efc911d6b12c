/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.flytehadoop.hadoop.gcs.GcsClientSettings;
import io.github.flytehadoop.hadoop.gcs.GcsConnection;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.store.multipart.ServerSideCopy;
import io.github.flytehadoop.testkit.ScriptedGcs;
import io.github.flytehadoop.testkit.ScriptedGcs.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Buckets whose requester pays, and who is named for it. */
class GcsPayerTest {
  private static final Answer ASKS =
      Answer.refused(
          400, "required", "Bucket is a requester pays bucket but no user project provided.");
  private static final Answer COPIED =
      Answer.ok(
          "{\"done\":true,\"resource\":{\"name\":\"d\",\"size\":\"3\",\"generation\":\"9\"}}");

  private final List<GcsConnection> connections = new ArrayList<>();
  private ScriptedGcs server;

  @BeforeEach
  void start() throws IOException {
    server = new ScriptedGcs();
  }

  @AfterEach
  void stop() {
    connections.forEach(GcsConnection::close);
    server.close();
  }

  private GcsConnection connection() {
    Configuration conf = new Configuration(false);
    conf.set("fs.gs.storage.root.url", server.url());
    conf.set("fs.gs.auth.type", "UNAUTHENTICATED");
    conf.set("fs.gs.requester.pays.mode", "AUTO");
    conf.set("fs.gs.requester.pays.project.id", "mine");
    GcsConnection made = new GcsConnection(GcsClientSettings.of(conf));
    connections.add(made);
    return made;
  }

  /** Requests that were on their way when the first was told that the requester pays. */
  @Test
  void everyThreadLearnsWhoPays() throws Exception {
    int threads = 4;
    CountDownLatch unpaid = new CountDownLatch(threads);
    server.answering(
        target -> {
          if (target.contains("userProject=mine")) {
            return null;
          }
          unpaid.countDown();
          await(unpaid);
          return ASKS;
        });
    GcsRequests requests = new GcsRequests(connection(), "b");
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<Boolean>> all = new ArrayList<>();
      for (int each = 0; each < threads; each++) {
        all.add(pool.submit(() -> requests.exists("k")));
      }
      for (Future<Boolean> each : all) {
        assertThat(each.get(20, TimeUnit.SECONDS)).isTrue();
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(server.targets()).hasSize(2 * threads);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** What asks whatever it is told fails, and does not go on for ever. */
  @Test
  void aBucketThatIsPaidForAndAsksIsAskedNoMore() {
    server.answering(target -> ASKS);
    GcsRequests requests = new GcsRequests(connection(), "b");
    assertThat(catchThrowable(() -> requests.exists("k"))).hasMessageContaining("requester pays");
    assertThat(server.targets()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/b/from/", "/b/to/"})
  void aCopyNamesWhoPaysForEitherBucket(String paid) throws IOException {
    server.answering(
        target -> {
          boolean asks = target.contains(paid) && !target.contains("userProject=mine");
          Answer answer = target.contains("/rewriteTo/") ? COPIED : Answer.OBJECT;
          return asks ? ASKS : answer;
        });
    GcsStore source = new GcsStore(connection(), "from", 8 << 20);
    GcsStore target = new GcsStore(connection(), "to", 8 << 20);
    Location from = Location.parse("gs://from/k");
    ServerSideCopy.CopySource original =
        new ServerSideCopy.CopySource(source, from, source.stat(from));
    target.copyWhole(
        original,
        Location.parse("gs://to/d"),
        new WriteOptions(3, Map.of(), WriteOptions.Existing.REPLACE));
    assertThat(server.targets()).filteredOn(each -> each.contains("/rewriteTo/")).isNotEmpty();
    assertThat(server.targets().get(server.targets().size() - 1)).contains("userProject=mine");
  }
}
