/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.local;

import static io.github.flytehadoop.store.local.LocalDisk.STORE;
import static io.github.flytehadoop.store.local.LocalDisk.assertFails;
import static io.github.flytehadoop.store.local.LocalDisk.at;
import static io.github.flytehadoop.store.local.LocalDisk.read;
import static io.github.flytehadoop.store.local.LocalDisk.tree;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.location.RelativePath;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.Listing;
import io.github.flytehadoop.store.ObjectWrite;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.testkit.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A file or directory becomes a link between two steps of a transfer. */
@EnabledOnOs({OS.LINUX, OS.MAC})
@Rule("F63")
class LocalSwapsTest {
  @TempDir Path temp;
  private Path root;
  private Path outside;

  @BeforeEach
  void plant() throws IOException {
    root = Files.createDirectories(temp.resolve("root/d")).getParent();
    Files.writeString(root.resolve("d/file"), "inside!");
    outside = Files.createDirectories(temp.resolve("outside"));
    Files.writeString(outside.resolve("file"), "secret!");
    Files.setLastModifiedTime(
        outside.resolve("file"), Files.getLastModifiedTime(root.resolve("d/file")));
  }

  /** The directory makes place for a link; length, time and names behind it are the same. */
  private void swapDirectory() throws IOException {
    Files.move(root.resolve("d"), temp.resolve("aside"));
    Files.createSymbolicLink(root.resolve("d"), outside);
  }

  @Test
  void aListedFileBehindASwappedDirectoryIsNotRead() throws IOException {
    Attributes listed = tree(root).get("d/file");
    swapDirectory();
    assertFails(FailureKind.SOURCE_CHANGED, () -> read(root.resolve("d/file"), listed));
  }

  @Test
  void aListedFileThatIsALinkNowIsNotRead() throws IOException {
    Attributes listed = tree(root).get("d/file");
    Files.delete(root.resolve("d/file"));
    Files.createSymbolicLink(root.resolve("d/file"), outside.resolve("file"));
    assertFails(FailureKind.SOURCE_CHANGED, () -> read(root.resolve("d/file"), listed));
  }

  @Test
  void aLinkThatLeadsElsewhereSinceItWasListedIsNotRead() throws IOException {
    Files.createSymbolicLink(root.resolve("link"), Path.of("d/file"));
    Attributes listed = tree(root).get("link");
    assertThat(read(root.resolve("link"), listed)).isEqualTo("inside!");
    Files.delete(root.resolve("link"));
    Files.createSymbolicLink(root.resolve("link"), outside.resolve("file"));
    assertFails(FailureKind.SOURCE_CHANGED, () -> read(root.resolve("link"), listed));
  }

  @Test
  void anotherFileOfTheSameLengthAndTimeIsNotRead() throws IOException {
    Attributes listed = tree(root).get("d/file");
    Files.move(root.resolve("d/file"), temp.resolve("aside"));
    Files.move(outside.resolve("file"), root.resolve("d/file"));
    assertFails(FailureKind.SOURCE_CHANGED, () -> read(root.resolve("d/file"), listed));
  }

  @Test
  void aListingGoesOnInTheDirectoryThatItHasOpened() throws IOException {
    Files.writeString(root.resolve("d/second"), "x");
    Files.writeString(outside.resolve("theirs"), "x");
    try (Listing listing = STORE.tree(at(root))) {
      String first = listing.next().path().value();
      swapDirectory();
      String second = listing.next().path().value();
      assertThat(List.of(first, second)).containsExactlyInAnyOrder("d/file", "d/second");
      assertThat(listing.hasNext()).isFalse();
    }
  }

  private WriteOptions below(Path directory, WriteOptions.Existing existing) {
    return new WriteOptions(3, Map.of(), existing, "writer", "").below(at(directory).asDirectory());
  }

  private void write(Path file, WriteOptions options, LocalStagedFile.Opener opener)
      throws IOException {
    try (ObjectWrite write = new LocalStore(opener).write(at(file), options)) {
      write.write(new byte[3]);
      write.commit();
    }
  }

  @Test
  void nothingIsWrittenThroughALinkBelowTheRoot() throws IOException {
    swapDirectory();
    for (WriteOptions.Existing existing : WriteOptions.Existing.values()) {
      for (String name : List.of("d/new", "d/deep/new")) {
        assertFails(
            FailureKind.CONFLICT,
            () -> write(root.resolve(name), below(root, existing), LocalStagedFile.Opener.PLAIN));
      }
    }
    assertThat(LocalDisk.names(outside)).containsExactly("file");
  }

  @Test
  void aDirectoryThatIsSwappedBeforeItsFileIsMadeGetsNone() throws IOException {
    LocalStagedFile.Opener swapping =
        path -> {
          swapDirectory();
          return LocalStagedFile.Opener.PLAIN.create(path);
        };
    assertFails(
        FailureKind.CONFLICT,
        () -> write(root.resolve("d/new"), below(root, WriteOptions.Existing.REPLACE), swapping));
    assertThat(outside.resolve("new")).doesNotExist();
    assertThat(temp.resolve("aside/new")).doesNotExist();
  }

  @Test
  void aDirectoryThatIsSwappedBeforePublishingGetsNothing() throws IOException {
    for (WriteOptions.Existing existing : WriteOptions.Existing.values()) {
      Path directory = Files.createDirectories(root.resolve("e-" + existing));
      ObjectWrite write = STORE.write(at(directory.resolve("new")), below(root, existing));
      write.write(new byte[3]);
      Files.move(directory, temp.resolve("aside-" + existing));
      Files.createSymbolicLink(directory, outside);
      assertFails(FailureKind.CONFLICT, write::commit);
      write.close();
      assertThat(LocalDisk.names(outside)).containsExactly("file");
      assertThat(LocalDisk.names(temp.resolve("aside-" + existing))).isEmpty();
    }
  }

  @Test
  void missingDirectoriesAreMadeAndTheRootMayBeALink() throws IOException {
    Path alias = Files.createSymbolicLink(temp.resolve("alias"), root);
    write(
        alias.resolve("x/y/new"),
        below(alias, WriteOptions.Existing.REFUSE),
        LocalStagedFile.Opener.PLAIN);
    assertThat(root.resolve("x/y/new")).hasSize(3);
    assertThat(LocalDisk.names(root)).containsExactlyInAnyOrder("d", "x");
  }

  @Test
  void extraFilesBehindASwappedDirectoryStay() throws IOException {
    swapDirectory();
    RelativePath extra = new RelativePath("d/file");
    assertFails(
        FailureKind.SOURCE_CHANGED, () -> STORE.deleteFiles(at(root), List.of(extra).iterator()));
    assertThat(outside.resolve("file")).exists();
  }

  @Test
  void anEmptyDirectoryIsNotMadeBehindASwappedDirectory() throws IOException {
    swapDirectory();
    assertFails(
        FailureKind.CONFLICT, () -> STORE.makeDirectory(at(root.resolve("d/empty")), at(root)));
    assertThat(LocalDisk.names(outside)).containsExactly("file");
  }
}
