/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store;

import io.github.flytehadoop.config.AddressingStyle;
import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.config.S3Config;
import io.github.flytehadoop.hadoop.AnonymousAccess;
import io.github.flytehadoop.hadoop.FileSystems;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.RelativePath;
import io.github.flytehadoop.testkit.S3Server;
import io.github.flytehadoop.testkit.contract.StoreFixture;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;

/** What all servers of S3's protocol have in common, through the settings that users get. */
abstract class S3Fixture implements StoreFixture {
  private final AtomicInteger roots = new AtomicInteger();
  private final Store store;
  private final URI endpoint;
  final String bucket;

  S3Fixture(URI endpoint, String bucket, String accessKey, String secretKey) {
    this.endpoint = endpoint;
    this.bucket = bucket;
    this.store = open(accessKey, secretKey);
  }

  final Store open(String accessKey, String secretKey) {
    S3Config s3 =
        S3Config.builder()
            .endpoint(endpoint.toString())
            .region(S3Server.REGION)
            .addressingStyle(AddressingStyle.PATH)
            .accessKeyId(accessKey)
            .secretAccessKey(secretKey)
            .retries(1)
            .backoff(Duration.ofMillis(10))
            .build();
    DataConfig config = DataConfig.builder().s3(s3).build();
    FileSystems fileSystems = new FileSystems(config, new Configuration(), Map.of());
    try {
      return new StoreRegistry(fileSystems, AnonymousAccess.NEVER, partBytes())
          .of(Location.parse("s3://" + bucket));
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
  }

  @Override
  public Store store() {
    return store;
  }

  @Override
  public Location newRoot() {
    return Location.parse("s3://" + bucket + "/root" + roots.incrementAndGet());
  }

  @Override
  public StoreTraits traits() {
    return new StoreTraits(
        StoreTraits.Tree.PREFIXES,
        StoreTraits.Metadata.KEPT,
        StoreTraits.ParallelWrites.NONE,
        StoreTraits.Checksums.NONE);
  }

  @Override
  public int partBytes() {
    return 5 << 20;
  }

  @Override
  public boolean canHold(String name) {
    return !name.endsWith("_$folder$");
  }

  final Location newFile() throws IOException {
    Location file = newRoot().child(new RelativePath("d/file"));
    try (ObjectWrite write = store.write(file, WriteOptions.ofLength(1))) {
      write.write(1);
      write.commit();
    }
    return file;
  }
}
