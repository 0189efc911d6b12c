/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A resolution in a directory of its own: no file and no variable of the machine takes part. */
final class Resolution {
  final Map<String, String> environment = new HashMap<>();
  final List<String> warnings = new ArrayList<>();
  final Path home;
  final Path here;
  private @Nullable Path file;

  Resolution(Path directory) {
    home = created(directory.resolve("home"));
    here = created(directory.resolve("here"));
    environment.put("HOME", home.toString());
  }

  Resolution env(String name, String text) {
    environment.put(name, text);
    return this;
  }

  Resolution ini(String text) {
    return file(here.resolve("given.config"), text);
  }

  Resolution yaml(String text) {
    return file(here.resolve("given.yaml"), text);
  }

  Resolution file(Path path, String text) {
    file = write(path, text);
    return this;
  }

  Resolution missing(Path path) {
    file = path;
    return this;
  }

  Path write(Path path, String text) {
    try {
      Files.createDirectories(path.getParent());
      Files.writeString(path, text);
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
      return path;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ResolvedConfig resolve() {
    return ResolvedConfig.resolve(file, environment, here, warnings::add);
  }

  DataConfig config() {
    return resolve().config();
  }

  S3Config s3() {
    return config().s3();
  }

  Origin origin(ConfigKey key) {
    return resolve().entries().get(key.ordinal()).origin();
  }

  private static Path created(Path directory) {
    try {
      return Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
