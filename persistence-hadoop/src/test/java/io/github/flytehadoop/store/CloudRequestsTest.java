/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.hadoop.AnonymousAccess;
import io.github.flytehadoop.hadoop.FileSystems;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.RelativePath;
import io.github.flytehadoop.store.multipart.ServerSideCopy;
import io.github.flytehadoop.store.registry.StoreRegistry;
import io.github.flytehadoop.testkit.AzureServer;
import io.github.flytehadoop.testkit.GcsServer;
import io.github.flytehadoop.testkit.RequireStores;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What each step costs, counted by the servers. */
@Tag("slow")
class CloudRequestsTest {
  private static final int PART = 8 << 20;

  @Test
  @RequireStores("gcs")
  void gcs() throws IOException {
    GcsServer server = GcsServer.shared();
    String bucket = server.newBucket();
    Counted counted =
        new Counted(
            store(server.dataConfig(), "gs://" + bucket),
            Location.parse("gs://" + bucket + "/dir"),
            server::requests,
            bucket);
    assertThat(counted.putting("a", 1000)).as("a new small file").hasSize(1);
    assertThat(counted.putting("a", 2000)).as("a small file again").hasSize(1);
    assertThat(counted.putting("p", PART)).as("a file of one part").hasSize(1);
    counted.store.delete(counted.at("p"), counted.store.stat(counted.at("p")));
    assertThat(counted.putting("b", 2 * PART)).as("a file of two parts").hasSize(3);
    counted.readingCosts();
    counted.copyingInside();
  }

  @Test
  @RequireStores("azure")
  void azure() throws IOException {
    AzureServer server = AzureServer.shared();
    String container = server.newContainer();
    Counted counted =
        new Counted(
            store(server.dataConfig(), "abfs://" + container),
            Location.parse("abfs://" + container + "/dir"),
            server::requests,
            container);
    assertThat(counted.putting("a", 1000)).as("a new small file").hasSize(1);
    assertThat(counted.putting("a", 2000)).as("a small file again").hasSize(1);
    assertThat(counted.putting("b", 2 * PART)).as("a file of two blocks").hasSize(3);
    counted.readingCosts();
  }

  private static Store store(DataConfig config, String place) throws IOException {
    FileSystems fileSystems = new FileSystems(config, new Configuration(false), Map.of());
    return new StoreRegistry(fileSystems, AnonymousAccess.NEVER, PART).of(Location.parse(place));
  }

  /** Runs steps and tells what they have asked of one bucket. */
  private record Counted(
      Store store, Location root, Supplier<List<String>> requests, String bucket) {
    private List<String> costOf(Step step) throws IOException {
      int before = requests.get().size();
      step.run();
      List<String> all = requests.get();
      return all.subList(before, all.size()).stream()
          .filter(request -> request.contains(bucket))
          .toList();
    }

    private List<String> putting(String name, int length) throws IOException {
      return costOf(
          () -> {
            try (ObjectWrite write = store.write(at(name), WriteOptions.ofLength(length))) {
              write.write(new byte[length]);
              write.commit();
            }
          });
    }

    private Location at(String name) {
      return root.child(new RelativePath(name));
    }

    private void readingCosts() throws IOException {
      assertThat(costOf(() -> store.stat(at("a")))).as("a stat").hasSize(1);
      assertThat(costOf(this::getTree)).as("listing and getting 2 files").hasSize(3);
      Attributes known = store.stat(at("b"));
      // as a worker on another machine has it
      Attributes planned =
          new Attributes(known.kind(), known.lengthBytes(), known.modified(), known.etag(), null);
      ByteRange range = new ByteRange(1_000_000, 3_000_000);
      assertThat(costOf(() -> read("b", planned, range))).as("a range of a plan").hasSize(1);
    }

    /** GCS looks at the source and composes: no byte of either comes here. */
    private void copyingInside() throws IOException {
      ServerSideCopy copying = (ServerSideCopy) store;
      ServerSideCopy.CopySource original =
          new ServerSideCopy.CopySource(store, at("b"), store.stat(at("b")));
      WriteOptions refusing = new WriteOptions(2 * PART, Map.of(), WriteOptions.Existing.REFUSE);
      assertThat(copying.copyMode(original, at("c"), refusing))
          .isEqualTo(ServerSideCopy.CopyMode.WHOLE);
      List<String> asked =
          costOf(
              () ->
                  assertThat(copying.copyWhole(original, at("c"), refusing))
                      .isEqualTo(Proof.CHECKSUM));
      assertThat(asked).hasSize(2).noneMatch(request -> request.contains("alt=media"));
      assertThat(store.stat(at("c")).lengthBytes()).isEqualTo(2 * PART);
      putting("b", 1000);
      assertThat(
              catchThrowableOfType(
                      TransferException.class, () -> copying.copyWhole(original, at("d"), refusing))
                  .kind())
          .isEqualTo(FailureKind.SOURCE_CHANGED);
    }

    private void getTree() throws IOException {
      try (Listing listing = store.tree(root)) {
        while (listing.hasNext()) {
          ListingEntry file = listing.next();
          if (file.attributes().lengthBytes() < PART) {
            read(file.path().value(), file.attributes(), ByteRange.WHOLE);
            store.checksum(at(file.path().value()), file.attributes());
          } else {
            read(file.path().value(), file.attributes(), new ByteRange(5, 100_000));
          }
        }
      }
    }

    private void read(String name, Attributes attributes, ByteRange range) throws IOException {
      try (InputStream in = store.open(at(name), attributes, range)) {
        in.readAllBytes();
      }
    }
  }

  private interface Step {
    void run() throws IOException;
  }
}
