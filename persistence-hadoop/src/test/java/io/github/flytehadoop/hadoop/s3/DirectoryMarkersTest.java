/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flytehadoop.hadoop.HadoopConfigurations;
import io.github.flytehadoop.testkit.Providers;
import io.github.flytehadoop.testkit.s3.Fault;
import io.github.flytehadoop.testkit.s3.FaultPlan;
import io.github.flytehadoop.testkit.s3.FaultRule;
import io.github.flytehadoop.testkit.s3.RequestKind;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DirectoryMarkersTest {
  private static final Path TABLE = new Path("s3://bucket/a b/table");
  private static final byte[] DATA = {1};

  private final S3Endpoint s3 = S3Endpoint.start();
  private FileSystem fileSystem;

  @BeforeEach
  void open() throws Exception {
    s3.createBucket("bucket");
    Configuration conf =
        HadoopConfigurations.of(Providers.config(s3.uri(), "key", "secret"), new Configuration());
    fileSystem = FileSystem.newInstance(URI.create("s3://bucket"), conf);
    s3.putDirectly("bucket", "a b/table-2/", new byte[0]);
    s3.resetRequests();
  }

  @AfterEach
  void close() throws Exception {
    fileSystem.close();
    s3.close();
  }

  @Test
  void theMarkerOfAFullDirectoryGoes() throws Exception {
    s3.putDirectly("bucket", "a b/table/", new byte[0]);
    s3.putDirectly("bucket", "a b/table/part", DATA);

    DirectoryMarkers.removeFromFull(fileSystem, TABLE);

    assertThat(s3.keys("bucket")).containsExactly("a b/table-2/", "a b/table/part");
    assertThat(s3.requests()).hasSize(2);
  }

  @Test
  void withoutAMarkerNothingIsDeleted() throws Exception {
    s3.putDirectly("bucket", "a b/table/", DATA);
    s3.putDirectly("bucket", "a b/table/part", DATA);
    s3.putDirectly("bucket", "a b/empty/", new byte[0]);

    DirectoryMarkers.removeFromFull(fileSystem, TABLE);
    DirectoryMarkers.removeFromFull(fileSystem, new Path("s3://bucket/a b/empty"));
    DirectoryMarkers.removeFromFull(fileSystem, new Path("s3://bucket/absent"));

    assertThat(s3.count(RequestKind.DELETE_OBJECT)).isZero();
    assertThat(s3.keys("bucket")).hasSize(4);
  }

  @Test
  void aRefusalNamesTheDirectory() {
    s3.faults(
        FaultPlan.of(FaultRule.on(RequestKind.LIST).gives(Fault.status(403, "AccessDenied"))));
    assertThatThrownBy(() -> DirectoryMarkers.removeFromFull(fileSystem, TABLE))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessageContaining("a b/table");
  }
}
