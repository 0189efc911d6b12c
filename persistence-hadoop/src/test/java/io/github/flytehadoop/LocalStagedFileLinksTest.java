/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.transfer.BlobDimensionality;
import io.github.flytehadoop.transfer.CopyOptions;
import io.github.flytehadoop.transfer.DeleteExtra;
import io.github.flytehadoop.transfer.OnExisting;
import io.github.flytehadoop.transfer.TransferReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Links in a local target: entries of their own, through which nothing is deleted or written. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class LocalStagedFileLinksTest {
  private static final CopyOptions MIRROR =
      CopyOptions.defaults()
          .withOnExisting(OnExisting.OVERWRITE)
          .withDeleteExtra(DeleteExtra.upTo(100));

  @TempDir Path temp;
  private Path source;
  private Path target;
  private FileAccessProvider provider;

  @BeforeEach
  void plant() throws IOException {
    source = Files.createDirectories(temp.resolve("source/real")).getParent();
    Files.writeString(source.resolve("real/x"), "new");
    target = Files.createDirectories(temp.resolve("target/real")).getParent();
    Files.writeString(target.resolve("real/x"), "old");
    provider =
        FileAccessProvider.builder()
            .localSandboxDir(temp.resolve("sandbox"))
            .rawOutputPrefix(temp.resolve("raw").toString())
            .build();
  }

  @AfterEach
  void close() {
    provider.close();
  }

  private TransferReport mirror(CopyOptions options) throws IOException {
    return provider.copy(source.toString(), target.toString(), options);
  }

  @Test
  @Rule("F62")
  void deletingWhatIsExtraDeletesALinkAndNotWhatItLeadsTo() throws IOException {
    Files.createSymbolicLink(target.resolve("latest"), Path.of("real"));
    TransferReport report = mirror(MIRROR);
    assertThat(target.resolve("real/x")).hasContent("new");
    assertThat(Files.exists(target.resolve("latest"), LinkOption.NOFOLLOW_LINKS)).isFalse();
    assertThat(report.notes()).anyMatch(note -> note.startsWith("1 files that the source has not"));
  }

  @Test
  @Rule("F62")
  void aLinkOutOfTheTargetIsDeletedAndWhatItLeadsToStays() throws IOException {
    Path outside = Files.createDirectories(temp.resolve("outside"));
    Files.writeString(outside.resolve("theirs"), "x");
    Files.createSymbolicLink(target.resolve("out"), outside);
    Files.createSymbolicLink(target.resolve("broken"), Path.of("nothing"));
    mirror(MIRROR);
    assertThat(outside.resolve("theirs")).exists();
    assertThat(Files.list(target).map(Path::getFileName).map(Path::toString))
        .containsExactly("real");
  }

  @Test
  @Rule("F62")
  void theTargetItselfMayBeALink() throws IOException {
    Path alias = Files.createSymbolicLink(temp.resolve("alias"), target);
    Files.writeString(target.resolve("extra"), "x");
    provider.copy(source.toString(), alias.toString(), MIRROR);
    assertThat(target.resolve("extra")).doesNotExist();
    assertThat(target.resolve("real/x")).hasContent("new");
    assertThat(alias).isSymbolicLink();
  }

  @Test
  @Rule("F62")
  void aFileTakesThePlaceOfALink() throws IOException {
    Path theirs = Files.writeString(temp.resolve("theirs"), "theirs");
    Files.delete(target.resolve("real/x"));
    Files.createSymbolicLink(target.resolve("real/x"), theirs);
    mirror(MIRROR);
    assertThat(theirs).hasContent("theirs");
    assertThat(target.resolve("real/x")).isRegularFile().hasContent("new");
    assertThat(Files.isSymbolicLink(target.resolve("real/x"))).isFalse();
  }

  @Test
  @Rule({"F62", "F76"})
  void aLinkWhoseTextIsAsLongAsAFileIsNotTheSame() throws IOException {
    Files.delete(target.resolve("real/x"));
    Files.createSymbolicLink(target.resolve("real/x"), Path.of("abc")); // as long as "new"
    TransferReport report =
        mirror(CopyOptions.defaults().withOnExisting(OnExisting.SKIP_IDENTICAL));
    assertThat(report.files()).isEqualTo(1);
    assertThat(Files.isSymbolicLink(target.resolve("real/x"))).isFalse();
    assertThat(target.resolve("real/x")).hasContent("new");
  }

  @Test
  @Rule("F62")
  void skippingWhatIsThereLooksAtNothingBehindALink() throws IOException {
    Files.delete(target.resolve("real/x"));
    Files.writeString(temp.resolve("same"), "new");
    Files.setLastModifiedTime(
        temp.resolve("same"), Files.getLastModifiedTime(source.resolve("real/x")));
    Files.createSymbolicLink(target.resolve("real/x"), temp.resolve("same"));
    TransferReport report =
        mirror(CopyOptions.defaults().withOnExisting(OnExisting.SKIP_IDENTICAL));
    assertThat(report.files()).isEqualTo(1);
    assertThat(Files.isSymbolicLink(target.resolve("real/x"))).isFalse();
  }

  @Test
  @Rule({"F62", "F63"})
  void anEmptyDirectoryIsNotMadeThroughALink() throws IOException {
    Path outside = Files.createDirectories(temp.resolve("outside"));
    Files.createDirectories(source.resolve("linked/empty"));
    Files.createSymbolicLink(target.resolve("linked"), outside);
    TransferException failure =
        catchThrowableOfType(
            TransferException.class,
            () -> provider.getData(source.toString(), target, BlobDimensionality.MULTIPART));
    assertThat(failure.kind()).isEqualTo(FailureKind.CONFLICT);
    assertThat(outside).isEmptyDirectory();
  }
}
