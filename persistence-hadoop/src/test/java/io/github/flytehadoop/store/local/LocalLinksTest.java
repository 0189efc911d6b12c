/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.local;

import static io.github.flytehadoop.store.local.LocalDisk.STORE;
import static io.github.flytehadoop.store.local.LocalDisk.assertFails;
import static io.github.flytehadoop.store.local.LocalDisk.at;
import static io.github.flytehadoop.store.local.LocalDisk.names;
import static io.github.flytehadoop.store.local.LocalDisk.read;
import static io.github.flytehadoop.store.local.LocalDisk.tree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.testkit.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a directory may hold that is neither a plain file nor a plain directory. */
@EnabledOnOs(OS.LINUX)
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("slow")
class LocalLinksTest {
  @TempDir Path temporary;
  private Path root;
  private Path outside;

  @BeforeEach
  void plant() throws IOException {
    root = Files.createDirectories(temporary.resolve("root"));
    outside = Files.createDirectories(temporary.resolve("outside"));
    Files.writeString(outside.resolve("secret"), "outside");
    Files.createDirectories(root.resolve("d"));
    Files.writeString(root.resolve("d/file"), "inside");
  }

  private void link(String from, Path to) throws IOException {
    Files.createSymbolicLink(root.resolve(from), to);
  }

  @Test
  @Rule({"B42", "FAP-PU-7", "W-29"})
  void aLinkToAFileInsideIsTheFile() throws IOException {
    link("link", Path.of("d/file"));
    link("absolute", root.resolve("d/file"));
    var entries = tree(root);
    assertThat(entries).containsOnlyKeys("d/file", "link", "absolute");
    assertThat(entries.get("link").lengthBytes()).isEqualTo(6);
    assertThat(read(root.resolve("link"), entries.get("link"))).isEqualTo("inside");
  }

  @Test
  @Rule({"B42", "FAP-PU-7", "W-29"})
  void aLinkToADirectoryInsideIsTheDirectory() throws IOException {
    link("linked", Path.of("d"));
    assertThat(tree(root)).containsOnlyKeys("d/file", "linked/file");
    assertThat(tree(root.resolve("linked"))).containsOnlyKeys("file");
  }

  @Test
  @Rule("B42")
  void theRootItselfMayBeALink() throws IOException {
    Path alias = Files.createSymbolicLink(temporary.resolve("alias"), root);
    link("inner", alias.resolve("d/file"));
    assertThat(tree(alias)).containsOnlyKeys("d/file", "inner");
    assertThat(STORE.stat(at(alias)).isDirectory()).isTrue();
  }

  @Test
  @Rule("B42")
  void aLinkThatLeavesTheRootFailsAndNamesIt() throws IOException {
    link("d/escape", outside.resolve("secret"));
    assertThat(assertFails(FailureKind.UNSUPPORTED, () -> tree(root)))
        .hasMessageContaining("d/escape")
        .hasMessageContaining("outside");
    Files.delete(root.resolve("d/escape"));
    link("escape", outside);
    assertFails(FailureKind.UNSUPPORTED, () -> tree(root));
    Files.delete(root.resolve("escape"));
    link("escape", Path.of("../rootlike"));
    Files.createDirectories(temporary.resolve("rootlike"));
    assertFails(FailureKind.UNSUPPORTED, () -> tree(root));
  }

  @Test
  @Rule({"B42", "FAP-PU-7"})
  void aBrokenLinkFailsAndNamesIt() throws IOException {
    link("broken", Path.of("missing"));
    assertThat(assertFails(FailureKind.UNSUPPORTED, () -> tree(root)))
        .hasMessageContaining("root/broken");
    assertFails(FailureKind.NOT_FOUND, () -> STORE.stat(at(root.resolve("broken"))));
  }

  @Test
  @Rule("B42")
  void loopsFail() throws IOException {
    link("d/up", Path.of(".."));
    assertThat(assertFails(FailureKind.UNSUPPORTED, () -> tree(root))).hasMessageContaining("d/up");
    Files.delete(root.resolve("d/up"));
    link("self", Path.of("self"));
    assertFails(FailureKind.UNSUPPORTED, () -> tree(root));
    Files.delete(root.resolve("self"));
    Files.createDirectories(root.resolve("e"));
    link("d/toE", Path.of("../e"));
    link("e/toD", Path.of("../d"));
    assertFails(FailureKind.UNSUPPORTED, () -> tree(root));
  }

  @Test
  @Rule("B44")
  void aPipeIsRefusedWithoutBeingOpened() throws IOException, InterruptedException {
    Path pipe = root.resolve("d/pipe");
    LocalDisk.makePipe(pipe);
    assertThat(assertFails(FailureKind.UNSUPPORTED, () -> tree(root)))
        .hasMessageContaining("d/pipe");
    assertFails(FailureKind.UNSUPPORTED, () -> STORE.stat(at(pipe)));
    Attributes file = STORE.stat(at(root.resolve("d/file")));
    assertFails(FailureKind.UNSUPPORTED, () -> read(pipe, file));
    assertFails(
        FailureKind.UNSUPPORTED,
        () -> LocalDisk.write(STORE, pipe, new byte[1], WriteOptions.ofLength(1)));
    assertThat(Files.isRegularFile(pipe)).isFalse();
  }

  @Test
  @Rule("B44")
  void devicesAndFilesOfProcAreRefused() throws IOException {
    Path device = Path.of("/dev/null");
    assertFails(FailureKind.UNSUPPORTED, () -> STORE.stat(at(device)));
    assertFails(
        FailureKind.UNSUPPORTED, () -> STORE.write(at(device), WriteOptions.ofLength(1)).close());
    Path proc = Path.of("/proc/self/status");
    Attributes empty = STORE.stat(at(proc));
    assertThat(empty.lengthBytes()).isZero();
    Attributes unpinned =
        new Attributes(
            Attributes.Kind.FILE, Attributes.UNKNOWN_LENGTH, empty.modified(), null, null);
    assertFails(FailureKind.UNSUPPORTED, () -> read(proc, unpinned));
  }

  @Test
  @Rule("B28")
  void aNameThatIsNotTextIsRefusedInHex() throws IOException, InterruptedException {
    LocalDisk.makeFile(root.resolve("d"), "a\\377\\376b");
    assertThat(assertFails(FailureKind.UNSUPPORTED, () -> tree(root)))
        .hasMessageContaining("61fffe62");
    assertThat(assertFails(FailureKind.UNSUPPORTED, () -> tree(root.resolve("d"))).location())
        .isEqualTo(root.resolve("d").toString());
  }

  @Test
  @Rule({"B21", "B72"})
  void aNameThatNoLocationHoldsIsRefusedInOneLine() throws IOException {
    Files.writeString(root.resolve("d/a\u007f\u001b[31m\nCannot b"), "x");
    assertThat(assertFails(FailureKind.UNSUPPORTED, () -> tree(root)).getMessage())
        .doesNotContain("\u001b")
        .doesNotContain("\n");
  }

  @Test
  @Rule({"B45", "F40"})
  void unreadableFileIsNamed() throws IOException {
    assumeFalse("root".equals(System.getProperty("user.name")), "root may read everything");
    Path file = root.resolve("d/file");
    Attributes found = STORE.stat(at(file));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
    assertThat(tree(root)).containsOnlyKeys("d/file");
    assertFails(FailureKind.ACCESS_DENIED, () -> read(file, found));
    Files.setPosixFilePermissions(root.resolve("d"), PosixFilePermissions.fromString("---------"));
    assertThat(assertFails(FailureKind.ACCESS_DENIED, () -> tree(root)))
        .hasMessageContaining("root/d");
    assertFails(
        FailureKind.ACCESS_DENIED,
        () -> STORE.write(at(root.resolve("d/new")), WriteOptions.ofLength(1)).close());
    Files.setPosixFilePermissions(root.resolve("d"), PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  @Rule("B33")
  void aThousandLevelsAreWalkedAndDeleted() throws IOException {
    Path deep = root.resolve("deep");
    Path bottom = deep.resolve("d/".repeat(1000));
    Files.createDirectories(bottom);
    Files.writeString(bottom.resolve("file"), "x");
    assertThat(tree(deep)).containsOnlyKeys("d/".repeat(1000) + "file");
    STORE.delete(at(deep), STORE.stat(at(deep)));
    assertThat(names(root)).containsExactly("d");
  }

  @Test
  @Rule({"B33", "F91"})
  void moreEntriesThanAreKeptFarDownAreWalkedAndDeleted() throws IOException {
    Path deep = Files.createDirectories(root.resolve("deep").resolve("d/".repeat(40)));
    int wide = 10_100;
    for (int i = 0; i < wide; i++) {
      Files.createDirectory(deep.resolve("e" + i));
    }
    assertThat(tree(root.resolve("deep"))).hasSize(wide);
    STORE.delete(at(root.resolve("deep")), STORE.stat(at(root.resolve("deep"))));
    assertThat(names(root)).containsExactly("d");
  }

  @Test
  @Rule("B42")
  void deletingNeverFollowsLinks() throws IOException {
    link("d/escape", outside);
    link("d/file2", outside.resolve("secret"));
    STORE.delete(at(root.resolve("d")), STORE.stat(at(root.resolve("d"))));
    assertThat(names(root)).isEmpty();
    assertThat(names(outside)).containsExactly("secret");

    link("alias", outside);
    STORE.delete(at(root.resolve("alias")), STORE.stat(at(root.resolve("alias"))));
    assertThat(names(root)).isEmpty();
    assertThat(names(outside)).containsExactly("secret");
  }
}
