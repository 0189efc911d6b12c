/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.s3;

import io.github.flytehadoop.config.AddressingStyle;
import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.config.S3Config;
import io.github.flytehadoop.store.CloudFixture;
import io.github.flytehadoop.store.StoreTraits;
import io.github.flytehadoop.testkit.S3Server;
import java.net.URI;
import java.time.Duration;

/** What all servers of S3's protocol have in common. */
abstract class S3Fixture extends CloudFixture {
  final String bucket;

  S3Fixture(String bucket, DataConfig config) {
    super("s3://" + bucket, StoreTraits.Checksums.NONE, config);
    this.bucket = bucket;
  }

  static DataConfig config(URI endpoint, String accessKey, String secretKey) {
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
    return DataConfig.builder().s3(s3).build();
  }

  @Override
  public int partBytes() {
    return 5 << 20;
  }

  @Override
  public boolean canHold(String name) {
    return !name.endsWith("_$folder$");
  }
}
