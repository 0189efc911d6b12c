/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.RelativePath;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.TestSecrets;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import org.junit.jupiter.api.Test;

class S3SizesTest {
  @Test
  @Rule("B49")
  void moreThanAllPartsCanCarryIsRefusedUnsent() throws Exception {
    try (S3Endpoint endpoint = S3Endpoint.start()) {
      endpoint.createBucket("b");
      S3Fixture fixture =
          new S3Fixture(
              "b",
              S3Fixture.config(
                  endpoint.uri(), TestSecrets.S3_ACCESS_KEY, TestSecrets.S3_SECRET_KEY)) {};
      var at = fixture.newRoot().child(new RelativePath("huge"));
      endpoint.resetRequests();
      TransferException failure =
          catchThrowableOfType(
              TransferException.class,
              () -> fixture.store().write(at, WriteOptions.ofLength((50L << 40))));
      assertThat(failure.kind()).isEqualTo(FailureKind.UNSUPPORTED);
      assertThat(failure)
          .hasMessageContaining("54975581388800 bytes")
          .hasMessageContaining("Split");
      assertThat(endpoint.requests()).isEmpty();
    }
  }
}
