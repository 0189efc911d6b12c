/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.RelativePath;
import io.github.flytehadoop.store.ObjectWrite;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.TestSecrets;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an upload that is given up does to files that are written after it. */
@Tag("slow")
class S3AbortedUploadTest {
  private static final String BUCKET = "data";
  private static final int ROUNDS = 100;
  private static final byte[] SMALL = filled(10, 's');

  /**
   * S3A hands the memory of a part on while the part is still being sent. Where that memory is used
   * again, about one round in twenty publishes a small file with bytes of the one that was given
   * up, so that a hundred rounds do not miss it.
   */
  @Test
  @Rule({"F04", "F38"})
  void theNextFilesAreWhole() throws Exception {
    try (S3Endpoint endpoint = S3Endpoint.start()) {
      endpoint.createBucket(BUCKET);
      S3Fixture fixture = new EndpointFixture(endpoint);
      ExecutorService executor = Executors.newFixedThreadPool(3);
      try {
        List<Future<?>> rounds = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
          Random seeded = new Random(round);
          rounds.add(executor.submit(() -> run(fixture, endpoint, seeded.nextInt(30))));
        }
        for (Future<?> round : rounds) {
          round.get();
        }
      } finally {
        executor.shutdownNow();
      }
      assertThat(endpoint.pendingUploads(BUCKET)).isEmpty();
    }
  }

  private static Void run(S3Fixture fixture, S3Endpoint endpoint, int millis)
      throws IOException, InterruptedException {
    Location root = fixture.newRoot();
    try (ObjectWrite large = write(fixture, root, "large")) {
      large.write(filled(2 * fixture.partBytes() + 1, 'L'));
      Thread.sleep(millis); // so that parts are given up at different points
    }
    List<ObjectWrite> writes = new ArrayList<>();
    for (int file = 0; file < 3; file++) {
      writes.add(write(fixture, root, "small" + file));
      writes.get(file).write(SMALL);
    }
    for (ObjectWrite write : writes) {
      write.commit();
    }
    for (int file = 0; file < 3; file++) {
      String key = root.key() + "/small" + file;
      assertThat(endpoint.bytes(BUCKET, key)).as(key).isEqualTo(SMALL);
      endpoint.deleteDirectly(BUCKET, key);
    }
    return null;
  }

  private static ObjectWrite write(S3Fixture fixture, Location root, String name)
      throws IOException {
    return fixture.store().write(root.child(new RelativePath(name)), WriteOptions.ofLength(1));
  }

  private static byte[] filled(int length, char with) {
    return String.valueOf(with).repeat(length).getBytes(StandardCharsets.US_ASCII);
  }

  private static final class EndpointFixture extends S3Fixture {
    EndpointFixture(S3Endpoint endpoint) {
      super(BUCKET, config(endpoint.uri(), TestSecrets.S3_ACCESS_KEY, TestSecrets.S3_SECRET_KEY));
    }
  }
}
