/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit.s3;

import static io.github.flytehadoop.testkit.s3.RequestKind.COMPLETE_MULTIPART;
import static io.github.flytehadoop.testkit.s3.RequestKind.COPY_OBJECT;
import static io.github.flytehadoop.testkit.s3.RequestKind.CREATE_MULTIPART;
import static io.github.flytehadoop.testkit.s3.RequestKind.GET_OBJECT;
import static io.github.flytehadoop.testkit.s3.RequestKind.LIST;
import static io.github.flytehadoop.testkit.s3.RequestKind.PUT_OBJECT;
import static io.github.flytehadoop.testkit.s3.RequestKind.UPLOAD_PART;
import static io.github.flytehadoop.testkit.s3.S3Clients.BUCKET;
import static io.github.flytehadoop.testkit.s3.S3Clients.read;
import static io.github.flytehadoop.testkit.s3.S3Clients.write;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real S3A on the endpoint, nothing going wrong. */
class S3EndpointTest {
  private final S3Clients clients = new S3Clients();
  private final S3Endpoint endpoint = clients.endpoint;

  @AfterEach
  void stop() {
    clients.close();
  }

  @Test
  void smallFilesArePutReadListedRenamedAndDeleted() throws IOException {
    try (FileSystem fs = clients.s3a()) {
      write(fs, "/d/a", "hello".getBytes(UTF_8));
      assertThat(endpoint.count(PUT_OBJECT)).isEqualTo(1);
      assertThat(endpoint.bytes(BUCKET, "d/a")).asString(UTF_8).isEqualTo("hello");
      assertThat(read(fs, "/d/a")).asString(UTF_8).isEqualTo("hello");
      FileStatus listed = fs.listStatus(new Path("/d"))[0];
      assertThat(listed.getPath().getName()).isEqualTo("a");
      assertThat(listed.getLen()).isEqualTo(5);
      assertThat(fs.rename(new Path("/d/a"), new Path("/d/b"))).isTrue();
      assertThat(endpoint.count(COPY_OBJECT)).isEqualTo(1);
      assertThat(endpoint.keys(BUCKET)).containsExactly("d/b");
      assertThat(fs.delete(new Path("/d"), true)).isTrue();
      assertThat(endpoint.keys(BUCKET)).isEmpty();
    }
    assertThat(endpoint.requests())
        .allSatisfy(request -> assertThat(request.identity()).isEqualTo("alice"))
        .filteredOn(request -> request.kind() == GET_OBJECT)
        .allSatisfy(request -> assertThat(request.bytesOut()).isEqualTo(5));
  }

  @Test
  void largeFilesAreMultipartUploads() throws IOException {
    byte[] content = S3Clients.content(12 << 20);
    try (FileSystem fs = clients.s3a()) {
      write(fs, "/big", content);
      assertThat(endpoint.count(CREATE_MULTIPART)).isEqualTo(1);
      assertThat(endpoint.count(UPLOAD_PART)).isEqualTo(3);
      assertThat(endpoint.count(COMPLETE_MULTIPART)).isEqualTo(1);
      assertThat(endpoint.pendingUploads(BUCKET)).isEmpty();
      assertThat(endpoint.bytes(BUCKET, "big")).isEqualTo(content);
      assertThat(read(fs, "/big")).isEqualTo(content);
      endpoint.resetRequests();
      byte[] range = new byte[1000];
      try (FSDataInputStream in = fs.open(new Path("/big"))) {
        in.readFully(6_000_000, range);
      }
      assertThat(range).isEqualTo(Arrays.copyOfRange(content, 6_000_000, 6_001_000));
      assertThat(endpoint.requests())
          .filteredOn(request -> request.kind() == GET_OBJECT)
          .singleElement()
          .satisfies(get -> assertThat(get.rangeHeader()).startsWith("bytes=6000000-"))
          .satisfies(get -> assertThat(get.status()).isEqualTo(206));
    }
  }

  @Test
  void anUploadGivenUpLeavesNothing() throws Exception {
    try (FileSystem fs = clients.s3a()) {
      FSDataOutputStream out = fs.create(new Path("/big"));
      out.write(new byte[6 << 20]);
      while (endpoint.count(UPLOAD_PART) == 0) {
        Thread.sleep(5);
      }
      assertThat(endpoint.pendingUploads(BUCKET)).containsExactly("big");
      out.abort();
    }
    assertThat(endpoint.pendingUploads(BUCKET)).isEmpty();
    assertThat(endpoint.keys(BUCKET)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "space here",
        "percent%25%2F%zz",
        "plus+and&equals=",
        "hash#question?",
        "quote'\"`$",
        "back\\slash",
        "colon:x",
        "tab\tx",
        "<xml>&amp;",
        "\u00e9\u4e2d\ud83d\ude00",
        "[glob]*{a,b}",
        "~tilde;semi,comma@at!"
      })
  void oddNamesSurviveEveryOperation(String name) throws IOException {
    try (FileSystem fs = clients.s3a()) {
      Path path = new Path("s3a", BUCKET, "/d/" + name);
      Path moved = new Path("s3a", BUCKET, "/d/" + name + ".moved");
      write(fs, path, name.getBytes(UTF_8));
      assertThat(endpoint.keys(BUCKET)).containsExactly("d/" + name);
      assertThat(read(fs, path)).asString(UTF_8).isEqualTo(name);
      assertThat(fs.listStatus(new Path("/d"))[0].getPath()).isEqualTo(path);
      assertThat(fs.rename(path, moved)).isTrue();
      assertThat(endpoint.keys(BUCKET)).containsExactly("d/" + name + ".moved");
      assertThat(fs.delete(new Path("/d"), true)).isTrue();
      assertThat(endpoint.keys(BUCKET)).isEmpty();
    }
  }

  @Test
  void listingsArePagedAndTreesAreDeletedInBulk() throws IOException {
    for (int i = 0; i < 2_500; i++) {
      endpoint.putDirectly(BUCKET, String.format("t/%d/%04d", i % 3, i), new byte[1]);
    }
    try (FileSystem fs = clients.s3a()) {
      int files = 0;
      RemoteIterator<LocatedFileStatus> listed = fs.listFiles(new Path("/t"), true);
      while (listed.hasNext()) {
        listed.next();
        files++;
      }
      assertThat(files).isEqualTo(2_500);
      assertThat(endpoint.count(LIST)).isEqualTo(3);
      assertThat(fs.listStatus(new Path("/t"))).hasSize(3);
      assertThat(fs.delete(new Path("/t"), true)).isTrue();
    }
    assertThat(endpoint.keys(BUCKET)).isEmpty();
    assertThat(endpoint.counts()).containsKey(RequestKind.DELETE_OBJECTS);
  }

  @Test
  void ofTwoConditionalWritersOneWins() throws IOException {
    try (FileSystem fs = clients.s3a()) {
      FSDataOutputStream first = createNew(fs);
      FSDataOutputStream second = createNew(fs);
      first.write(1);
      second.write(2);
      first.close();
      assertThatThrownBy(second::close).hasMessageContaining("412");
      assertThat(endpoint.bytes(BUCKET, "once")).containsExactly(1);
    }
  }

  @Test
  void identitiesHaveRights() throws IOException {
    endpoint.createBucket("other");
    endpoint.createPublicBucket("public");
    endpoint.putDirectly("public", "x", new byte[3]);
    endpoint.identities(Map.of("alice", Set.of(BUCKET), "bob", Set.of("other")));
    Configuration conf = clients.settings();
    try (FileSystem fs = clients.s3a(conf)) {
      write(fs, "/a", new byte[1]);
    }
    assertDenied(conf, "bob");
    assertThat(last().identity()).isEqualTo("bob");
    assertDenied(conf, "mallory");
    assertThat(last().identity()).isEqualTo("mallory");
    conf.set(
        "fs.s3a.aws.credentials.provider",
        "org.apache.hadoop.fs.s3a.AnonymousAWSCredentialsProvider");
    try (FileSystem fs = clients.s3a(conf);
        FileSystem open = FileSystem.newInstance(URI.create("s3a://public"), conf)) {
      assertThatThrownBy(() -> fs.getFileStatus(new Path("/a")))
          .isInstanceOf(AccessDeniedException.class);
      assertThat(open.listStatus(new Path("/"))).hasSize(1);
      assertThat(read(open, "/x")).hasSize(3);
      assertThat(last().identity()).isEqualTo(S3Endpoint.ANONYMOUS);
      assertThatThrownBy(() -> write(open, "/y", new byte[1]))
          .isInstanceOf(AccessDeniedException.class);
    }
  }

  @Test
  void signaturesAreVerifiedWhenAskedFor() throws IOException {
    endpoint.verifyingSignature(Map.of("alice", "alice-secret")::get);
    Configuration conf = clients.settings();
    try (FileSystem fs = clients.s3a(conf)) {
      write(fs, new Path("s3a", BUCKET, "/d/a b+c&d%25"), new byte[100]);
      assertThat(fs.listStatus(new Path("/d"))).hasSize(1);
      assertThat(fs.delete(new Path("/d"), true)).isTrue();
    }
    conf.set("fs.s3a.secret.key", "wrong");
    try (FileSystem fs = clients.s3a(conf)) {
      assertThatThrownBy(() -> fs.listStatus(new Path("/")))
          .isInstanceOf(AccessDeniedException.class)
          .hasMessageContaining("SignatureDoesNotMatch");
    }
  }

  @Test
  void theHookSeesEveryRequestAndMayDropIt() throws IOException {
    AtomicInteger seen = new AtomicInteger();
    endpoint.onRequest(
        (kind, ordinal) -> {
          if (seen.getAndSet(ordinal) == 0) {
            throw new IllegalStateException("drop the first one");
          }
        });
    try (FileSystem fs = clients.s3a()) {
      write(fs, "/a", new byte[1]);
    }
    assertThat(seen).hasValue(endpoint.requests().size()).hasValueGreaterThan(1);
    assertThat(endpoint.requests().get(0).status()).isZero();
    assertThat(endpoint.maxInFlight()).isEqualTo(1);
  }

  @Test
  void theMostInFlightIsObserved() throws Exception {
    endpoint.putDirectly(BUCKET, "k", new byte[100_000]);
    endpoint.latency(Duration.ofMillis(300));
    List<CompletableFuture<?>> replies =
        Stream.generate(() -> clients.getLater("/k")).limit(4).collect(Collectors.toList());
    CompletableFuture.allOf(replies.toArray(CompletableFuture[]::new)).join();
    assertThat(endpoint.maxInFlight()).isBetween(2, 4);
    endpoint.latency(Duration.ZERO);
    endpoint.resetRequests();
    for (int i = 0; i < 50; i++) {
      clients.send("GET", "/k", "");
    }
    assertThat(endpoint.maxInFlight()).isEqualTo(1);
  }

  private Request last() {
    List<Request> requests = endpoint.requests();
    return requests.get(requests.size() - 1);
  }

  private void assertDenied(Configuration conf, String accessKey) throws IOException {
    conf.set("fs.s3a.access.key", accessKey);
    try (FileSystem fs = clients.s3a(conf)) {
      assertThatThrownBy(() -> fs.getFileStatus(new Path("/a")))
          .isInstanceOf(AccessDeniedException.class);
    }
  }

  private static FSDataOutputStream createNew(FileSystem fs) throws IOException {
    FSDataOutputStreamBuilder<?, ?> builder = fs.createFile(new Path("/once"));
    builder.overwrite(true).must("fs.option.create.conditional.overwrite", true);
    return (FSDataOutputStream) builder.build();
  }
}
