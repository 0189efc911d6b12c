/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.hadoop.gcs.GcsClientSettings;
import io.github.flytehadoop.hadoop.gcs.GcsConnection;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.ByteRange;
import io.github.flytehadoop.store.ObjectWrite;
import io.github.flytehadoop.store.Proof;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.store.multipart.MultipartUpload;
import io.github.flytehadoop.store.multipart.MultipartWrite;
import io.github.flytehadoop.store.multipart.ServerSideCopy;
import io.github.flytehadoop.store.multipart.UploadedPart;
import io.github.flytehadoop.testkit.GcsGate;
import io.github.flytehadoop.testkit.GcsServer;
import io.github.flytehadoop.testkit.InterruptedWork;
import io.github.flytehadoop.testkit.LossyProxy;
import io.github.flytehadoop.testkit.RequireStores;
import io.github.flytehadoop.testkit.Rule;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Requests that GCS has carried out and whose answer is lost: the next try finds the name taken, by
 * this writer itself.
 */
@RequireStores("gcs")
@Rule("F21")
class GcsLostRepliesTest {
  private static final int PART_BYTES = 4;

  private GcsServer server;
  private LossyProxy proxy;
  private GcsGate gate;
  private GcsConnection connection;
  private GcsStore store;
  private Location file;

  @BeforeEach
  void open() throws IOException {
    server = GcsServer.shared();
    gate = new GcsGate(server.uri());
    proxy = LossyProxy.before(gate.uri());
    Configuration conf = new Configuration(false);
    conf.set("fs.gs.storage.root.url", proxy.uri().toString());
    conf.set("fs.gs.auth.type", "UNAUTHENTICATED");
    connection = new GcsConnection(GcsClientSettings.of(conf));
    String bucket = server.newBucket();
    store = new GcsStore(connection, bucket, 8 << 20);
    file = Location.parse("gs://" + bucket + "/file");
  }

  @AfterEach
  void close() {
    connection.close();
    proxy.close();
    gate.close();
  }

  private static WriteOptions refusing(int lengthBytes) {
    return new WriteOptions(lengthBytes, Map.of("who", "me"), WriteOptions.Existing.REFUSE);
  }

  private static byte[] bytes(int parts) {
    byte[] content = new byte[parts * PART_BYTES];
    for (int at = 0; at < content.length; at++) {
      content[at] = (byte) at;
    }
    return content;
  }

  private UploadedPart send(MultipartUpload upload, byte[] content, int number) throws IOException {
    int offset = (int) upload.part(number).offset();
    return store.sendPart(
        upload, upload.part(number), () -> new ByteArrayInputStream(content, offset, PART_BYTES));
  }

  /** Writes a file in parts of four bytes; the answer to the next request like this is lost. */
  private Proof putInParts(int parts, String beforeParts, String beforeCommit) throws IOException {
    byte[] content = bytes(parts);
    MultipartUpload upload =
        new MultipartUpload(file.text(), "_flyte_tmp_1", content.length, PART_BYTES);
    try (MultipartWrite write = new ComposeWrite(store, file, refusing(content.length), upload)) {
      lose(beforeParts);
      ((ComposeWrite) write).begin();
      List<UploadedPart> sent = new ArrayList<>();
      for (int number = 1; number <= parts; number++) {
        sent.add(send(upload, content, number));
      }
      lose(beforeCommit);
      return write.commit(sent);
    }
  }

  private void lose(String characters) {
    if (!characters.isEmpty()) {
      proxy.loseAnswerTo(characters);
    }
  }

  private void assertWritten(byte[] content) throws IOException {
    assertThat(proxy.lost()).as("answers").isEqualTo(1);
    try (InputStream in = store.open(file, store.stat(file), ByteRange.WHOLE)) {
      assertThat(in.readAllBytes()).isEqualTo(content);
    }
    assertThat(store.metadata(file)).isEqualTo(Map.of("who", "me"));
  }

  @Test
  void aFileThatWasComposedIsOurs() throws IOException {
    assertThat(putInParts(2, "", "/compose")).isEqualTo(Proof.CHECKSUM);
    assertWritten(bytes(2));
  }

  @Test
  void aMarkerThatWasWrittenIsOurs() throws IOException {
    putInParts(1, "wanted", "");
    assertWritten(bytes(1));
  }

  @Test
  @Rule("F95")
  void aMarkerThatComesAfterItsWriterWasCancelledIsRemoved() throws Exception {
    CountDownLatch here = gate.holdBack("/wanted", "DELETE ", 2);
    Exception end =
        InterruptedWork.endOf(() -> store.startParts(file, refusing(8), PART_BYTES), here);
    assertThat(end).isInstanceOf(TransferException.class);
    assertThat(((TransferException) end).kind()).isEqualTo(FailureKind.INTERRUPTED);
    gate.awaitHeld();
    assertThat(server.keys(file.authority(), "")).isEmpty();
  }

  @Test
  void aPartThatWasWrittenIsOurs() throws IOException {
    putInParts(1, "part-00001", "");
    assertWritten(bytes(1));
  }

  @Test
  void aStepThatWasComposedIsOurs() throws IOException {
    int parts = ComposeWrite.AT_ONCE + 1;
    putInParts(parts, "", "step-1-0");
    assertWritten(bytes(parts));
  }

  @Test
  void aFileOfSomebodyElseIsAConflictAndStays() throws IOException {
    put(file, "theirs".getBytes());
    TransferException failure =
        catchThrowableOfType(TransferException.class, () -> putInParts(2, "", "/compose"));
    assertThat(failure.kind()).isEqualTo(FailureKind.CONFLICT);
    try (InputStream in = store.open(file, store.stat(file), ByteRange.WHOLE)) {
      assertThat(in).hasBinaryContent("theirs".getBytes());
    }
  }

  private void put(Location at, byte[] content) throws IOException {
    try (ObjectWrite write = store.write(at, refusing(content.length))) {
      write.write(content);
      write.commit();
    }
  }

  @Test
  void aCopyThatWasMadeIsOursAndNoOtherIs() throws IOException {
    Location from = Location.parse(file.text() + "-source");
    put(from, bytes(2));
    ServerSideCopy.CopySource source = new ServerSideCopy.CopySource(store, from, store.stat(from));
    WriteOptions options = new WriteOptions(2 * PART_BYTES, Map.of(), WriteOptions.Existing.REFUSE);
    proxy.loseAnswerTo("rewriteTo");
    assertThat(store.copyWhole(source, file, options)).isEqualTo(Proof.CHECKSUM);
    assertWritten(bytes(2));
    WriteOptions other = new WriteOptions(2 * PART_BYTES, Map.of(), WriteOptions.Existing.REFUSE);
    assertThat(other.writer()).isNotEqualTo(options.writer());
    TransferException failure =
        catchThrowableOfType(TransferException.class, () -> store.copyWhole(source, file, other));
    assertThat(failure.kind()).isEqualTo(FailureKind.CONFLICT);
  }
}
