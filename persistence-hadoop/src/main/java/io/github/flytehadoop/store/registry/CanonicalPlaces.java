/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.registry;

import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.StoreKind;
import io.github.flytehadoop.store.CanonicalPlace;
import io.github.flytehadoop.store.CanonicalPlace.Finality;
import io.github.flytehadoop.store.Store;
import io.github.flytehadoop.store.hadoop.HadoopStore;
import io.github.flytehadoop.store.hdfs.NameServices;
import io.github.flytehadoop.store.local.LocalPlaces;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.viewfs.ViewFileSystem;

/**
 * Computes the canonical place of a location from names and settings, without a request: mounts are
 * resolved, name nodes become their name service, accounts and default ports are written out, and
 * local paths are those that the disk itself knows.
 */
final class CanonicalPlaces {
  /** More mounts than that in a row lead in a circle. */
  private static final int MOST_MOUNTS = 10;

  private final StoreRegistry stores;
  private final Configuration settings;

  CanonicalPlaces(StoreRegistry stores, Configuration settings) {
    this.stores = stores;
    this.settings = settings;
  }

  CanonicalPlace of(Location at) throws IOException {
    return of(at, MOST_MOUNTS);
  }

  private CanonicalPlace of(Location at, int mounts) throws IOException {
    if (at.isLocal()) {
      return LocalPlaces.of(java.nio.file.Path.of(at.key()));
    }
    if (at.isOf(StoreKind.S3)) {
      String accessPoint =
          settings.getTrimmed("fs.s3a.bucket." + at.authority() + ".accesspoint.arn", "");
      String bucket = accessPoint.isEmpty() ? at.authority() : accessPoint;
      return CanonicalPlace.of(StoreKind.S3.prefix() + bucket, at.key(), Finality.FINAL);
    }
    if (at.isOf(StoreKind.GCS)) {
      return byName(at);
    }
    Store store;
    try {
      store = stores.of(at);
    } catch (IOException unopened) {
      // whoever copies is told why; an overlap shows in the names alone
      return ofName(at.scheme(), at.authority(), settings, at);
    }
    if (at.isOf(StoreKind.Family.AZURE) && store instanceof HadoopStore hadoop) {
      return ofName(at.scheme(), hadoop.root().getAuthority(), settings, at);
    }
    return store instanceof HadoopStore hadoop ? of(hadoop.fileSystem(), at, mounts) : byName(at);
  }

  private static CanonicalPlace byName(Location at) {
    return CanonicalPlace.of(at.root(), at.key(), Finality.FINAL);
  }

  private CanonicalPlace of(FileSystem fileSystem, Location at, int mounts) throws IOException {
    if (fileSystem instanceof ViewFileSystem mounted && mounts > 0) {
      Location target = behindMount(mounted, at);
      if (target != null) {
        return of(target, mounts - 1);
      }
    }
    return ofFileSystem(fileSystem, at);
  }

  private static CanonicalPlace ofFileSystem(FileSystem fileSystem, Location at) {
    URI root = fileSystem.getUri();
    String scheme = String.valueOf(root.getScheme()).toLowerCase(Locale.ROOT);
    String authority = root.getAuthority() == null ? "" : root.getAuthority();
    return StoreKind.of(scheme) == StoreKind.FILE
        ? LocalPlaces.of(java.nio.file.Path.of("/" + at.key()))
        : ofName(scheme, authority, fileSystem.getConf(), at);
  }

  private static CanonicalPlace ofName(
      String scheme, String authority, Configuration settings, Location at) {
    StoreKind kind = StoreKind.of(scheme);
    return switch (kind == StoreKind.VIEWFS ? StoreKind.Family.OTHER : StoreKind.familyOf(scheme)) {
      case AZURE ->
          CanonicalPlace.of(
              StoreKind.ABFS.prefix()
                  + authority.toLowerCase(Locale.ROOT).replaceFirst("\\.blob\\.", ".dfs."),
              at.key(),
              Finality.FINAL);
      case HDFS ->
          CanonicalPlace.of(
              StoreKind.HDFS.prefix() + NameServices.nameOf(scheme, authority, settings),
              at.key(),
              Finality.OPEN);
      default ->
          CanonicalPlace.of(
              scheme + "://" + NameServices.hostAndPort(authority, kind == null ? -1 : kind.port()),
              at.key(),
              Finality.OPEN);
    };
  }

  /** What the longest mount that holds a location leads to, or null when none does. */
  private static @org.jspecify.annotations.Nullable Location behindMount(
      ViewFileSystem mounted, Location at) {
    String path = "/" + at.key();
    String best = null;
    URI target = null;
    for (ViewFileSystem.MountPoint mount : mounted.getMountPoints()) {
      String mountedOn =
          withoutEnd(new Path(mount.getMountedOnPath().toUri().getPath()).toString());
      boolean holds = (path + "/").startsWith(mountedOn + "/");
      URI[] targets = mount.getTargetFileSystemURIs();
      if (holds && targets.length == 1 && (best == null || mountedOn.length() > best.length())) {
        best = mountedOn;
        target = targets[0];
      }
    }
    if (best == null || target == null) {
      return null;
    }
    return below(target, path.substring(Math.min(path.length(), best.length())));
  }

  private static Location below(URI mount, String rest) {
    String root = mount.getAuthority() == null ? "" : mount.getAuthority();
    String path = withoutEnd(mount.getPath()) + (rest.isEmpty() ? "/" : rest);
    return Location.parse(mount.getScheme() + "://" + root + path);
  }

  private static String withoutEnd(String path) {
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }
}
