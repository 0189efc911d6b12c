/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Modules of Hadoop that work with the Hadoop of their own version alone. */
enum Connector {
  AWS("hadoop-aws", "org.apache.hadoop.fs.s3a.S3AFileSystem"),
  AZURE("hadoop-azure", "org.apache.hadoop.fs.azurebfs.AzureBlobFileSystem");

  private static final Logger LOG = LoggerFactory.getLogger(Connector.class);

  /** Of the jar that holds this library and the connectors. */
  private static final String ATTRIBUTE = "Hadoop-Connectors";

  private final String artifact;
  private final String file;

  Connector(String artifact, String className) {
    this.artifact = artifact;
    this.file = className.replace('.', '/') + ".class";
  }

  /**
   * A connector on the class path.
   *
   * @param version of Hadoop
   * @param isAlone whether it has a jar of its own
   */
  record Found(String version, boolean isAlone) {}

  /** Such as {@code hadoop-aws}. */
  String artifact() {
    return artifact;
  }

  /**
   * Those on the class path: several when several jars have it. One whose version is not known is
   * in the log alone.
   */
  List<Found> found(ClassLoader loader) {
    List<Found> all = new ArrayList<>();
    for (URL url : copies(loader)) {
      Found one = in(url);
      if (one == null) {
        LOG.warn(
            "The version of {} is not known, so that nothing tells whether it fits this Hadoop: {}",
            artifact,
            url);
      } else {
        all.add(one);
      }
    }
    return all;
  }

  private Collection<URL> copies(ClassLoader loader) {
    try {
      Map<String, URL> copies = new LinkedHashMap<>();
      for (URL url : Collections.list(loader.getResources(file))) {
        copies.putIfAbsent(url.toString(), url);
      }
      return List.copyOf(copies.values());
    } catch (IOException unreadable) {
      LOG.warn("{} cannot be looked for on the class path", artifact, unreadable);
      return List.of();
    }
  }

  private @Nullable Found in(URL url) {
    try {
      return url.openConnection() instanceof JarURLConnection inside
          ? in(Path.of(inside.getJarFileURL().toURI()))
          : null;
    } catch (IOException
        | URISyntaxException
        | IllegalArgumentException
        | FileSystemNotFoundException unusual) {
      LOG.debug("where {} comes from is not known", artifact, unusual);
      return null;
    }
  }

  /** The one in a jar: by the jar's name, or by what its manifest says. */
  @Nullable Found in(Path jar) {
    Matcher matcher =
        Pattern.compile(Pattern.quote(artifact) + "-(\\d+\\.\\d+.*)\\.jar")
            .matcher(String.valueOf(jar.getFileName()));
    if (matcher.find()) {
      return new Found(matcher.group(1), true);
    }
    try (JarFile file = new JarFile(jar.toFile())) {
      Manifest manifest = file.getManifest();
      String version = manifest == null ? null : manifest.getMainAttributes().getValue(ATTRIBUTE);
      return version == null ? null : new Found(version, false);
    } catch (IOException noJar) {
      LOG.debug("the version of {} is not known", artifact, noJar);
      return null;
    }
  }
}
