/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit.contract;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A local directory with one directory for each shape that a copy has to cope with, so that one
 * copy covers all and a difference says which: {@code deep}, {@code many}, {@code big}, {@code
 * empty} and {@code names}.
 *
 * <p>{@code -Dtest.size=full} makes it 10,000 small files and 1 GiB.
 */
public record CopyTree(Path root) {
  /** No colon, which HDFS refuses, and nothing that Azure reads as something else. */
  private static final List<String> NAMES =
      List.of(
          "a b",
          " leading",
          "trailing ",
          "a%b",
          "a%2Fb",
          "a%zz",
          "a+b",
          "a#b",
          "a?b=c&d",
          "a[b]",
          "{a,b}",
          "a*b",
          "a'b",
          "a\"b",
          "a$b`c;d",
          "a<b>&c",
          "caf\u00e9",
          "\u65e5\u672c",
          "\ud83d\ude80",
          ".hidden",
          "_under",
          "_SUCCESS",
          ".name.crc",
          "n".repeat(200));

  private static final int DEPTH = 24;

  /** Whether the sizes are those of the whole promise. */
  static final boolean FULL = "full".equals(System.getProperty("test.size"));

  private static final int MEGABYTE = 1 << 20;

  /** How much a store gets: in CI less where the test server is slow. */
  public enum Size {
    /** Azure and GCS. */
    SMALL(FULL ? 10_000 : 100, FULL ? 1024 : 20),
    /** All others. */
    LARGE(FULL ? 10_000 : 200, FULL ? 1024 : 32);

    private final int files;
    private final int bigMegabytes;

    Size(int files, int bigMegabytes) {
      this.files = files;
      this.bigMegabytes = bigMegabytes;
    }
  }

  /** Writes one. */
  public static CopyTree write(Path root, Size size) throws IOException {
    Path deep = root.resolve("deep");
    for (int level = 0; level < DEPTH; level++) {
      deep = Files.createDirectories(deep.resolve("level" + level));
      text(deep.resolve("file"), level);
    }
    for (int file = 0; file < size.files; file++) {
      Path at = root.resolve("many/" + file % 10).resolve("file-" + file);
      Files.createDirectories(at.getParent());
      text(at, file % 97);
    }
    for (String name : NAMES) {
      text(Files.createDirectories(root.resolve("names/files")).resolve(name), name.length());
      text(Files.createDirectories(root.resolve("names/dirs").resolve(name)).resolve("in"), 1);
    }
    Files.createFile(Files.createDirectories(root.resolve("empty")).resolve("file"));
    big(Files.createDirectories(root.resolve("big")).resolve("file"), size.bigMegabytes);
    return new CopyTree(root);
  }

  private static void text(Path file, int length) throws IOException {
    String text = (file.getFileName() + " ").repeat(length);
    Files.writeString(file, text, StandardCharsets.UTF_8);
  }

  private static void big(Path file, int megabytes) throws IOException {
    byte[] megabyte = new byte[MEGABYTE];
    Random random = new Random(megabytes);
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int i = 0; i < megabytes; i++) {
        random.nextBytes(megabyte);
        out.write(megabyte);
      }
      out.write(1);
    }
  }

  /** All files' lengths, by relative path. */
  public Map<String, Long> lengths() throws IOException {
    Map<String, Long> lengths = new TreeMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        lengths.put(root.relativize(file).toString(), Files.size(file));
      }
    }
    return lengths;
  }

  /** Files that are not the same in both trees, each with what is wrong; empty for a true copy. */
  public Map<String, String> differences(CopyTree other) throws IOException {
    Map<String, Long> mine = lengths();
    Map<String, Long> others = other.lengths();
    Map<String, String> differences = new TreeMap<>();
    for (String path : mine.keySet()) {
      if (!others.containsKey(path)) {
        differences.put(path, "missing");
      } else if (Files.mismatch(root.resolve(path), other.root.resolve(path)) >= 0) {
        differences.put(path, "not the same bytes");
      }
    }
    others.keySet().stream()
        .filter(path -> !mine.containsKey(path))
        .forEach(path -> differences.put(path, "not in the source"));
    return differences;
  }
}
