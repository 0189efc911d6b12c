/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.doctor;

import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.util.VersionInfo;

/** The jars of the stores' clients, by the names of the files that their classes come from. */
final class ClasspathCheck {
  private static final Pattern JAR =
      Pattern.compile(".*/([^/]+?)-(\\d+\\.\\d+[^/]*?)(-shaded)?\\.jar!/.*");

  /** A client, told by one of its classes. */
  private record Client(String name, String oneClass, Version version) {}

  private enum Version {
    THAT_OF_HADOOP,
    ITS_OWN
  }

  private static final List<Client> CLIENTS =
      List.of(
          new Client(
              "hadoop-client-api", "org/apache/hadoop/fs/FileSystem", Version.THAT_OF_HADOOP),
          new Client(
              "hadoop-aws", "org/apache/hadoop/fs/s3a/S3AFileSystem", Version.THAT_OF_HADOOP),
          new Client(
              "hadoop-azure",
              "org/apache/hadoop/fs/azurebfs/AzureBlobFileSystem",
              Version.THAT_OF_HADOOP),
          new Client(
              "gcs-connector",
              "com/google/cloud/hadoop/fs/gcs/GoogleHadoopFileSystem",
              Version.ITS_OWN),
          new Client(
              "software.amazon.awssdk:s3",
              "software/amazon/awssdk/services/s3/S3Client",
              Version.ITS_OWN));

  private final ClassLoader loader;
  private final String hadoop;

  ClasspathCheck(ClassLoader loader, String hadoop) {
    this.loader = loader;
    this.hadoop = hadoop;
  }

  /** The jars that this JVM would load from. */
  static ClasspathCheck ofThisJvm() {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    return new ClasspathCheck(
        context == null ? ClasspathCheck.class.getClassLoader() : context,
        VersionInfo.getVersion());
  }

  List<Finding> examine() {
    List<Finding> findings = new ArrayList<>();
    String java = System.getProperty("java.version", "unknown");
    findings.add(Finding.ok("versions", "Java " + java + ", Hadoop " + hadoop));
    CLIENTS.forEach(client -> findings.add(examine(client)));
    return findings;
  }

  private Finding examine(Client client) {
    List<URL> places = places(client.oneClass);
    if (places.isEmpty()) {
      return Finding.skipped("versions", client.name + " is not on the class path");
    }
    Matcher jar = JAR.matcher(places.get(0).toString());
    String version = jar.matches() ? jar.group(2) : "of unknown version";
    String found = client.name + " " + version;
    if (places.size() > 1) {
      return Finding.warning(
          "versions",
          found + " is on the class path " + places.size() + " times",
          "Remove all but one of " + places + ".");
    }
    boolean differs =
        client.version == Version.THAT_OF_HADOOP && jar.matches() && !version.equals(hadoop);
    return differs
        ? Finding.failed(
            "versions",
            found + " does not go with Hadoop " + hadoop,
            "Use " + client.name + " " + hadoop + ".")
        : Finding.ok("versions", found);
  }

  private List<URL> places(String oneClass) {
    try {
      return Collections.list(loader.getResources(oneClass + ".class"));
    } catch (IOException unreadable) {
      return List.of();
    }
  }
}
