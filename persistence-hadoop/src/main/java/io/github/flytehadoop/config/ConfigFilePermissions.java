/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.config;

import io.github.flytehadoop.config.ResolvedConfig.Warnings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says when a file that gave a secret may be read by everyone on the machine. Source: B69. */
final class ConfigFilePermissions {
  private static final Logger LOG = LoggerFactory.getLogger(ConfigFilePermissions.class);

  private ConfigFilePermissions() {}

  static void warnIfOthersMayRead(Path file, Warnings warnings) {
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view == null) {
      return;
    }
    try {
      if (view.readAttributes().permissions().contains(PosixFilePermission.OTHERS_READ)) {
        warnings.add(file + " holds a secret and everyone may read it. Run: chmod 600 " + file);
      }
    } catch (IOException e) {
      LOG.debug("could not check the permissions of {}", file, e);
    }
  }
}
