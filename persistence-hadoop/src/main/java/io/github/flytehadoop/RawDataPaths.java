/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Printable;
import io.github.flytehadoop.error.Problem;
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
record RawDataPaths(RawOutputPrefix prefix, Supplier<String> randomNames) {
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
        throw Problem.cannot("skip the raw output prefix without an upload prefix")
            .because("it would be a random name in the working directory")
            .remedy("Give withUploadPrefix(\"s3://bucket/path\").")
            .argument();
      }
      return given;
    }
    if (given != null && given.contains("://")) {
      throw Problem.cannot("put the upload prefix", Printable.unchecked(given))
          .also("behind the raw output prefix")
          .because("it is a whole location")
          .remedy("Call skipRawDataPrefix().")
          .argument();
    }
    return join(prefix.text(), given == null ? randomNames.get() : given);
  }

  private static String join(String base, String tail) {
    Location at = Location.parse(base);
    return PathJoin.join(at.scheme(), "/", PathForm.AS_GIVEN, base, tail);
  }

  private static String nameOf(Path path) throws UploadException {
    if (Files.isSymbolicLink(path)) {
      throw Problem.cannot("put", path)
          .because("File " + path + " is a symlink, can't upload")
          .remedy("Give what it leads to.")
          .as(UploadException::new);
    }
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      throw Problem.cannot("put", path)
          .because("File " + path + " does not exist")
          .remedy("Check the path.")
          .kind(FailureKind.NOT_FOUND)
          .as(UploadException::new);
    }
    return Objects.toString(path.toAbsolutePath().normalize().getFileName(), "");
  }
}
