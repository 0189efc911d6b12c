/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.api.client.http.ByteArrayContent;
import com.google.api.services.storage.model.StorageObject;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.ScriptedGcs;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A resumable upload whose requests fail, against a store that keeps to Google's documents. */
class GcsSessionTest {
  private static final int STEP = 256 << 10;
  private static final byte[] CONTENT = new byte[3 * STEP + 5];
  private static final ScriptedGcs.Answer BUSY =
      ScriptedGcs.Answer.refused(503, "backendError", "try again");

  private ScriptedGcs store;
  private GcsConnection connection;

  @BeforeEach
  void start() throws IOException {
    store = new ScriptedGcs();
    Configuration conf = new Configuration(false);
    conf.set("fs.gs.storage.root.url", store.url());
    conf.set("fs.gs.auth.type", "UNAUTHENTICATED");
    connection = new GcsConnection(GcsClientSettings.of(conf));
  }

  @AfterEach
  void stop() {
    connection.close();
    store.close();
  }

  private GcsSession session(Long generation) throws IOException {
    store.answers(
        new ScriptedGcs.Answer(200, "", Map.of("Location", store.url() + "session?upload_id=1")));
    StorageObject object = new StorageObject().setName("k").setContentType("text/plain");
    return GcsSession.start(connection, new GcsSession.Target("b", object, generation));
  }

  private static GcsSession.Body upTo(int end) {
    return offset -> new ByteArrayContent(null, CONTENT, (int) offset, end - (int) offset);
  }

  @Test
  void theLastRequestHasTheDigestAndTheFirstTheCondition() throws IOException {
    GcsSession session = session(0L);
    store.answers(ScriptedGcs.Answer.resume(2 * STEP));
    session.send(upTo(2 * STEP), 2 * STEP);
    StorageObject made = session.finish(upTo(CONTENT.length), CONTENT.length, "AAAAAA==");
    assertThat(made.getGeneration()).isEqualTo(7);
    assertThat(store.targets().get(0)).contains("uploadType=resumable", "ifGenerationMatch=0");
    assertThat(store.sent(1, "Content-range")).isEqualTo("bytes 0-524287/*");
    assertThat(store.sent(1, "X-goog-hash")).isEmpty();
    assertThat(store.sent(2, "Content-range")).isEqualTo("bytes 524288-786436/786437");
    assertThat(store.sent(2, "X-goog-hash")).isEqualTo("crc32c=AAAAAA==");
  }

  @Test
  @Rule("F04")
  void whatIsMissingIsAskedForAndSentAgain() throws IOException {
    GcsSession session = session(null);
    store.answers(BUSY, ScriptedGcs.Answer.resume(STEP), ScriptedGcs.Answer.resume(2 * STEP));
    session.send(upTo(2 * STEP), 2 * STEP);
    assertThat(store.sent(2, "Content-range")).isEqualTo("bytes */*");
    assertThat(store.sent(3, "Content-range")).isEqualTo("bytes 262144-524287/*");
    assertThat(store.bodyBytes(3)).isEqualTo(STEP);
    assertThat(store.targets()).hasSize(4);
  }

  @Test
  void aLastAnswerThatIsLostIsAskedFor() throws IOException {
    GcsSession session = session(null);
    store.answers(BUSY);
    assertThat(session.finish(upTo(5), 5, "AAAAAA==").getGeneration()).isEqualTo(7);
    assertThat(store.sent(2, "Content-range")).isEqualTo("bytes */5");
    assertThat(store.bodyBytes(2)).isZero();
  }

  @Test
  void anUploadThatTheStoreForgotEndsAtOnce() throws IOException {
    GcsSession session = session(null);
    store.answers(ScriptedGcs.Answer.refused(410, "gone", "Gone"));
    assertThat(
            catchThrowableOfType(
                GcsUploadLostException.class, () -> session.send(upTo(STEP), STEP)))
        .isNotNull();
    assertThat(store.targets()).hasSize(2);
  }

  /** The store has published the object; who takes that for certain never hears of it. */
  @Test
  void aLastAnswerThatIsNoObjectIsAskedForAgain() throws IOException {
    GcsSession session = session(null);
    store.answers(new ScriptedGcs.Answer(200, "{\"name\":", Map.of()));
    assertThat(session.finish(upTo(5), 5, "AAAAAA==").getGeneration()).isEqualTo(7);
    assertThat(store.sent(2, "Content-range")).isEqualTo("bytes */5");
  }

  @Test
  void aStoreThatHasAllBytesAndNoAnswerIsAskedAgain() throws IOException {
    GcsSession session = session(null);
    store.answers(ScriptedGcs.Answer.resume(5), ScriptedGcs.Answer.resume(5));
    assertThat(session.finish(upTo(5), 5, "AAAAAA==").getGeneration()).isEqualTo(7);
    assertThat(store.sent(2, "Content-range")).isEqualTo("bytes */5");
    assertThat(store.sent(3, "Content-range")).isEqualTo("bytes */5");
    assertThat(store.targets()).hasSize(4);
  }

  @Test
  void bytesThatNobodySentAreNotBelieved() throws IOException {
    for (String range : List.of("bytes=0-" + STEP, "bytes=0-99999999999999999999")) {
      GcsSession session = session(null);
      store.answers(new ScriptedGcs.Answer(308, "", Map.of("Range", range)));
      assertThat(
              catchThrowableOfType(
                  GcsUploadLostException.class, () -> session.send(upTo(STEP), STEP)))
          .hasMessageContaining("never sent");
    }
  }

  @Test
  void bytesThatTheStoreHadAreNotSentTwice() throws IOException {
    GcsSession session = session(null);
    store.answers(ScriptedGcs.Answer.resume(STEP));
    session.send(upTo(STEP), STEP);
    store.answers(ScriptedGcs.Answer.resume(STEP - 1));
    assertThat(
            catchThrowableOfType(
                GcsUploadLostException.class, () -> session.send(upTo(2 * STEP), 2 * STEP)))
        .hasMessageContaining("lost bytes");
  }

  @Test
  @Rule("F68")
  void brokenBytesAreNotSentAgainInAnUploadThatHasThem() throws IOException {
    GcsSession session = session(null);
    store.answers(
        ScriptedGcs.Answer.refused(
            400, "invalid", "Provided CRC32C doesn't match calculated CRC32C."));
    assertThat(
            catchThrowableOfType(
                GcsBrokenBodyException.class, () -> session.finish(upTo(5), 5, "AAAAAA==")))
        .isNotNull();
    assertThat(store.targets()).hasSize(2);
  }

  @Test
  @Rule("F38")
  void itIsEndedWithoutMoreAdo() throws IOException {
    GcsSession session = session(null);
    store.answers(new ScriptedGcs.Answer(499, "", Map.of()));
    session.abandon();
    assertThat(store.targets()).hasSize(2);
    assertThat(connection.requests()).isEqualTo(Map.of("POST", 1L, "DELETE", 1L));
  }
}
