/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.local;

import io.github.flytehadoop.store.Leftover;
import io.github.flytehadoop.store.ReservedNames;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/** Temporary files of one run on the local disk; links are not followed. */
final class LocalLeftovers {
  private LocalLeftovers() {}

  static List<Leftover> find(Path root, int depth, String tag) throws IOException {
    List<Leftover> found = new ArrayList<>();
    if (!Files.isDirectory(root)) {
      return found;
    }
    Files.walkFileTree(
        root.toRealPath(),
        EnumSet.noneOf(java.nio.file.FileVisitOption.class),
        depth,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile()
                && ReservedNames.isOf(String.valueOf(file.getFileName()), tag)) {
              found.add(
                  new Leftover(file.toString(), null, attributes.lastModifiedTime().toInstant()));
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException unreadable) {
            return FileVisitResult.CONTINUE; // nor could a run have written there
          }
        });
    return found;
  }
}
