/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import io.github.flytehadoop.testkit.s3.S3Endpoint;
import org.junit.jupiter.api.Tag;

/** The same faults over TLS, where native code sends large bodies too. */
@Tag("slow")
class S3FaultsOverTlsTest extends S3FaultsTest {
  @Override
  S3Endpoint endpoint() {
    return S3Endpoint.startTls();
  }
}
