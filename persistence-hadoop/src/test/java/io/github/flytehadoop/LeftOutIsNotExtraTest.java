/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.testkit.ForeignFileSystem;
import io.github.flytehadoop.testkit.ForeignFileSystem.Step;
import io.github.flytehadoop.testkit.Providers;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.transfer.CopyOptions;
import io.github.flytehadoop.transfer.DeleteExtra;
import io.github.flytehadoop.transfer.OnExisting;
import io.github.flytehadoop.transfer.OnUnsupported;
import io.github.flytehadoop.transfer.TransferReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.security.AccessControlException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a copy leaves out of the source is there all the same: the target's is not deleted. */
@Rule({"F77", "B85"})
class LeftOutIsNotExtraTest {
  private static final CopyOptions OPTIONS =
      CopyOptions.defaults()
          .withOnExisting(OnExisting.OVERWRITE)
          .withOnUnsupported(OnUnsupported.SKIP)
          .withDeleteExtra(DeleteExtra.upTo(9));

  @TempDir Path temp;
  private Path from;
  private Path to;
  private FileAccessProvider provider;

  @BeforeEach
  void trees() throws IOException {
    provider =
        Providers.onDisk(temp.resolve("raw"), temp.resolve("sandbox"))
            .hadoopConfiguration(ForeignFileSystem.configuration())
            .build();
    from = Files.createDirectories(temp.resolve("from"));
    to = Files.createDirectories(temp.resolve("to/locked/deep")).getParent().getParent();
    Files.writeString(from.resolve("a"), "new");
    Files.writeString(to.resolve("extra"), "old");
    Files.writeString(to.resolve("locked/deep/file"), "old");
  }

  @AfterEach
  void close() {
    ForeignFileSystem.heal();
    provider.close();
  }

  private void assertOnlyExtraIsGone(TransferReport report) {
    assertThat(report.failures()).hasSize(1);
    assertThat(to.resolve("a")).hasContent("new");
    assertThat(to.resolve("extra")).doesNotExist();
    assertThat(to.resolve("locked/deep/file")).hasContent("old");
  }

  @Test
  void filesBelowADirectoryThatMayNotBeReadStay() throws IOException {
    Files.createDirectories(from.resolve("locked/deep"));
    Files.writeString(from.resolve("locked/deep/file"), "new");
    ForeignFileSystem.script(
        (step, path) -> {
          if (step == Step.LIST && path.getName().equals("locked")) {
            throw new AccessControlException("Permission denied");
          }
        });
    assertOnlyExtraIsGone(provider.copy(ForeignFileSystem.ROOT + from, to.toString(), OPTIONS));
  }

  @Test
  void filesInPlaceOfABrokenLinkStay() throws IOException {
    Files.createSymbolicLink(from.resolve("locked"), Path.of("nowhere"));
    assertOnlyExtraIsGone(provider.copy(from.toString(), to.toString(), OPTIONS));
  }
}
