/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.hadoop.AnonymousAccess;
import io.github.flytehadoop.hadoop.FileSystems;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.Leftover;
import io.github.flytehadoop.store.ReservedNames;
import io.github.flytehadoop.store.Store;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.store.multipart.MultipartStore;
import io.github.flytehadoop.store.multipart.MultipartUpload;
import io.github.flytehadoop.store.multipart.MultipartWrite;
import io.github.flytehadoop.store.registry.StoreRegistry;
import io.github.flytehadoop.testkit.GcsServer;
import io.github.flytehadoop.testkit.RequireStores;
import io.github.flytehadoop.testkit.Rule;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

/** Of a run that was killed its parts go, of another run that still writes they stay. */
@RequireStores("gcs")
class GcsLeftoversTest {
  private static final int PART = 8 << 20;
  private static final long LENGTH = 2L * PART;

  private static WriteOptions of(String job) {
    return new WriteOptions(
        LENGTH, Map.of(), WriteOptions.Existing.REPLACE, job, ReservedNames.tagOf(job, List.of()));
  }

  private static void send(Store store, MultipartUpload upload) throws Exception {
    ((MultipartStore) store)
        .sendPart(upload, upload.part(1), () -> new ByteArrayInputStream(new byte[PART]));
  }

  @Test
  @Rule("F49")
  void onlyThoseOfTheRunGo() throws Exception {
    GcsServer server = GcsServer.shared();
    Location directory = Location.parse("gs://" + server.newBucket() + "/to");
    Location deep = Location.parse(directory.text() + "/d/file");
    Location file = Location.parse(directory.text() + "/file");
    FileSystems fileSystems =
        new FileSystems(server.dataConfig(), new Configuration(false), Map.of());
    Store store = new StoreRegistry(fileSystems, AnonymousAccess.NEVER, PART).of(file);
    MultipartUpload killed = ((MultipartStore) store).startParts(deep, of("killed"), PART).upload();
    MultipartUpload single = ((MultipartStore) store).startParts(file, of("killed"), PART).upload();
    MultipartWrite other = ((MultipartStore) store).startParts(deep, of("other"), PART);
    for (MultipartUpload upload : List.of(killed, single, other.upload())) {
      send(store, upload);
    }

    String tag = ReservedNames.tagOf("killed", List.of());
    List<Leftover> beside = store.leftovers(file, Attributes.Kind.FILE, tag);
    assertThat(beside).as("a marker and a part").hasSize(2);
    List<Leftover> below = store.leftovers(directory, Attributes.Kind.DIRECTORY, tag);
    assertThat(below).hasSize(4).containsAll(beside);
    for (Leftover leftover : below) {
      store.discard(leftover);
      store.discard(leftover);
    }
    assertThat(store.leftovers(directory, Attributes.Kind.DIRECTORY, tag)).isEmpty();
    assertThatThrownBy(() -> send(store, killed))
        .as("a worker that does not know yet")
        .isInstanceOf(TransferException.class);
    assertThat(store.leftovers(directory, Attributes.Kind.DIRECTORY, tag)).isEmpty();
    assertThat(
            store.leftovers(
                directory, Attributes.Kind.DIRECTORY, ReservedNames.tagOf("other", List.of())))
        .hasSize(2);
    other.close();
    assertThat(
            store.leftovers(
                directory, Attributes.Kind.DIRECTORY, ReservedNames.tagOf("other", List.of())))
        .isEmpty();
    fileSystems.close();
  }
}
