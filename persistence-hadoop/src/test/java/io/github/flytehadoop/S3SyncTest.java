/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import static io.github.flytehadoop.testkit.s3.RequestKind.DELETE_OBJECTS;
import static io.github.flytehadoop.testkit.s3.RequestKind.GET_OBJECT;
import static io.github.flytehadoop.testkit.s3.RequestKind.LIST;
import static io.github.flytehadoop.testkit.s3.RequestKind.PUT_OBJECT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flytehadoop.error.CopyException;
import io.github.flytehadoop.testkit.Providers;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.s3.Corruption;
import io.github.flytehadoop.testkit.s3.Fault;
import io.github.flytehadoop.testkit.s3.FaultPlan;
import io.github.flytehadoop.testkit.s3.FaultRule;
import io.github.flytehadoop.testkit.s3.RequestKind;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import io.github.flytehadoop.transfer.CopyOptions;
import io.github.flytehadoop.transfer.DeleteExtra;
import io.github.flytehadoop.transfer.OnExisting;
import io.github.flytehadoop.transfer.TransferReport;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Synchronising two prefixes costs as few requests as S3 allows, and deletes nothing by mistake.
 */
class S3SyncTest {
  private static final int FILES = 2500;
  private static final CopyOptions SYNC =
      CopyOptions.defaults()
          .withOnExisting(OnExisting.SKIP_IDENTICAL)
          .withDeleteExtra(DeleteExtra.upTo(FILES));

  @TempDir Path temp;
  private final S3Endpoint s3 = S3Endpoint.start();
  private FileAccessProvider provider;

  @BeforeEach
  void start() throws Exception {
    s3.createBucket("b");
    provider = Providers.on(s3, "b", temp.resolve("sandbox")).build();
  }

  @AfterEach
  void stop() {
    provider.close();
    s3.close();
  }

  private void fill(String prefix, int files) {
    for (int i = 0; i < files; i++) {
      // keys that an object store and a file system put in different orders
      s3.putDirectly("b", prefix + "/d" + i % 7 + (i % 2 == 0 ? "/" : "-x/") + i, new byte[] {1});
    }
  }

  private void seen(Map<RequestKind, Integer> expected) {
    assertThat(new EnumMap<>(s3.counts())).isEqualTo(new EnumMap<>(expected));
  }

  @Test
  @Rule("B34")
  void syncOfUnchangedTreeCostsTwoListingsPerThousand() throws Exception {
    fill("from", FILES);
    fill("to", FILES);
    TransferReport report = provider.copy("s3://b/from", "s3://b/to", SYNC);
    assertThat(report.skipped()).isEqualTo(FILES);
    assertThat(report.files()).isZero();
    seen(Map.of(LIST, 6));
  }

  @Test
  void onlyWhatChangedIsCopied() throws Exception {
    fill("from", 100);
    fill("to", 100);
    s3.putDirectly("b", "from/new", new byte[] {2});
    s3.putDirectly("b", "to/d0/0", new byte[] {3});
    TransferReport report = provider.copy("s3://b/from", "s3://b/to", SYNC);
    assertThat(report.files()).isEqualTo(2);
    assertThat(s3.bytes("b", "to/d0/0")).containsExactly(1);
    assertThat(s3.bytes("b", "to/new")).containsExactly(2);
    assertThat(s3.count(LIST)).isEqualTo(2);
    assertThat(s3.count(RequestKind.HEAD_OBJECT)).isZero();
  }

  @Test
  @Rule("F26")
  void extraFilesAreDeletedByTheThousand() throws Exception {
    fill("from", 10);
    fill("to", 10);
    fill("to/old", FILES - 10);
    s3.resetRequests();
    TransferReport report = provider.copy("s3://b/from", "s3://b/to", SYNC);
    assertThat(report.notes().toString()).contains((FILES - 10) + " files that the source has not");
    assertThat(s3.keys("b").stream().filter(key -> key.startsWith("to/"))).hasSize(10);
    seen(Map.of(LIST, 1 + 3, DELETE_OBJECTS, 3));
  }

  @Test
  @Rule("F26")
  void refusedDeletionsAreTriedAgainAndThenNamed() throws Exception {
    fill("from", 10);
    fill("to", 10);
    fill("to/old", 20);
    s3.faults(
        FaultPlan.of(
            FaultRule.on(DELETE_OBJECTS)
                .first(1)
                .gives(Corruption.undeletable(key -> key.endsWith("/3")))));
    provider.copy("s3://b/from", "s3://b/to", SYNC);
    assertThat(s3.keys("b")).noneMatch(key -> key.startsWith("to/old"));
    fill("to/old", 20);
    s3.faults(
        FaultPlan.of(
            FaultRule.on(DELETE_OBJECTS).gives(Corruption.undeletable(key -> key.endsWith("/3"))),
            FaultRule.on(RequestKind.DELETE_OBJECT).gives(Fault.status(403, "AccessDenied"))));
    assertThatThrownBy(() -> provider.copy("s3://b/from", "s3://b/to", SYNC))
        .isInstanceOf(CopyException.class)
        .hasMessageContaining("to/old")
        .hasMessageContaining("/3");
  }

  @Test
  @Rule("F27")
  void aListingThatFailsDeletesNothing() throws Exception {
    fill("from", FILES);
    fill("to", FILES);
    fill("to/old", 20);
    s3.faults(
        FaultPlan.of(
            FaultRule.on(LIST)
                .key(String::isEmpty)
                .from(2)
                .gives(Fault.status(403, "AccessDenied"))));
    assertThatThrownBy(() -> provider.copy("s3://b/from", "s3://b/to", SYNC))
        .isInstanceOf(CopyException.class);
    assertThat(s3.keys("b").stream().filter(key -> key.startsWith("to/"))).hasSize(FILES + 20);
    assertThat(s3.count(DELETE_OBJECTS)).isZero();
    assertThat(s3.count(PUT_OBJECT)).isZero();
  }

  @Test
  void aDryRunShowsWhatWouldBeDeletedAndDeletesNothing() throws Exception {
    fill("from", 10);
    fill("to/old", 20);
    TransferReport report = provider.copy("s3://b/from", "s3://b/to", SYNC.withDryRun());
    assertThat(report.files()).isEqualTo(10);
    assertThat(report.notes().toString()).contains("20 files that the source has not would be");
    seen(Map.of(LIST, 2));
    assertThat(s3.count(GET_OBJECT)).isZero();
  }
}
