/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.hadoop.BucketRouter;
import io.github.flytehadoop.hadoop.FileSystemOptions;
import io.github.flytehadoop.hadoop.FileSystems;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.Scheme;
import io.github.flytehadoop.location.StoreKind;
import io.github.flytehadoop.store.registry.StoreRegistry;
import java.io.IOException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileSystem;

/** Hadoop file systems for callers, by protocol or by path (FAP-FS). */
record FileSystemLookup(FileSystems fileSystems, StoreRegistry stores, Location prefix) {
  private static final Pattern PROTOCOL = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*");

  FileSystem ofProtocol(String protocol, FileSystemOptions options) throws IOException {
    if (protocol.isEmpty()) {
      return open(prefix, prefix.scheme(), options);
    }
    if (!PROTOCOL.matcher(protocol).matches()) {
      throw Problem.cannot("use '" + protocol + "' as a protocol")
          .because("it is none")
          .remedy("Write s3, hdfs or file.")
          .argument();
    }
    String scheme = Scheme.canonical(protocol);
    String spelling = spelling(scheme, protocol);
    if (scheme.equals(prefix.scheme())) {
      return open(prefix, spelling, options);
    }
    if (Scheme.hasBuckets(scheme)) {
      return new BucketRouter(spelling, fileSystems, options);
    }
    if (Scheme.needsAuthority(scheme)) {
      throw Problem.cannot("open", scheme)
          .because("it has a file system for each host")
          .remedy("Name the host with getFileSystemForPath(\"" + scheme + "://host/\").")
          .argument();
    }
    return open(Location.parse(scheme + ":///"), spelling, options);
  }

  FileSystem ofPath(String path, FileSystemOptions options) throws IOException {
    Location location = Location.parse(path);
    int colon = path.indexOf(':');
    String given = location.isLocal() ? Scheme.FILE : path.substring(0, colon);
    return open(location, spelling(location.scheme(), given), options);
  }

  /** S3A serves its aliases, each with paths of that spelling alone; the other clients do not. */
  private static String spelling(String scheme, String given) {
    return StoreKind.of(scheme) == StoreKind.S3 ? given.toLowerCase(Locale.ROOT) : scheme;
  }

  private FileSystem open(Location location, String spelling, FileSystemOptions options)
      throws IOException {
    return stores.opening(location, () -> fileSystems.of(location, spelling, options));
  }
}
