/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.hadoop.AnonymousAccess;
import io.github.flytehadoop.hadoop.FileSystems;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.ObjectWrite;
import io.github.flytehadoop.store.Store;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.store.registry.StoreRegistry;
import io.github.flytehadoop.testkit.GcsServer;
import io.github.flytehadoop.testkit.RequireStores;
import io.github.flytehadoop.testkit.Rule;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Hadoop's connector would publish half a file when its stream is closed or its thread interrupted.
 */
@RequireStores("gcs")
@Rule({"F38", "B54", "B56"})
@Tag("slow")
class GcsAbortTest {
  private static final byte[] CHUNK = new byte[3 << 20];

  private Store store;
  private Location file;

  @BeforeEach
  void open() throws IOException {
    GcsServer server = GcsServer.shared();
    file = Location.parse("gs://" + server.newBucket() + "/file");
    FileSystems fileSystems =
        new FileSystems(server.dataConfig(), new Configuration(false), Map.of());
    store = new StoreRegistry(fileSystems, AnonymousAccess.NEVER, 8 << 20).of(file);
  }

  @Test
  void abandonedWriteDoesNotAppearLater() throws Exception {
    try (ObjectWrite write = store.write(file, WriteOptions.ofLength(20 << 20))) {
      for (int chunk = 0; chunk < 4; chunk++) {
        write.write(CHUNK);
      }
    }
    assertNeverAppears();
  }

  @Test
  void anInterruptPublishesNothing() throws Exception {
    try (ObjectWrite write = store.write(file, WriteOptions.ofLength(20 << 20))) {
      write.write(CHUNK);
      Thread.currentThread().interrupt();
      TransferException failure =
          catchThrowableOfType(TransferException.class, () -> write.write(CHUNK));
      assertThat(failure.kind()).isEqualTo(FailureKind.INTERRUPTED);
    } finally {
      assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
    }
    assertNeverAppears();
  }

  @Test
  void theUploadIsEndedAndNothingStaysPending() throws Exception {
    GcsServer server = GcsServer.shared();
    int before = server.requests().size();
    try (ObjectWrite write = store.write(file, WriteOptions.ofLength(20 << 20))) {
      for (int chunk = 0; chunk < 4; chunk++) {
        write.write(CHUNK);
      }
    }
    List<String> asked =
        server.requests().subList(before, server.requests().size()).stream()
            .filter(request -> request.contains(file.authority()))
            .toList();
    String session = asked.get(asked.size() - 1);
    assertThat(session).startsWith("DELETE ").contains("upload_id=");
    assertThat(asked)
        .as("the session, its first part, its end")
        .containsExactly(asked.get(0), session.replace("DELETE ", "PUT "), session);
    assertThat(asked.get(0)).startsWith("POST ").contains("uploadType=resumable");
  }

  @Test
  void whatNeverLeftThisMachineCostsNoRequest() throws Exception {
    GcsServer server = GcsServer.shared();
    int before = server.requests().size();
    try (ObjectWrite write = store.write(file, WriteOptions.ofLength(20 << 20))) {
      write.write(CHUNK);
    }
    assertThat(server.requests().subList(before, server.requests().size()))
        .noneMatch(request -> request.contains(file.authority()));
  }

  private void assertNeverAppears() throws Exception {
    long end = System.nanoTime() + 5_000_000_000L;
    while (System.nanoTime() < end) {
      try {
        store.stat(file);
      } catch (io.github.flytehadoop.error.DataNotFoundException absent) {
        Thread.sleep(500);
        continue;
      }
      throw new AssertionError(file + " appeared");
    }
  }
}
