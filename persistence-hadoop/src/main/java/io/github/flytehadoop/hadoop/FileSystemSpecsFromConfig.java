/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop;

import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.hadoop.azure.AzureLocation;
import io.github.flytehadoop.hadoop.overlay.Overlay;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.Scheme;
import io.github.flytehadoop.location.StoreKind;
import java.io.IOException;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;

/** Places by DataConfig; a scheme that only the user's own Configuration knows is left to it. */
record FileSystemSpecsFromConfig(
    DataConfig config, Map<String, String> environment, Configuration base)
    implements FileSystemSpecs {
  @Override
  public FileSystemSpec of(Location location, FileSystemOptions options) {
    return new FileSystemSpec(root(location), settings(location, options));
  }

  private String root(Location location) {
    return switch (location.family()) {
      case AZURE -> rootOf(AzureLocation.hadoopUri(location, config.azure()));
      case LOCAL -> StoreKind.FILE.prefix() + "/";
      default -> location.root() + "/";
    };
  }

  private static String rootOf(String uri) {
    return uri.substring(0, uri.indexOf('/', uri.indexOf("://") + 3) + 1);
  }

  private HadoopSettings settings(Location location, FileSystemOptions options) {
    if (isForeign(location.scheme())) {
      Overlay overlay = new Overlay();
      overlay.set("fs." + location.scheme() + ".impl.disable.cache", "true");
      return HadoopSettings.of(overlay).with(options.overrides());
    }
    return HadoopSettings.engine(location, config, environment, options);
  }

  boolean knows(String scheme) {
    return Scheme.known().contains(scheme) || isForeign(scheme);
  }

  private boolean isForeign(String scheme) {
    if (Scheme.known().contains(scheme)) {
      return false;
    }
    try {
      return FileSystem.getFileSystemClass(scheme, base) != null;
    } catch (IOException unknown) {
      return false;
    }
  }
}
