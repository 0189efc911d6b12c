/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store;

import io.github.flytehadoop.error.Problem;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Set;

/**
 * Who may read, write and execute a file, or list, change and enter a directory: the nine bits of
 * POSIX. Set-user-id, set-group-id and the sticky bit are no part of it, because an owner is not
 * kept.
 *
 * @param bits 0 to 0777
 */
public record FileMode(int bits) {
  /** For its owner alone. */
  public static final FileMode PRIVATE = new FileMode(0600);

  private static final int ALL = 0777;
  private static final int HIGHEST = 0400;

  /** Refuses other bits. */
  public FileMode {
    if ((bits & ~ALL) != 0) {
      throw Problem.cannot("use the mode", Integer.toOctalString(bits))
          .because("give 0 to 777, in octal")
          .argument();
    }
  }

  /** The bits of a mode that has more. */
  public static FileMode of(int mode) {
    return new FileMode(mode & ALL);
  }

  /** As Java's file systems say it. */
  public static FileMode of(Set<PosixFilePermission> permissions) {
    String text = PosixFilePermissions.toString(permissions);
    int bits = 0;
    for (int i = 0; i < text.length(); i++) {
      bits |= text.charAt(i) == '-' ? 0 : HIGHEST >> i;
    }
    return new FileMode(bits);
  }

  /** For Java's file systems. */
  public Set<PosixFilePermission> permissions() {
    StringBuilder text = new StringBuilder("rwxrwxrwx");
    for (int i = 0; i < text.length(); i++) {
      if ((bits & HIGHEST >> i) == 0) {
        text.setCharAt(i, '-');
      }
    }
    return PosixFilePermissions.fromString(text.toString());
  }

  /** In octal, such as 0644. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%04o", bits);
  }
}
