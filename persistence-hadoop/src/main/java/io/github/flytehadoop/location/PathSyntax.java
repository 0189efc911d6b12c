/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.location;

import java.io.File;
import java.util.regex.Pattern;

/** What can be read from the text of a path alone, local or remote. */
public final class PathSyntax {
  private static final Pattern FILE_HEADER = Pattern.compile("^(?i:file|local)://");

  private PathSyntax() {}

  /**
   * What follows the last separator, literally: empty for {@code a/b/} and for an empty path.
   *
   * <p>Source: FAP-FT-1.
   */
  public static String fileTail(String path) {
    return path.substring(
        Math.max(path.lastIndexOf('/'), path.lastIndexOf(File.separatorChar)) + 1);
  }

  /**
   * The path without one leading {@code file://}, in any case. Nothing is decoded, and {@code
   * file:/a} stays: flytekit knows no such form.
   *
   * <p>Source: FAP-SH-1; fixes W-13.
   */
  public static String withoutFileHeader(String path) {
    return FILE_HEADER.matcher(path).replaceFirst("");
  }
}
