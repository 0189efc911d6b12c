/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.testkit.RawServer;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.TestDirectories;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A signal while GCS neither sends nor takes a byte. */
@DisabledOnOs(OS.WINDOWS)
@Tag("slow")
@Rule("F41")
class InterruptedGcsTest {
  private static final int OBJECT_BYTES = 40 << 20;
  private static final String SESSION =
      "/upload/storage/v1/b/bucket/o?uploadType=resumable&upload_id=1";

  private static InterruptedCommand start(RawServer gcs, Path directory, String... args)
      throws IOException {
    String[] all = new String[args.length + 4];
    all[0] = "-D";
    all[1] = "fs.gs.storage.root.url=" + gcs.uri() + "/";
    all[2] = "-D";
    all[3] = "fs.gs.auth.type=UNAUTHENTICATED";
    System.arraycopy(args, 0, all, 4, args.length);
    return InterruptedCommand.start(directory, Map.of(), all);
  }

  /** Answers one request after the other, until one is for bytes; small bodies are in the next. */
  private static void talk(String scheme, Socket client, CountDownLatch middle) throws IOException {
    while (true) {
      String head = RawServer.readHead(client);
      if (head.contains("GET /") && head.contains("alt=media")) {
        RawServer.say(client, "HTTP/1.1 200 OK\r\nContent-Length: " + OBJECT_BYTES + "\r\n\r\n1");
        middle.countDown();
        return;
      }
      if (head.contains("PUT /upload") || head.contains("uploadType=multipart")) {
        middle.countDown();
        return;
      }
      String host = head.replaceAll("(?s).*\\r\\nHost: (\\S+)\\r\\n.*", "$1");
      String location = "\r\nLocation: " + scheme + "://" + host + SESSION;
      String object = "{\"name\":\"k\",\"size\":\"" + OBJECT_BYTES + "\",\"generation\":\"7\"}";
      RawServer.say(
          client,
          "HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %d%s\r\n\r\n%s"
              .formatted(
                  head.contains("DELETE /") ? "499 Ended" : "200 OK",
                  object.length(),
                  head.contains("POST /") ? location : "",
                  object));
    }
  }

  @Test
  void leavesNothingOfWhatItGot() throws Exception {
    Path temp = TestDirectories.create("interrupted");
    CountDownLatch middle = new CountDownLatch(1);
    try (RawServer gcs = RawServer.start("https", client -> talk("https", client, middle))) {
      Path got = temp.resolve("got");
      InterruptedCommand child = start(gcs, temp, "get", "gs://bucket/k", got.toString());
      assertThat(child.interrupt("TERM", middle)).as("%s", child.said()).isEqualTo(143);
      assertThat(got).doesNotExist();
    }
  }

  @ParameterizedTest
  @CsvSource({"6, http", "40, https"})
  void waitsForNoServerThatTakesNothing(int megabytes, String scheme) throws Exception {
    Path temp = TestDirectories.create("interrupted");
    Path file = temp.resolve("file.bin");
    Files.write(file, new byte[megabytes << 20]);
    CountDownLatch middle = new CountDownLatch(1);
    try (RawServer gcs = RawServer.start(scheme, client -> talk(scheme, client, middle))) {
      InterruptedCommand child = start(gcs, temp, "put", file.toString(), "gs://bucket/k");
      child.awaitMiddle(middle);
      child.awaitStandstill();
      assertThat(child.interrupt("TERM", middle)).as("%s", child.said()).isEqualTo(143);
    }
  }
}
