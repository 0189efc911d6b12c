/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.location;

import java.io.File;
import java.nio.file.Path;

/** Local paths as text, so that a doubled or trailing separator stays as the caller wrote it. */
final class LocalPath {
  private LocalPath() {}

  /** The path below the working directory when it is relative; its own segments stay literal. */
  static String absolute(String path) {
    if (path.startsWith("/") || Path.of(path).isAbsolute()) {
      return path;
    }
    Path directory = Path.of("").toAbsolutePath();
    String rest = path;
    while (isSegment(rest, ".") || isSegment(rest, "..")) {
      Path parent = directory.getParent();
      if (isSegment(rest, "..") && parent != null) {
        directory = parent;
      }
      rest = withoutFirst(rest);
    }
    String base = directory.toString().replace(File.separatorChar, '/');
    return rest.isEmpty() && !path.endsWith("/")
        ? base
        : base + (base.endsWith("/") ? "" : "/") + rest;
  }

  /**
   * Whether a {@code ..} follows a named segment: with links on the way it does not lead back to
   * where it seems to. Leading ones only say where to start.
   */
  static boolean climbsBack(String path) {
    boolean named = path.startsWith("/");
    for (String segment : path.split("/", -1)) {
      if (segment.equals("..")) {
        if (named) {
          return true;
        }
      } else if (!segment.isEmpty() && !segment.equals(".")) {
        named = true;
      }
    }
    return false;
  }

  private static boolean isSegment(String path, String segment) {
    return path.equals(segment) || path.startsWith(segment + "/");
  }

  private static String withoutFirst(String path) {
    int start = path.indexOf('/');
    while (start >= 0 && start < path.length() && path.charAt(start) == '/') {
      start++;
    }
    return start < 0 ? "" : path.substring(start);
  }
}
