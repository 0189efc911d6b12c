/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.local;

import io.github.flytehadoop.location.StoreKind;
import io.github.flytehadoop.store.CanonicalPlace;
import io.github.flytehadoop.store.CanonicalPlace.Finality;
import io.github.flytehadoop.store.CanonicalPlace.Name;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a local path really is: by the path that the disk knows, whatever links lead there, and by
 * the device and the path on it, which a bind mount shares with what it shows.
 */
public final class LocalPlaces {
  private static final Path MOUNTS = Path.of("/proc/self/mountinfo");
  private static final Pattern MOUNT =
      Pattern.compile("\\d+ \\d+ (\\d+:\\d+) (\\S+) (\\S+) .*", Pattern.DOTALL);
  private static final Pattern ESCAPE = Pattern.compile("\\\\([0-7]{3})");

  private LocalPlaces() {}

  /** The place of a path, which need not exist. */
  public static CanonicalPlace of(Path path) {
    return of(path, mounts());
  }

  /** The same with mounts as Linux writes them down. */
  static CanonicalPlace of(Path path, List<String> mounts) {
    String real = real(path).toString().replace('\\', '/');
    List<Name> names = new ArrayList<>();
    names.add(new Name(StoreKind.FILE.prefix(), real, Finality.OPEN));
    String device = "";
    String below = "";
    int longest = -1;
    for (String line : mounts) {
      Matcher mount = MOUNT.matcher(line);
      if (mount.matches()) {
        String on = withoutEnd(unescaped(mount.group(3)));
        if ((real + "/").startsWith(on + "/") && on.length() >= longest) {
          longest = on.length();
          device = mount.group(1);
          below = withoutEnd(unescaped(mount.group(2))) + real.substring(on.length());
        }
      }
    }
    if (longest >= 0) {
      names.add(new Name("device://" + device, below, Finality.OPEN));
    }
    return new CanonicalPlace(names);
  }

  private static String withoutEnd(String path) {
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  private static String unescaped(String path) {
    return ESCAPE
        .matcher(path)
        .replaceAll(
            octal ->
                Matcher.quoteReplacement(
                    String.valueOf((char) Integer.parseInt(octal.group(1), 8))));
  }

  /** Only Linux tells; elsewhere there are no bind mounts. */
  private static List<String> mounts() {
    try {
      return Files.exists(MOUNTS)
          ? new String(Files.readAllBytes(MOUNTS), StandardCharsets.UTF_8).lines().toList()
          : List.of();
    } catch (IOException unreadable) {
      return List.of();
    }
  }

  private static Path real(Path given) {
    Path path = given.toAbsolutePath().normalize();
    for (Path above = path; above != null; above = above.getParent()) {
      try {
        return above.toRealPath().resolve(above.relativize(path));
      } catch (IOException absent) {
        // what is not there yet is below what is
      }
    }
    return path;
  }
}
