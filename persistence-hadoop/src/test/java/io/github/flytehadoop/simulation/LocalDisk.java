/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.simulation;

import io.github.flytehadoop.testkit.TestDirectories;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A directory of this machine, under one of its names. */
final class LocalDisk implements Disk {
  private final Path base;
  private final String prefix;

  /** A directory that clients reach by a prefix before its path. */
  LocalDisk(Path base, String prefix) {
    this.base = base;
    this.prefix = prefix;
  }

  /** The same directory by another name. */
  LocalDisk named(String other) {
    return new LocalDisk(base, other);
  }

  Path path(String path) {
    return base.resolve(path);
  }

  /** Directories have no empty names. */
  @Override
  public String found(String path) {
    return path.replaceAll("/+", "/");
  }

  @Override
  public String uri(String path) {
    return prefix + base + "/" + path;
  }

  @Override
  public SortedMap<String, String> files() throws IOException {
    SortedMap<String, String> found = new TreeMap<>();
    try (Stream<Path> all = Files.walk(base)) {
      for (Path file : all.filter(path -> !isDirectory(path)).toList()) {
        found.put(base.relativize(file).toString(), content(file));
      }
    }
    return found;
  }

  private static boolean isDirectory(Path path) {
    return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
  }

  private static String content(Path file) throws IOException {
    if (Files.isSymbolicLink(file)) {
      return Contents.link(Files.readSymbolicLink(file).toString());
    }
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        ? Contents.text(Files.readAllBytes(file))
        : Contents.special("fifo");
  }

  /** In place, or by a rename over the old file; its time is always another than before. */
  @Override
  public boolean write(String path, String content) throws IOException {
    Path file = base.resolve(path);
    if (isBelowLink(file)) {
      return false;
    }
    try {
      long before = Files.exists(file) ? Files.getLastModifiedTime(file).toMillis() : 0;
      Files.createDirectories(file.getParent());
      if (Contents.isLink(content)) {
        remove(path);
        Files.createSymbolicLink(file, Path.of(Contents.linked(content)));
      } else if (Contents.isSpecial(content)) {
        return fifo(file);
      } else if (content.hashCode() % 4 == 0 || Files.isSymbolicLink(file)) {
        Path other = base.resolve("other");
        Files.write(other, Contents.bytes(content));
        Files.move(other, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        touch(file, before);
      } else {
        Files.write(file, Contents.bytes(content));
        touch(file, before);
      }
      return true;
    } catch (FileSystemException taken) {
      return false;
    }
  }

  private boolean isBelowLink(Path file) {
    for (Path at = file.getParent(); at.startsWith(base); at = at.getParent()) {
      if (Files.isSymbolicLink(at)) {
        return true;
      }
    }
    return false;
  }

  private static void touch(Path file, long before) throws IOException {
    if (Files.getLastModifiedTime(file).toMillis() <= before) {
      Files.setLastModifiedTime(file, FileTime.fromMillis(before + 1));
    }
  }

  private static boolean fifo(Path file) throws IOException {
    try {
      return new ProcessBuilder("mkfifo", file.toString()).start().waitFor() == 0;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public List<String> remove(String path) throws IOException {
    Path root = base.resolve(path);
    List<String> gone = new ArrayList<>();
    if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
      return gone;
    }
    List<Path> leavesFirst;
    try (Stream<Path> all = Files.walk(root)) {
      leavesFirst = all.sorted(java.util.Comparator.reverseOrder()).toList();
    }
    for (Path each : leavesFirst) {
      boolean directory = isDirectory(each);
      Files.deleteIfExists(each);
      if (!directory) {
        gone.add(base.relativize(each).toString());
      }
    }
    return gone;
  }

  @Override
  public void close() {
    TestDirectories.delete(base);
  }
}
