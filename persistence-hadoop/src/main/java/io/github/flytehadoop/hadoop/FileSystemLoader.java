/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop;

import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.location.StoreKind;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.util.ReflectionUtils;
import org.apache.hadoop.util.VersionInfo;
import org.jspecify.annotations.Nullable;

/** Says which jar is missing when a file system cannot be loaded (B03, F58). */
final class FileSystemLoader {
  private static final String KNOWN =
      "abfs, abfss (also az, wasb, wasbs), file (also local), ftp, gs (also gcs), hdfs, http,"
          + " https, memory, s3 (also s3a, s3n), sftp, swebhdfs, viewfs, webhdfs";

  /** What serves the schemes of some others. */
  private static final Map<String, String> JARS =
      Map.ofEntries(
          Map.entry("oss", "org.apache.hadoop:hadoop-aliyun"),
          Map.entry("cosn", "org.apache.hadoop:hadoop-cos"),
          Map.entry("obs", "org.apache.hadoop:hadoop-huaweicloud"),
          Map.entry("tos", "org.apache.hadoop:hadoop-tos"),
          Map.entry("ofs", "org.apache.ozone:ozone-filesystem-hadoop3"),
          Map.entry("o3fs", "org.apache.ozone:ozone-filesystem-hadoop3"),
          Map.entry("alluxio", "org.alluxio:alluxio-shaded-client"));

  private FileSystemLoader() {}

  /** The refusal of a scheme that neither we nor the base Configuration know. */
  static IllegalArgumentException unknown(String scheme, Set<String> others) {
    Set<String> more = new TreeSet<>(others);
    more.removeIf(other -> KNOWN.matches(".*\\b" + other + "\\b.*"));
    String known = more.isEmpty() ? KNOWN : KNOWN + ", " + String.join(", ", more);
    String jar = jar(scheme);
    return Problem.cannot("use the protocol", scheme)
        .because("it is not known")
        .remedy(
            "Use one of: "
                + known
                + "; or put "
                + (jar == null ? "the jar of its Hadoop file system" : "the jar " + jar)
                + " on the class path and name its class by fs."
                + scheme
                + ".impl, or add a jar with a StoreProvider for it.")
        .argument();
  }

  /** What our client of S3 is made of; native code is not necessary. */
  private static final List<Map.Entry<String, String>> SDK =
      List.of(
          Map.entry("software.amazon.awssdk.services.s3.S3Client", "software.amazon.awssdk:s3"),
          Map.entry(
              "software.amazon.awssdk.http.apache.ApacheHttpClient",
              "software.amazon.awssdk:apache-client"));

  /** What our client of Azure is made of. */
  private static final List<Map.Entry<String, String>> AZURE_SDK =
      List.of(
          Map.entry(
              "com.azure.storage.blob.BlobServiceClientBuilder", "com.azure:azure-storage-blob"),
          Map.entry(
              "com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder",
              "com.azure:azure-core-http-jdk-httpclient"));

  /**
   * Refuses to make a client of S3 without its jars.
   *
   * @throws IOException of class {@link UnsupportedFileSystemException}, with the jar to add
   */
  static void requireSdk() throws IOException {
    require(SDK);
  }

  /** What our client of Google Cloud Storage is made of. */
  private static final List<Map.Entry<String, String>> GOOGLE =
      List.of(
          Map.entry(
              "com.google.api.services.storage.Storage",
              "com.google.apis:google-api-services-storage"),
          Map.entry(
              "com.google.auth.oauth2.GoogleCredentials",
              "com.google.auth:google-auth-library-oauth2-http"),
          Map.entry(
              "com.google.api.client.http.apache.v2.ApacheHttpTransport",
              "com.google.http-client:google-http-client-apache-v2"));

  /**
   * Refuses to make a client of Google Cloud Storage without its jars.
   *
   * @throws IOException of class {@link UnsupportedFileSystemException}, with the jar to add
   */
  static void requireGoogle() throws IOException {
    require(GOOGLE);
  }

  /**
   * Refuses to make a client of Azure without its jars.
   *
   * @throws IOException of class {@link UnsupportedFileSystemException}, with the jar to add
   */
  static void requireAzureSdk() throws IOException {
    require(AZURE_SDK);
  }

  private static void require(List<Map.Entry<String, String>> classes) throws IOException {
    for (Map.Entry<String, String> needed : classes) {
      try {
        Class.forName(needed.getKey(), false, FileSystemLoader.class.getClassLoader());
      } catch (ClassNotFoundException | NoClassDefFoundError missing) {
        IOException failure =
            new UnsupportedFileSystemException(
                "its client cannot be loaded ("
                    + missing.getMessage()
                    + "). Put the jar "
                    + needed.getValue()
                    + " with what it needs on the class path");
        failure.addSuppressed(missing);
        throw failure;
      }
    }
  }

  /**
   * Makes a file system that nobody caches.
   *
   * @throws IOException of class {@link UnsupportedFileSystemException}, with the jar to add, when
   *     a class of it is missing
   */
  static FileSystem open(URI root, Configuration configuration) throws IOException {
    try {
      return make(root, configuration);
    } catch (UnsupportedFileSystemException | NoClassDefFoundError missing) {
      throw missing(root, missing);
    } catch (RuntimeException failure) {
      if (failure.getCause() instanceof IOException disguised) {
        throw disguised;
      }
      Throwable missing = classNotFound(failure);
      if (missing == null) {
        throw failure;
      }
      throw missing(root, missing);
    }
  }

  /**
   * Where the class is known, the others need not be looked for: Hadoop would make one of each of
   * the class path, and read all defaults of HDFS again.
   */
  private static FileSystem make(URI root, Configuration configuration) throws IOException {
    String key = "fs." + root.getScheme() + ".impl";
    Class<?> named = configuration.getClass(key, null);
    if (named == null
        || !FileSystem.class.isAssignableFrom(named)
        || !configuration.getBoolean(key + ".disable.cache", false)) {
      return FileSystem.get(root, configuration);
    }
    FileSystem made = (FileSystem) ReflectionUtils.newInstance(named, configuration);
    try {
      made.initialize(root, configuration);
      return made;
    } catch (IOException | RuntimeException failure) {
      made.close();
      throw failure;
    }
  }

  private static @Nullable Throwable classNotFound(Throwable failure) {
    for (Throwable link = failure; link != null; link = link.getCause()) {
      if (link instanceof ClassNotFoundException || link instanceof NoClassDefFoundError) {
        return link;
      }
    }
    return null;
  }

  private static @Nullable String jar(String scheme) {
    String ours = StoreSetup.jar(StoreKind.familyOf(scheme));
    return ours == null ? JARS.get(scheme) : ours;
  }

  private static IOException missing(URI root, Throwable cause) {
    String scheme = String.valueOf(root.getScheme());
    String jar = jar(scheme);
    IOException failure =
        new UnsupportedFileSystemException(
            "its file system cannot be loaded ("
                + String.valueOf(cause.getMessage()).lines().findFirst().orElse("")
                + "). Put "
                + (jar == null ? "its jar" : "the jar " + jar)
                + " on the class path; this is Hadoop "
                + VersionInfo.getVersion());
    failure.addSuppressed(cause);
    return failure;
  }
}
