/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark;

import io.github.flytehadoop.testkit.TestDirectories;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;

/** Flyte's configuration file for an S3 server. */
public record FlyteFile(Path path) {
  /** A file that only its owner can read. */
  public static FlyteFile of(URI server, String accessKey, String secretKey) throws IOException {
    Path file = TestDirectories.create("config").resolve("flytekit.config");
    String text = "[aws]\nendpoint = %s\naccess_key_id = %s\nsecret_access_key = %s\n";
    Files.writeString(file, String.format(Locale.ROOT, text, server, accessKey, secretKey));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return new FlyteFile(file);
  }
}
