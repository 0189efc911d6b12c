/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.testkit.Providers;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.s3.RequestKind;
import io.github.flytehadoop.transfer.CheckReport;
import io.github.flytehadoop.transfer.CompareBy;
import io.github.flytehadoop.transfer.CopyOptions;
import io.github.flytehadoop.transfer.Difference;
import io.github.flytehadoop.transfer.OnExisting;
import io.github.flytehadoop.transfer.TransferReport;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files of one length and other bytes, with a target that is newer: nothing takes them for one. */
class SameBytesTest {
  private static final CopyOptions SKIP =
      CopyOptions.defaults().withOnExisting(OnExisting.SKIP_IDENTICAL);

  @TempDir Path temp;
  private final List<String> differences = new ArrayList<>();

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void told(Difference difference) {
    differences.add(difference.path());
  }

  private static void fill(Site site, String root, String changing) throws Exception {
    site.putDirectly(root + "/same", bytes("same"));
    site.putDirectly(root + "/d/changed", bytes(changing));
    site.putDirectly(root + "/empty", new byte[0]);
  }

  @ParameterizedTest
  @EnumSource(
      value = Site.Kind.class,
      names = {"HDFS", "S3"})
  @Rule({"F72", "B81"})
  void treesOfOneStoreAreComparedByDigests(Site.Kind kind) throws Exception {
    try (Site site = Site.open(kind, temp)) {
      fill(site, "one", "old");
      fill(site, "two", "new");
      CheckReport report =
          site.provider().check(site.uri("one"), site.uri("two"), CompareBy.DIGESTS, this::told);
      assertThat(differences).containsExactly("d/changed");
      assertThat(report.isSame()).isFalse();
      assertThat(report.same()).isEqualTo(2);
      assertThat(report.isProven()).isTrue();
      assertThat(
              site.provider()
                  .check(site.uri("one"), site.uri("two"), CompareBy.LENGTHS, this::told)
                  .isSame())
          .as("that is what was asked for")
          .isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Site.Kind.class,
      names = {"HDFS", "S3"})
  @Rule({"F72", "B81"})
  void aLocalTreeIsComparedByTheDigestOfTheStore(Site.Kind kind) throws Exception {
    try (Site store = Site.open(kind, temp);
        Site local = Site.open(Site.Kind.LOCAL, temp.resolve("local"))) {
      fill(store, "tree", "old");
      fill(local, "tree", "new");
      if (store instanceof Site.S3 s3) {
        s3.endpoint().resetRequests();
      }
      CheckReport report =
          store
              .provider()
              .check(local.uri("tree"), store.uri("tree"), CompareBy.DIGESTS, this::told);
      assertThat(differences).containsExactly("d/changed");
      assertThat(report.same()).isEqualTo(2);
      assertThat(report.isProven()).isTrue();
      if (store instanceof Site.S3 s3) {
        assertThat(s3.endpoint().counts()).doesNotContainKey(RequestKind.GET_OBJECT);
      }
    }
  }

  @Test
  @Rule("F72")
  void equalLengthAloneProvesNothing() throws Exception {
    try (Site local = Site.open(Site.Kind.LOCAL, temp)) {
      fill(local, "one", "old");
      fill(local, "two", "new");
      CheckReport report =
          local.provider().check(local.uri("one"), local.uri("two"), CompareBy.DIGESTS, this::told);
      assertThat(report.isSame()).isTrue();
      assertThat(report.isProven()).isFalse();
      assertThat(report.proven()).as("the empty one").isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Site.Kind.class,
      names = {"HDFS", "S3"})
  @Rule({"F76", "B81"})
  void aNewerTargetWithOtherBytesIsNotSkipped(Site.Kind kind) throws Exception {
    try (Site site = Site.open(kind, temp)) {
      fill(site, "from", "new");
      fill(site, "to", "old");
      TransferReport report = site.provider().copy(site.uri("from"), site.uri("to"), SKIP);
      assertThat(site.bytes("to/d/changed")).isEqualTo(bytes("new"));
      assertThat(report.skipped()).isEqualTo(2);
    }
  }

  @Test
  @Rule({"F76", "B81"})
  void whereNothingIsKeptTheCopySaysWhatItWentBy() throws Exception {
    try (FileAccessProvider provider =
            Providers.onDisk(temp.resolve("raw"), temp.resolve("sandbox")).build();
        Site local = Site.open(Site.Kind.LOCAL, temp)) {
      fill(local, "from", "new");
      fill(local, "to", "old");
      TransferReport byTime = provider.copy(local.uri("from"), local.uri("to"), SKIP);
      assertThat(byTime.notes().toString()).contains("length and time, without a checksum");
      assertThat(local.bytes("to/d/changed")).isEqualTo(bytes("old"));
      TransferReport byLength =
          provider.copy(local.uri("from"), local.uri("to"), SKIP.withCompareBy(CompareBy.LENGTHS));
      assertThat(byLength.notes().toString()).contains("3 files were skipped by length alone");
      TransferReport proven =
          provider.copy(local.uri("from"), local.uri("to"), SKIP.withCompareBy(CompareBy.CONTENT));
      assertThat(proven.files()).isEqualTo(1);
      assertThat(proven.notes()).isEmpty();
      assertThat(local.bytes("to/d/changed")).isEqualTo(bytes("new"));
    }
  }
}
