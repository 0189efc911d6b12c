/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.task;

import io.github.flytehadoop.FileAccessProvider;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.literal.FlyteDirectory;
import io.github.flytehadoop.literal.FlyteFile;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.Scheme;
import io.github.flytehadoop.transfer.RawData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Uploads local files and directories below the raw output prefix, each to a random name. */
final class OutputUploads {
  private final FileAccessProvider provider;
  private final @Nullable String rawOutputPrefix;

  OutputUploads(FileAccessProvider provider, @Nullable String rawOutputPrefix) {
    this.provider = provider;
    this.rawOutputPrefix = rawOutputPrefix;
  }

  FlyteFile file(Path file, String format) throws IOException {
    require(file);
    if (!Files.isRegularFile(file)) {
      throw unusable(file, "it is no file");
    }
    return new FlyteFile(plain(provider.putRawData(RawData.path(file)).uri()), format);
  }

  FlyteDirectory directory(Path directory, String format) throws IOException {
    require(directory);
    if (!Files.isDirectory(directory)) {
      throw unusable(directory, "it is no directory");
    }
    String target = provider.getRandomRemoteDirectory();
    provider.uploadDirectory(directory, target);
    return new FlyteDirectory(plain(target), format);
  }

  /** The value with every local path in it, in lists and maps too, replaced by its upload. */
  @Nullable Object uploaded(@Nullable Object value) throws IOException {
    if (value instanceof Path path) {
      return Files.isDirectory(path) ? directory(path, "") : file(path, "");
    }
    if (value instanceof List<?> list && holdsPath(list)) {
      List<@Nullable Object> items = new ArrayList<>();
      for (Object item : list) {
        items.add(uploaded(item));
      }
      return items;
    }
    if (value instanceof Map<?, ?> map && holdsPath(map.values())) {
      Map<@Nullable Object, @Nullable Object> entries = new LinkedHashMap<>();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        entries.put(entry.getKey(), uploaded(entry.getValue()));
      }
      return entries;
    }
    return value;
  }

  private static boolean holdsPath(Iterable<?> values) {
    for (Object value : values) {
      // a path is an Iterable of its own names
      boolean found =
          value instanceof Path
              || (value instanceof List<?> list && holdsPath(list))
              || (value instanceof Map<?, ?> map && holdsPath(map.values()));
      if (found) {
        return true;
      }
    }
    return false;
  }

  private void require(Path path) {
    if (rawOutputPrefix == null) {
      throw Problem.cannot("upload", path)
          .because("the arguments of the task name no place for data")
          .remedy(
              "Declare --raw-output-data-prefix {{.rawOutputDataPrefix}} in Flyte 1,"
                  + " --raw-data-path {{.rawOutputDataPrefix}} in Flyte 2.")
          .state();
    }
  }

  private static IOException unusable(Path path, String why) {
    FailureKind kind = Files.exists(path) ? FailureKind.UNSUPPORTED : FailureKind.NOT_FOUND;
    return Problem.cannot("upload", path)
        .because(kind == FailureKind.NOT_FOUND ? "it does not exist" : why)
        .kind(kind)
        .exception();
  }

  /** Python takes a local path, and not the URI of one. */
  static String plain(String uri) {
    if (!Scheme.of(uri).equals(Scheme.FILE)) {
      return uri;
    }
    String key = Location.parse(uri).key();
    return key.startsWith("/") ? key : "/" + key;
  }
}
