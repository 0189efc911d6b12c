/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.local;

import static io.github.flytehadoop.store.local.LocalDisk.STORE;
import static io.github.flytehadoop.store.local.LocalDisk.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.RelativePath;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.testkit.Rule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The root of the disk is recognised whatever it is called. No call here can delete anything, even
 * with a broken guard, because every one says that it means a file.
 */
@EnabledOnOs({OS.LINUX, OS.MAC})
class LocalRootGuardTest {
  private static final Attributes FILE =
      new Attributes(Attributes.Kind.FILE, 0, Instant.EPOCH, null, null);

  @TempDir Path temp;

  @ParameterizedTest
  @ValueSource(strings = {"/", "//", "/.", "/./", "//.", "file:///", "file:///.", "file:/."})
  @Rule("F64")
  void theRootIsNoFile(String spelling) {
    assertThat(assertFails(FailureKind.CONFLICT, FailureKind.UNSUPPORTED, spelling).getMessage())
        .startsWith("Cannot delete ");
  }

  private static Throwable assertFails(FailureKind one, FailureKind other, String spelling) {
    Throwable failure =
        org.assertj.core.api.Assertions.catchThrowable(
            () -> STORE.delete(Location.parse(spelling), FILE));
    assertThat(failure).isInstanceOf(io.github.flytehadoop.error.TransferException.class);
    assertThat(((io.github.flytehadoop.error.TransferException) failure).kind()).isIn(one, other);
    return failure;
  }

  @Test
  @Rule("F64")
  void theRootIsRecognisedByItsIdentity() throws Exception {
    assertThat(LocalTreeDelete.isRoot(Path.of("/"))).isTrue();
    assertThat(LocalTreeDelete.isRoot(Path.of("/."))).isTrue();
    Path link = Files.createSymbolicLink(temp.resolve("link"), Path.of("/"));
    assertThat(LocalTreeDelete.isRoot(link)).isTrue();
    assertThat(LocalTreeDelete.isRoot(link.resolve("."))).isTrue();
    assertThat(LocalTreeDelete.isRoot(temp)).isFalse();
  }

  @Test
  @Rule("F64")
  void aLinkToTheRootIsDeletedAsALink() throws Exception {
    Path link = Files.createSymbolicLink(temp.resolve("link"), Path.of("/"));
    STORE.delete(Location.parse(link.toString()), FILE);
    assertThat(Files.exists(link, java.nio.file.LinkOption.NOFOLLOW_LINKS)).isFalse();
  }

  @Test
  @Rule("F64")
  void nothingIsExtraInTheRoot() {
    RelativePath absent = new RelativePath("flyte-test-that-is-not-there");
    LocalDisk.assertFails(
        FailureKind.CONFLICT,
        () -> STORE.deleteFiles(Location.parse("file:///."), List.of(absent).iterator()));
  }
}
