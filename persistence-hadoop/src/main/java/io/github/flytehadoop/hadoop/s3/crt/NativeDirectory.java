/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3.crt;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds where aws-crt can unpack its library, which it does where {@code java.library.path} has
 * none that can be loaded: each process under a name of its own, deleted once it is loaded. A
 * temporary directory may be read-only, full, or {@code noexec}. The library itself has one try,
 * and writes traces to standard error when that fails.
 */
public final class NativeDirectory {
  /** The setting of aws-crt; whoever sets it knows better. */
  public static final String SETTING = "aws.crt.lib.dir";

  private static final String LIBRARY = "aws-crt-jni";
  private static final long NEEDED_BYTES = 32L << 20;

  private NativeDirectory() {}

  /**
   * Chooses a directory for this process.
   *
   * @return why there is none; empty when the library can be loaded
   */
  public static String choose() {
    boolean posix = File.separatorChar == '/';
    if (!posix || System.getProperty(SETTING) != null) {
      return "";
    }
    String usual = System.getProperty("java.io.tmpdir");
    List<String> candidates =
        Stream.of(usual, System.getenv("XDG_RUNTIME_DIR"), "/var/tmp", "/dev/shm", home())
            .filter(name -> name != null && !name.isBlank())
            .toList();
    Optional<String> chosen = candidates.stream().filter(NativeDirectory::takes).findFirst();
    chosen
        .filter(directory -> !directory.equals(usual))
        .ifPresent(directory -> System.setProperty(SETTING, directory));
    return chosen.isPresent() || isInstalled()
        ? ""
        : "no directory of "
            + candidates
            + " takes a library that can be loaded; -D"
            + SETTING
            + "=DIR names another";
  }

  private static String home() {
    return System.getProperty("user.home", "");
  }

  /** Whether the library need perhaps not be unpacked. */
  private static boolean isInstalled() {
    String path = System.getProperty("java.library.path", "");
    return Stream.of(path.split(File.pathSeparator, -1))
        .anyMatch(directory -> new File(directory, System.mapLibraryName(LIBRARY)).exists());
  }

  /** Whether a file there can be written, and loaded as code. */
  public static boolean takes(String name) {
    @Nullable Path probe = null;
    try {
      Path directory = Path.of(name);
      if (!Files.isDirectory(directory) || directory.toFile().getUsableSpace() < NEEDED_BYTES) {
        return false;
      }
      probe =
          Files.createTempFile(
              directory,
              "flyte-",
              ".so",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      return Files.isExecutable(probe); // which it is not on a file system without code
    } catch (IOException | RuntimeException refused) {
      return false;
    } finally {
      delete(probe);
    }
  }

  private static void delete(@Nullable Path probe) {
    if (probe != null) {
      try {
        Files.deleteIfExists(probe);
      } catch (IOException gone) {
        // or it stays: an empty file in a temporary directory
      }
    }
  }
}
