/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit.s3;

import static io.github.flytehadoop.testkit.s3.S3Clients.BUCKET;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The protocol where S3A does not reach it: literal keys, conditions, digests, odd requests. */
class S3ProtocolTest {
  private static final int MIB = 1 << 20;

  private final S3Clients clients = new S3Clients();
  private final S3Endpoint endpoint = clients.endpoint;

  @AfterEach
  void stop() {
    clients.close();
  }

  @Test
  void keysAreLiteral() throws Exception {
    for (String key : new String[] {"a//b", "x", "x/y", "../up", "d/", "./dot", "/lead"}) {
      assertThat(clients.send("PUT", "/" + key, key).statusCode()).isEqualTo(200);
    }
    assertThat(endpoint.keys(BUCKET))
        .containsExactly("../up", "./dot", "/lead", "a//b", "d/", "x", "x/y");
    assertThat(clients.send("GET", "/d/", "").body()).isEqualTo("d/");
    assertThat(clients.send("GET", "/a//b", "").body()).isEqualTo("a//b");
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=2-4, 206, cde, bytes 2-4/6",
    "bytes=4-, 206, ef, bytes 4-5/6",
    "bytes=-2, 206, ef, bytes 4-5/6",
    "bytes=-99, 206, abcdef, bytes 0-5/6",
    "bytes=3-99, 206, def, bytes 3-5/6",
    "'bytes=0-1,3-4', 200, abcdef, ''",
    "bytes=4-2, 200, abcdef, ''",
    "lines=1-2, 200, abcdef, ''"
  })
  void ranges(String range, int status, String body, String contentRange) throws Exception {
    endpoint.putDirectly(BUCKET, "k", "abcdef".getBytes(UTF_8));
    HttpResponse<String> reply = clients.send("GET", "/k", "", "Range", range);
    assertThat(reply.statusCode()).isEqualTo(status);
    assertThat(reply.body()).isEqualTo(body);
    assertThat(reply.headers().firstValue("content-range").orElse("")).isEqualTo(contentRange);
  }

  @Test
  void aRangePastTheEndIsRefused() throws Exception {
    endpoint.putDirectly(BUCKET, "k", new byte[6]);
    endpoint.putDirectly(BUCKET, "empty", new byte[0]);
    assertThat(code(clients.send("GET", "/k", "", "Range", "bytes=6-"))).isEqualTo("InvalidRange");
    assertThat(clients.send("GET", "/empty", "", "Range", "bytes=0-").statusCode()).isEqualTo(416);
    assertThat(clients.send("GET", "/k", "", "Range", "bytes=-0").statusCode()).isEqualTo(416);
  }

  @Test
  void conditions() throws Exception {
    String etag = clients.send("PUT", "/k", "one").headers().firstValue("etag").orElseThrow();
    assertThat(clients.send("PUT", "/k", "two", "If-None-Match", "*").statusCode()).isEqualTo(412);
    assertThat(clients.send("PUT", "/k", "two", "If-Match", "\"0\"").statusCode()).isEqualTo(412);
    assertThat(clients.send("PUT", "/no", "two", "If-Match", etag).statusCode()).isEqualTo(404);
    assertThat(clients.send("GET", "/k", "", "If-Match", "\"0\"").statusCode()).isEqualTo(412);
    assertThat(clients.send("GET", "/k", "", "If-None-Match", etag).statusCode()).isEqualTo(304);
    assertThat(clients.send("GET", "/k", "", "If-Match", etag).body()).isEqualTo("one");
    assertThat(clients.send("PUT", "/k", "two", "If-Match", etag).statusCode()).isEqualTo(200);
    assertThat(endpoint.bytes(BUCKET, "k")).asString(UTF_8).isEqualTo("two");
  }

  @ParameterizedTest
  @CsvSource({
    "Content-MD5, XUFAKrxLKna5cZ2REBfFkg==",
    "x-amz-checksum-crc32, NhCmhg==",
    "x-amz-checksum-crc32c, mnG7TA==",
    "x-amz-checksum-sha256, LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ="
  })
  void digestsAreVerified(String header, String ofHello) throws Exception {
    assertThat(code(clients.send("PUT", "/k", "hellp", header, ofHello))).isEqualTo("BadDigest");
    assertThat(endpoint.keys(BUCKET)).isEmpty();
    assertThat(clients.send("PUT", "/k", "hello", header, ofHello).statusCode()).isEqualTo(200);
    HttpResponse<String> head = clients.send("HEAD", "/k", "", "x-amz-checksum-mode", "ENABLED");
    if (header.startsWith("x-")) {
      assertThat(head.headers().firstValue(header)).contains(ofHello);
    }
    assertThat(head.headers().firstValue("content-length")).contains("5");
  }

  @Test
  void chunkedBodiesWithTrailersAreDecoded() throws Exception {
    String wire = "3\r\nhel\r\n2\r\nlo\r\n0\r\nx-amz-checksum-crc32c:mnG7TA==\r\n\r\n";
    String[] headers = {
      "x-amz-content-sha256",
      "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
      "Content-Encoding",
      "aws-chunked",
      "x-amz-decoded-content-length",
      "5",
      "x-amz-trailer",
      "x-amz-checksum-crc32c"
    };
    assertThat(clients.send("PUT", "/k", wire, headers).statusCode()).isEqualTo(200);
    assertThat(endpoint.bytes(BUCKET, "k")).asString(UTF_8).isEqualTo("hello");
    assertThat(endpoint.metadata(BUCKET, "k")).doesNotContainKey("content-encoding");
    assertThat(code(clients.send("PUT", "/k", wire.replace("hel", "hal"), headers)))
        .isEqualTo("BadDigest");
  }

  @Test
  void metadataIsKeptCopiedAndReplaced() throws Exception {
    clients.send("PUT", "/k", "v", "x-amz-meta-Owner", "me", "Content-Type", "text/plain");
    String source = "/" + BUCKET + "/k";
    assertThat(clients.send("PUT", "/kept", "", "x-amz-copy-source", source).body())
        .contains("<ETag>");
    clients.send(
        "PUT",
        "/replaced",
        "",
        "x-amz-copy-source",
        source,
        "x-amz-metadata-directive",
        "REPLACE",
        "x-amz-meta-owner",
        "you");
    assertThat(endpoint.metadata(BUCKET, "kept"))
        .containsEntry("x-amz-meta-owner", "me")
        .containsEntry("content-type", "text/plain");
    assertThat(endpoint.metadata(BUCKET, "replaced")).containsEntry("x-amz-meta-owner", "you");
    HttpResponse<String> stale =
        clients.send(
            "PUT", "/k2", "", "x-amz-copy-source", source, "x-amz-copy-source-if-match", "0");
    assertThat(stale.statusCode()).isEqualTo(412);
  }

  @Test
  void listingsFoldAndGoOnInUtf8Order() throws Exception {
    for (String key : new String[] {"a", "b/1", "b/2", "c", "\uff5e", "\ud83d\ude00", "d&"}) {
      endpoint.putDirectly(BUCKET, key, new byte[1]);
    }
    String first = clients.send("GET", "?list-type=2&delimiter=/&max-keys=2", "").body();
    assertThat(first)
        .contains("<Key>a</Key>", "<Prefix>b/</Prefix>", "<IsTruncated>true</IsTruncated>")
        .doesNotContain("<Key>c</Key>");
    String token = first.replaceAll("(?s).*<NextContinuationToken>(.*?)<.*", "$1");
    String second =
        clients
            .send(
                "GET",
                "?list-type=2&delimiter=/&encoding-type=url&fetch-owner=true&continuation-token="
                    + token,
                "")
            .body();
    assertThat(second)
        .containsSubsequence("<Key>c<", "<Key>d%26<", "<Key>%EF%BD%9E<", "<Key>%F0%9F%98%80<")
        .contains("<Owner>", "<IsTruncated>false")
        .doesNotContain("b/");
    assertThat(clients.send("GET", "?list-type=2&prefix=b/&start-after=b/1", "").body())
        .contains("<KeyCount>1<", "<Key>b/2<");
  }

  @Test
  void multipartRules() throws Exception {
    String upload = clients.send("POST", "/big?uploads", "").body();
    String id = upload.replaceAll("(?s).*<UploadId>(.*?)<.*", "$1");
    String small = part(id, 1, "x");
    String large = part(id, 2, "y".repeat(5 * MIB));
    String last = part(id, 3, "z");
    assertThat(clients.send("GET", "?uploads&prefix=b", "").body()).contains("<Key>big<", id);
    assertThat(clients.send("GET", "/big?uploadId=" + id, "").body()).contains("<Size>5242880<");
    assertThat(code(complete("/big", id, "1", small, "2", large))).isEqualTo("EntityTooSmall");
    assertThat(code(complete("/big", id, "2", small, "3", last))).isEqualTo("InvalidPart");
    assertThat(code(complete("/big", id, "3", last, "2", large))).isEqualTo("InvalidPartOrder");
    assertThat(code(complete("/big", id))).isEqualTo("MalformedXML");
    assertThat(endpoint.keys(BUCKET)).isEmpty();
    assertThat(complete("/big", id, "2", large, "3", last).body()).contains("-2\"</ETag>");
    assertThat(endpoint.bytes(BUCKET, "big")).hasSize(5 * MIB + 1).endsWith('z');
    assertThat(code(complete("/big", id, "2", large, "3", last))).isEqualTo("NoSuchUpload");
    assertThat(endpoint.pendingUploads(BUCKET)).isEmpty();
  }

  @Test
  void partsAreCopiedByRange() throws Exception {
    endpoint.putDirectly(BUCKET, "src", "abcdef".getBytes(UTF_8));
    String upload = clients.send("POST", "/dst?uploads", "").body();
    String id = upload.replaceAll("(?s).*<UploadId>(.*?)<.*", "$1");
    HttpResponse<String> copied =
        clients.send(
            "PUT",
            "/dst?partNumber=1&uploadId=" + id,
            "",
            "x-amz-copy-source",
            BUCKET + "/src",
            "x-amz-copy-source-range",
            "bytes=1-3");
    String etag = copied.body().replaceAll("(?s).*<ETag>(.*?)<.*", "$1");
    assertThat(complete("/dst", id, "1", etag).statusCode()).isEqualTo(200);
    assertThat(endpoint.bytes(BUCKET, "dst")).asString(UTF_8).isEqualTo("bcd");
    assertThat(endpoint.count(RequestKind.UPLOAD_PART_COPY)).isEqualTo(1);
  }

  @Test
  void bulkDeletesAnswerByKey() throws Exception {
    endpoint.putDirectly(BUCKET, "a", new byte[1]);
    endpoint.putDirectly(BUCKET, "a//b", new byte[1]);
    String keys = "<Object><Key>a</Key></Object><Object><Key>a//b</Key></Object>";
    String loud = clients.send("POST", "?delete", "<Delete>" + keys + "</Delete>").body();
    assertThat(loud).contains("<Deleted><Key>a</Key>", "<Deleted><Key>a//b</Key>");
    String quiet =
        clients.send("POST", "?delete", "<Delete><Quiet>true</Quiet>" + keys + "</Delete>").body();
    assertThat(quiet).doesNotContain("<Deleted>");
    assertThat(endpoint.keys(BUCKET)).isEmpty();
    assertThat(code(clients.send("POST", "?delete", "<Delete>"))).isEqualTo("MalformedXML");
  }

  @Test
  void unsupportedRequestIsAnsweredAsSuch() throws Exception {
    assertThat(code(clients.send("GET", "?acl", ""))).isEqualTo("NotImplemented");
    assertThat(code(clients.send("GET", "/none", ""))).isEqualTo("NoSuchKey");
    assertThat(clients.send("HEAD", "", "").statusCode()).isEqualTo(200);
    assertThat(clients.send("GET", "?location", "").body()).contains("LocationConstraint");
    assertThat(code(clients.send("GET", "?list-type=2&max-keys=many", "")))
        .isEqualTo("InvalidArgument");
  }

  private String part(String id, int number, String body) throws Exception {
    String query = "?partNumber=" + number + "&uploadId=" + id;
    HttpResponse<String> reply = clients.send("PUT", "/big" + query, body);
    return reply.headers().firstValue("etag").orElseThrow();
  }

  private HttpResponse<String> complete(String path, String id, String... numbersAndEtags)
      throws Exception {
    StringBuilder body = new StringBuilder("<CompleteMultipartUpload>");
    for (int i = 0; i < numbersAndEtags.length; i += 2) {
      body.append("<Part><PartNumber>").append(numbersAndEtags[i]).append("</PartNumber><ETag>");
      body.append(numbersAndEtags[i + 1]).append("</ETag></Part>");
    }
    body.append("</CompleteMultipartUpload>");
    return clients.send("POST", path + "?uploadId=" + id, body.toString());
  }

  private static String code(HttpResponse<String> reply) {
    Matcher code = Pattern.compile("<Code>(.*?)</Code>").matcher(reply.body());
    return code.find() ? code.group(1) : "none: " + reply.statusCode();
  }
}
