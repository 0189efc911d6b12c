/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.api.client.http.ByteArrayContent;
import com.google.api.client.http.HttpResponse;
import com.google.api.services.storage.Storage;
import com.google.api.services.storage.model.StorageObject;
import io.github.flytehadoop.hadoop.request.RetryVerdict;
import io.github.flytehadoop.testkit.InterruptedWork;
import io.github.flytehadoop.testkit.RawServer;
import io.github.flytehadoop.testkit.Rule;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.CountDownLatch;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

/** Servers that keep a connection and say nothing, or take nothing. */
class GcsSilenceTest {
  private static final byte[] MUCH = new byte[32 << 20];
  private static final String HALF = "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n1";

  private static GcsConnection connection(RawServer server, String silenceMillis) {
    Configuration conf = new Configuration(false);
    conf.set("fs.gs.storage.root.url", server.uri() + "/");
    conf.set("fs.gs.auth.type", "UNAUTHENTICATED");
    conf.set("fs.gs.http.read-timeout", silenceMillis);
    conf.set("fs.gs.http.max.retry", "0");
    return new GcsConnection(GcsClientSettings.of(conf));
  }

  private static GcsConnection.Request<StorageObject> put(GcsConnection connection) {
    return client -> {
      ByteArrayContent content = new ByteArrayContent("x/y", MUCH);
      Storage.Objects.Insert insert =
          connection.object(
              client.objects().insert("b", new StorageObject().setName("k"), content), "b");
      insert.getMediaHttpUploader().setDirectUploadEnabled(true);
      return insert.execute();
    };
  }

  private static int read(Storage client) throws IOException {
    HttpResponse answer = client.objects().get("b", "k").executeMedia();
    InputStream bytes = answer.getContent();
    try {
      return bytes.read(new byte[10]) + bytes.read(new byte[10]);
    } finally {
      GcsConnection.giveUp(answer, bytes);
    }
  }

  @Test
  @Rule("F05")
  void anUploadThatNobodyTakesIsGivenUp() throws Exception {
    try (RawServer deaf = RawServer.start("http", client -> RawServer.readHead(client));
        GcsConnection connection = connection(deaf, "1000")) {
      Throwable failure = catchThrowable(() -> connection.call("b", put(connection)));
      assertThat(failure)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("no byte for 1000 ms");
      assertThat(RetryVerdict.isInterruption((Exception) failure)).isFalse();
    }
  }

  @Test
  @Rule("F05")
  void aServerThatFallsSilentIsGivenUp() throws Exception {
    try (RawServer silent =
            RawServer.start(
                "http",
                client -> {
                  RawServer.readHead(client);
                  RawServer.say(client, HALF);
                });
        GcsConnection connection = connection(silent, "1000")) {
      assertThatThrownBy(() -> connection.call("b", GcsSilenceTest::read))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("timed out");
    }
  }

  /** A socket hears of no interruption. */
  @Test
  @Rule("F41")
  void anInterruptedThreadWaitsForNoServer() throws Exception {
    for (String answer : new String[] {"", HALF}) {
      CountDownLatch asked = new CountDownLatch(1);
      try (RawServer silent =
              RawServer.start(
                  "http",
                  client -> {
                    RawServer.readHead(client);
                    RawServer.say(client, answer);
                    asked.countDown();
                  });
          GcsConnection connection = connection(silent, "120000")) {
        assertThat(InterruptedWork.endOf(() -> connection.call("b", GcsSilenceTest::read), asked))
            .as("answer '%s'", answer)
            .isInstanceOf(InterruptedIOException.class);
        assertThat(InterruptedWork.endOf(() -> connection.call("b", put(connection)), asked))
            .isInstanceOf(InterruptedIOException.class);
      }
    }
  }
}
