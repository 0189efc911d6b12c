/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.config.GCSConfig;
import io.github.flytehadoop.error.DataNotFoundException;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.hadoop.AnonymousAccess;
import io.github.flytehadoop.hadoop.FileSystems;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.ByteRange;
import io.github.flytehadoop.store.ObjectWrite;
import io.github.flytehadoop.store.Store;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.store.registry.StoreRegistry;
import io.github.flytehadoop.testkit.GcsGate;
import io.github.flytehadoop.testkit.GcsServer;
import io.github.flytehadoop.testkit.LossyProxy;
import io.github.flytehadoop.testkit.RequireStores;
import io.github.flytehadoop.testkit.Rule;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Bytes that change on their way to GCS. The server of the tests compares the digest of a single
 * request; a gate before it that of a resumable upload, as GCS does.
 */
@RequireStores("gcs")
@Rule("F68")
class GcsIntegrityTest {
  private static final byte[] SMALL = "a small file with a needle".getBytes(StandardCharsets.UTF_8);

  private static final byte[] OLD = "the old file".getBytes(StandardCharsets.UTF_8);

  private LossyProxy proxy;
  private GcsGate gate;
  private Store store;
  private Location file;

  @BeforeEach
  void open() throws IOException {
    GcsServer server = GcsServer.shared();
    proxy = LossyProxy.before(server.uri());
    gate = new GcsGate(server.uri());
    file = Location.parse("gs://" + server.newBucket() + "/file");
    store = storeAt(proxy.uri());
  }

  private Store storeAt(URI endpoint) throws IOException {
    DataConfig config =
        DataConfig.builder()
            .gcs(GCSConfig.builder().endpoint(endpoint.toString()).projectId("test").build())
            .build();
    FileSystems fileSystems = new FileSystems(config, new Configuration(false), Map.of());
    return new StoreRegistry(fileSystems, AnonymousAccess.NEVER, 8 << 20).of(file);
  }

  @AfterEach
  void close() {
    proxy.close();
    gate.close();
  }

  private void put(byte[] bytes) throws IOException {
    try (ObjectWrite write = store.write(file, WriteOptions.ofLength(bytes.length))) {
      write.write(bytes);
      write.commit();
    }
  }

  private byte[] get() throws IOException {
    try (InputStream in = store.open(file, store.stat(file), ByteRange.WHOLE)) {
      return in.readAllBytes();
    }
  }

  @Test
  void aSmallFileThatArrivesBrokenIsSentAgainWithItsDigest() throws IOException {
    put(OLD);
    proxy.corruptOnce("needle", "noodle");
    put(SMALL);
    assertThat(get()).isEqualTo(SMALL);
  }

  /** Each request that the store got since, without looks at the file. */
  private List<String> changesSince(int before) {
    return gate.requests().subList(before, gate.requests().size()).stream()
        .filter(request -> !request.startsWith("GET "))
        .toList();
  }

  @Test
  void aSmallFileIsOneRequestWithItsDigest() throws IOException {
    store = storeAt(gate.uri());
    put(SMALL);
    assertThat(changesSince(0)).singleElement().asString().contains("uploadType=multipart");
    proxy.loseAnswerTo("\"crc32c\":\"" + digest(SMALL) + "\"");
    store = storeAt(proxy.uri());
    put(SMALL);
    assertThat(proxy.lost()).as("answers to a request with its digest").isEqualTo(1);
  }

  @Test
  void aSmallFileThatKeepsArrivingBrokenLeavesTheOldOne() throws IOException {
    store = storeAt(gate.uri());
    put(OLD);
    Attributes old = store.stat(file);
    int before = gate.requests().size();
    gate.corrupt(100, "needle", "noodle");
    TransferException failure = catchThrowableOfType(TransferException.class, () -> put(SMALL));
    assertThat(failure.kind()).isEqualTo(FailureKind.INTEGRITY);
    assertThat(changesSince(before)).isNotEmpty().allMatch(request -> request.startsWith("POST "));
    assertThat(store.stat(file).etag()).as("the old version").isEqualTo(old.etag());
    assertThat(get()).isEqualTo(OLD);
  }

  @Test
  void aLargeFileThatArrivesBrokenLeavesTheOldOne() throws IOException {
    store = storeAt(gate.uri());
    put(OLD);
    Attributes old = store.stat(file);
    int before = gate.requests().size();
    byte[] large = large();
    System.arraycopy(SMALL, 0, large, 1000, SMALL.length);
    gate.corrupt(1, "needle", "noodle");
    TransferException failure = catchThrowableOfType(TransferException.class, () -> put(large));
    assertThat(failure.kind()).isEqualTo(FailureKind.INTEGRITY);
    assertThat(changesSince(before))
        .as("an object is never deleted")
        .noneMatch(request -> request.startsWith("DELETE /storage/"));
    assertThat(store.stat(file).etag()).as("the old version").isEqualTo(old.etag());
    put(large);
    assertThat(get()).isEqualTo(large);
  }

  private static String digest(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return Base64.getEncoder()
        .encodeToString(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }

  private static byte[] large() {
    byte[] large = new byte[9 << 20];
    Arrays.fill(large, (byte) 'x');
    return large;
  }

  @Test
  void theLastRequestOfALargeFileCarriesItsDigest() throws IOException {
    byte[] large = large();
    proxy.loseAnswerTo("x-goog-hash: crc32c=" + digest(large));
    try {
      put(large);
    } catch (TransferException lost) {
      // this server forgets an upload with its last request, so asking how far it got fails
    }
    assertThat(proxy.lost()).as("answers to a request with that header").isEqualTo(1);
  }

  @Test
  void aServerThatComparesNothingLeavesNoBrokenFile() throws IOException {
    byte[] large = large();
    System.arraycopy(SMALL, 0, large, 1000, SMALL.length);
    proxy.corruptOnce("needle", "noodle");
    TransferException failure = catchThrowableOfType(TransferException.class, () -> put(large));
    assertThat(failure).isNotNull();
    assertThat(failure.kind()).isEqualTo(FailureKind.INTEGRITY);
    assertThat(catchThrowableOfType(DataNotFoundException.class, () -> store.stat(file)))
        .isNotNull();
  }
}
