/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.UploadException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.PathForm;
import io.github.flytehadoop.location.PathJoin;
import io.github.flytehadoop.location.RawOutputPrefix;
import io.github.flytehadoop.transfer.RawData;
import io.github.flytehadoop.transfer.RawDataOptions;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Supplier;

/** Where {@code putRawData} writes (FAP-PR-1 to FAP-PR-5). */
record RawTargets(RawOutputPrefix prefix, Supplier<String> randomNames) {
  Location of(RawData data, RawDataOptions options) throws UploadException {
    String own = data instanceof RawData.LocalPath local ? nameOf(local.path()) : null;
    String given = options.fileName();
    String name = given != null && !given.isEmpty() ? given : own == null ? randomNames.get() : own;
    Location target = Location.parse(join(base(options), name));
    boolean directory = data instanceof RawData.LocalPath local && Files.isDirectory(local.path());
    return directory ? target.asDirectory() : target;
  }

  private String base(RawDataOptions options) {
    String given = options.uploadPrefix();
    if (options.base() == RawDataOptions.Base.NONE) {
      if (given == null || given.isBlank()) {
        throw new IllegalArgumentException(
            "Cannot skip the raw output prefix without an upload prefix: it would be a random name"
                + " in the working directory. Give withUploadPrefix(\"s3://bucket/path\").");
      }
      return given;
    }
    if (given != null && given.contains("://")) {
      throw new IllegalArgumentException(
          "Cannot put the upload prefix "
              + given
              + " behind the raw output prefix: it is a whole location. Call skipRawDataPrefix().");
    }
    return join(prefix.text(), given == null ? randomNames.get() : given);
  }

  private static String join(String base, String tail) {
    Location at = Location.parse(base);
    return PathJoin.join(at.scheme(), "/", PathForm.AS_GIVEN, base, tail);
  }

  private static String nameOf(Path path) throws UploadException {
    if (Files.isSymbolicLink(path)) {
      throw new UploadException(
          FailureKind.UNSUPPORTED,
          path.toString(),
          "Cannot put "
              + path
              + ": File "
              + path
              + " is a symlink, can't upload. Give what it"
              + " leads to.",
          null);
    }
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new UploadException(
          FailureKind.NOT_FOUND,
          path.toString(),
          "Cannot put " + path + ": File " + path + " does not exist. Check the path.",
          null);
    }
    return Objects.toString(path.toAbsolutePath().normalize().getFileName(), "");
  }
}
