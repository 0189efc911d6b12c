/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli.quickstart;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Real files to move: a copy of the project's sources, and one large file. */
final class SampleTree {
  private static final int FEW_FILES = 100;
  private static final int MADE_FILES = 500;
  private static final int LARGE_FILE_MEBIBYTES = 208;
  private static final Set<String> NOT_SOURCES = Set.of(".git", "target", ".idea", "node_modules");

  private SampleTree() {}

  /**
   * Fills a directory.
   *
   * @param project the checkout, or null when only jars are there
   * @return what the files are
   */
  static String fill(Path directory, @Nullable Path project) throws IOException {
    Files.createDirectories(directory);
    writeLargeFile(directory.resolve("large.bin"));
    if (project != null && copySources(project, directory.resolve("sources")) >= FEW_FILES) {
      return "this project's sources and one large file";
    }
    writeSmallFiles(directory.resolve("made"));
    return "small files made for this, as the project's sources are not here, and one large file";
  }

  private static int copySources(Path project, Path target) throws IOException {
    int[] files = {0};
    Files.walkFileTree(
        project,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path source, BasicFileAttributes attributes)
              throws IOException {
            if (NOT_SOURCES.contains(String.valueOf(source.getFileName()))) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            Files.createDirectories(target.resolve(project.relativize(source)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path source, BasicFileAttributes attributes)
              throws IOException {
            if (attributes.isRegularFile()) {
              Files.copy(source, target.resolve(project.relativize(source)));
              files[0]++;
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return files[0];
  }

  private static void writeSmallFiles(Path directory) throws IOException {
    Random random = new Random(1);
    for (int number = 0; number < MADE_FILES; number++) {
      Path parent = Files.createDirectories(directory.resolve("part-" + number / 50));
      String content = ("file " + number + "\n").repeat(random.nextInt(2000));
      Files.write(
          parent.resolve("file " + number + ".txt"), content.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Random, so that no byte can be in the wrong place unnoticed; the same at every run. */
  private static void writeLargeFile(Path file) throws IOException {
    SplittableRandom random = new SplittableRandom(2);
    byte[] block = new byte[1 << 20];
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int mebibyte = 0; mebibyte < LARGE_FILE_MEBIBYTES; mebibyte++) {
        random.nextBytes(block);
        out.write(block);
      }
    }
  }
}
