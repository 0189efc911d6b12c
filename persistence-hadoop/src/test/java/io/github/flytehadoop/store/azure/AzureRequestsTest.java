/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.storage.blob.models.BlobStorageException;
import com.sun.net.httpserver.HttpServer;
import io.github.flytehadoop.hadoop.azure.AzureClientSettings;
import io.github.flytehadoop.hadoop.azure.AzureConnection;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.TestSecrets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests whose answers get lost, and listings that lead nowhere: a server that is scripted. */
@Timeout(60)
class AzureRequestsTest {
  private static final URI ROOT = URI.create("abfs://box@acct.dfs.core.windows.net/");

  /** An answer: status and body. */
  private record Answer(int status, String body) {}

  private final Deque<Answer> answers = new ArrayDeque<>();
  private HttpServer server;
  private AzureRequests requests;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.getRequestBody().readAllBytes();
            Answer next = answers.remove();
            byte[] body = next.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/xml");
            exchange.sendResponseHeaders(next.status(), body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
              exchange.getResponseBody().write(body);
            }
          }
        });
    server.start();
    Configuration conf = new Configuration(false);
    conf.set("fs.azure.abfs.endpoint", "127.0.0.1:" + server.getAddress().getPort());
    conf.set("fs.azure.always.use.https", "false");
    conf.set("fs.azure.account.key", TestSecrets.AZURE_ACCOUNT_KEY);
    conf.set("fs.azure.io.retry.max.retries", "2");
    conf.set("fs.azure.io.retry.backoff.interval", "1");
    conf.set("fs.azure.io.retry.max.backoff.interval", "10");
    requests = new AzureRequests(new AzureConnection(AzureClientSettings.of(ROOT, conf)));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answerWith(Answer... told) {
    answers.addAll(List.of(told));
  }

  private static Answer page(String name, String next) {
    String blob = name.isEmpty() ? "" : "<Blob><Name>" + name + "</Name><Properties/></Blob>";
    return new Answer(
        200,
        "<?xml version=\"1.0\"?><EnumerationResults ContainerName=\"box\"><Blobs>"
            + blob
            + "</Blobs><NextMarker>"
            + next
            + "</NextMarker></EnumerationResults>");
  }

  @Test
  @Rule("F26")
  void aBlobThatIsGoneAtTheSecondTryWasDeletedByTheFirst() throws IOException {
    answerWith(new Answer(500, ""), new Answer(404, ""));
    requests.delete("a");
    assertThat(answers).isEmpty();
    answerWith(new Answer(404, ""));
    assertThatThrownBy(() -> requests.delete("a")).isInstanceOf(BlobStorageException.class);
  }

  @Test
  void aPageWithNothingIsNotTheEnd() throws IOException {
    answerWith(page("", "more"), page("d/x", ""));
    assertThat(requests.isAnyBelow("d/")).isTrue();
    answerWith(page("", "more"), page("", ""));
    assertThat(requests.isAnyBelow("d/")).isFalse();
  }

  @Test
  @Rule("F28")
  void aListingThatLeadsBackEnds() {
    answerWith(page("", "more"), page("", "more"));
    assertThatThrownBy(() -> requests.isAnyBelow("d/"))
        .hasMessageContaining("the same page again and again");
  }

  @Test
  @Rule("F28")
  void aListingThatLeadsInACircleEnds() {
    answerWith(page("d/a", "one"), page("d/b", "two"), page("d/a", "one"), page("d/b", "two"));
    answerWith(page("d/a", "one"), page("d/b", "two"));
    assertThatThrownBy(
            () -> {
              var listing =
                  new AzureDirectories(requests)
                      .list(new Path(ROOT.resolve("/d")), AzureRequests.Depth.TREE);
              while (listing.hasNext()) {
                listing.next();
              }
            })
        .hasMessageContaining("the same page again and again");
  }

  @Test
  void aDirectoryThatAnotherMakesAtTheSameTimeIsMade() throws IOException {
    Answer missing = new Answer(404, "");
    answerWith(missing, page("", ""), new Answer(409, ""), missing, page("d/", ""));
    assertThat(new AzureDirectories(requests).make(new Path(ROOT.resolve("/d")))).isTrue();
    assertThat(answers).isEmpty();
  }
}
