/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit.s3;

import static io.github.flytehadoop.testkit.s3.RequestKind.DELETE_OBJECTS;
import static io.github.flytehadoop.testkit.s3.RequestKind.GET_OBJECT;
import static io.github.flytehadoop.testkit.s3.RequestKind.LIST;
import static io.github.flytehadoop.testkit.s3.RequestKind.PUT_OBJECT;
import static io.github.flytehadoop.testkit.s3.S3Clients.BUCKET;
import static io.github.flytehadoop.testkit.s3.S3Clients.content;
import static io.github.flytehadoop.testkit.s3.S3Clients.read;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every untrue answer reaches a client: the real S3A where it shows there, else plain HTTP. */
class S3CorruptionTest {
  private static final byte[] CONTENT = content(200_000);

  private final S3Clients clients = new S3Clients();
  private final S3Endpoint endpoint = clients.endpoint;

  @AfterEach
  void stop() {
    clients.close();
  }

  @Test
  void aBitFlipOnTheWayDownIsNotSeenByS3a() throws IOException {
    endpoint.putDirectly(BUCKET, "k", CONTENT);
    clients.strike(FaultRule.on(GET_OBJECT).gives(Corruption.flipDownloadedBit(100_000)));
    byte[] expected = CONTENT.clone();
    expected[100_000] ^= 1;
    try (FileSystem fs = clients.s3a()) {
      assertThat(read(fs, "/k")).isEqualTo(expected);
    }
  }

  @Test
  void aBitFlipOnTheWayUpIsSeenWithADigestOnly() throws Exception {
    clients.strike(FaultRule.on(PUT_OBJECT).gives(Corruption.flipUploadedBit(1)));
    assertThat(clients.send("PUT", "/k", "hello").statusCode()).isEqualTo(200);
    assertThat(endpoint.bytes(BUCKET, "k")).asString(UTF_8).isEqualTo("hdllo");
    HttpResponse<String> refused =
        clients.send("PUT", "/k", "hello", "Content-MD5", "XUFAKrxLKna5cZ2REBfFkg==");
    assertThat(refused.body()).contains("BadDigest");
  }

  @Test
  void rangesGoWrong() throws Exception {
    endpoint.putDirectly(BUCKET, "k", "abcdefgh".getBytes(UTF_8));
    HttpResponse<String> whole = range(Corruption.ignoredRange());
    assertThat(whole.statusCode()).isEqualTo(200);
    assertThat(whole.body()).isEqualTo("abcdefgh");
    HttpResponse<String> shifted = range(Corruption.shiftedRange(2));
    assertThat(shifted.body()).isEqualTo("efg");
    assertThat(shifted.headers().firstValue("content-range")).contains("bytes 4-6/8");
    HttpResponse<String> mislabelled = range(Corruption.wrongContentRange());
    assertThat(mislabelled.body()).isEqualTo("cde");
    assertThat(mislabelled.headers().firstValue("content-range")).contains("bytes 1-3/*");
    assertThat(range(Corruption.extraBytes(2)).body()).isEqualTo("cde\0\0");
  }

  @Test
  void listingsGoWrong() throws Exception {
    endpoint.putDirectly(BUCKET, "d/a", new byte[1]);
    endpoint.putDirectly(BUCKET, "d/b", new byte[1]);
    assertThat(listed(Corruption.duplicateKeys())).containsExactly("d/a", "d/a", "d/b", "d/b");
    assertThat(listed(Corruption.keysOutOfOrder())).containsExactly("d/b", "d/a");
    assertThat(listed(Corruption.extraKeys("../x", "d/c//d"))).contains("../x", "d/c/d").hasSize(4);
    clients.strike(FaultRule.on(LIST).gives(Corruption.repeatedToken()));
    String first = clients.send("GET", "?list-type=2", "").body();
    String token = first.replaceAll("(?s).*<NextContinuationToken>(.*?)<.*", "$1");
    String second = clients.send("GET", "?list-type=2&continuation-token=" + token, "").body();
    assertThat(second).contains("<Key>d/a<", "<NextContinuationToken>" + token + "<");
  }

  @Test
  void bulkDeletesFailForSomeKeys() throws IOException {
    for (String key : List.of("d/a", "d/b", "d/c")) {
      endpoint.putDirectly(BUCKET, key, new byte[1]);
    }
    clients.strike(FaultRule.on(DELETE_OBJECTS).gives(Corruption.undeletable("d/b"::equals)));
    try (FileSystem fs = clients.s3a()) {
      assertThatThrownBy(() -> fs.delete(new Path("/d"), true)).hasMessageContaining("d/b");
    }
    assertThat(endpoint.keys(BUCKET)).containsExactly("d/b");
  }

  private HttpResponse<String> range(Fault fault) throws Exception {
    clients.strike(FaultRule.on(GET_OBJECT).gives(fault));
    return clients.send("GET", "/k", "", "Range", "bytes=2-4");
  }

  /** The keys that S3A lists under {@code d}. */
  private List<String> listed(Fault fault) throws IOException {
    clients.strike(FaultRule.on(LIST).nth(1).gives(fault));
    List<String> keys = new ArrayList<>();
    try (FileSystem fs = clients.s3a()) {
      RemoteIterator<LocatedFileStatus> files = fs.listFiles(new Path("/d"), true);
      while (files.hasNext()) {
        keys.add(files.next().getPath().toUri().getPath().substring(1));
      }
    }
    return keys;
  }
}
