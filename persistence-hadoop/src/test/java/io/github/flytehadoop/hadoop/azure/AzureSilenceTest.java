/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.util.BinaryData;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.store.failure.HadoopFailures;
import io.github.flytehadoop.testkit.InterruptedWork;
import io.github.flytehadoop.testkit.RawServer;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.TestSecrets;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that keep a connection and say nothing, or take nothing. */
class AzureSilenceTest {
  private static final URI ROOT = URI.create("abfs://box@acct.dfs.core.windows.net/");
  private static final byte[] MUCH = new byte[32 << 20];
  private static final String HALF =
      "HTTP/1.1 206 OK\r\nContent-Range: bytes 0-999/1000\r\nContent-Length: 1000\r\n\r\n1";

  private static AzureConnection connection(RawServer server) throws IOException {
    Configuration conf = new Configuration(false);
    conf.set("fs.azure.abfs.endpoint", server.uri().getAuthority());
    conf.set("fs.azure.always.use.https", "false");
    conf.set("fs.azure.account.key", TestSecrets.AZURE_ACCOUNT_KEY);
    conf.set("fs.azure.io.retry.max.retries", "0");
    return new AzureConnection(AzureClientSettings.of(ROOT, conf));
  }

  private static boolean put(AzureClient client) {
    client.put("k", "", Map.of(), BinaryData.fromBytes(MUCH));
    return true;
  }

  private static int read(AzureClient client) throws IOException {
    try (InputStream bytes = client.get("k", "\"7\"", 0, 1000)) {
      return bytes.read(new byte[10]) + bytes.read(new byte[10]);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", HALF})
  @Rule("F41")
  void anInterruptedThreadWaitsForNoAnswer(String answer) throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    try (RawServer silent = RawServer.start("http", client -> answer(client, answer, asked))) {
      AzureConnection connection = connection(silent);
      Exception end = InterruptedWork.endOf(() -> connection.call(AzureSilenceTest::read), asked);
      assertThat(end).isNotNull();
      assertThat(HadoopFailures.kindOf(end, FailureKind.CONFLICT))
          .isEqualTo(FailureKind.INTERRUPTED);
    }
  }

  @Test
  @Rule("F41")
  void anInterruptedThreadWaitsForNoServerThatTakesNothing() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    try (RawServer silent = RawServer.start("http", client -> answer(client, "", asked))) {
      AzureConnection connection = connection(silent);
      Exception end = InterruptedWork.endOf(() -> connection.call(AzureSilenceTest::put), asked);
      assertThat(end).isNotNull();
      assertThat(HadoopFailures.kindOf(end, FailureKind.CONFLICT))
          .isEqualTo(FailureKind.INTERRUPTED);
    }
  }

  private static void answer(Socket client, String answer, CountDownLatch asked)
      throws IOException {
    RawServer.readHead(client);
    RawServer.say(client, answer);
    asked.countDown();
  }
}
