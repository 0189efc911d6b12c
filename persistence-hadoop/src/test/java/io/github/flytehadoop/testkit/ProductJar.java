/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit;

import io.github.flytehadoop.FileAccessProvider;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** This library as users have it: a jar, and the jars that it needs. */
public final class ProductJar {
  /** What is on the class path of tests alone. */
  private static final Pattern OF_TESTS =
      Pattern.compile(
          ".*/(junit|opentest4j|apiguardian|assertj|archunit|hadoop-|kerb|kerby|token-|sshd|ftp|mina|"
              + "ftplet|byte-buddy|spark-|scala|zookeeper|commons-compress|bcp|dnsjava)[^/]*");

  private ProductJar() {}

  /** The jar; packed from classes unless the tests run on a jar. */
  public static Path jar() throws IOException {
    Path classes = location();
    if (Files.isRegularFile(classes)) {
      return classes;
    }
    Path jar = TestDirectories.create("product").resolve("persistence-hadoop.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> all = Files.walk(classes)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
        Files.copy(file, out);
        out.closeEntry();
      }
    }
    return jar;
  }

  /** Jars that it needs besides Hadoop's client, connectors included. */
  public static List<String> libraries() {
    List<String> libraries = new ArrayList<>();
    for (String entry : classPath()) {
      boolean connector = entry.matches(".*/hadoop-(aws|azure)-[^/]*");
      if (entry.endsWith(".jar") && (connector || !OF_TESTS.matcher(entry).matches())) {
        libraries.add(entry);
      }
    }
    return libraries;
  }

  /** Hadoop's shaded client. */
  public static List<String> hadoopClient() {
    return classPath().stream()
        .filter(entry -> entry.matches(".*/hadoop-client-(api|runtime)-[^/]*"))
        .toList();
  }

  private static List<String> classPath() {
    return Arrays.asList(System.getProperty("java.class.path").split(File.pathSeparator));
  }

  private static Path location() {
    try {
      return Path.of(
          FileAccessProvider.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
