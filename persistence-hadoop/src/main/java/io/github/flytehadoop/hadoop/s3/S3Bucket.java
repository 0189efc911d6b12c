/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3;

import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.location.StoreKind;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The bucket of a Hadoop file system, for requests that its API has no words for. They are sent by
 * a client of our own, made from the file system's Configuration.
 */
final class S3Bucket {
  private static final String S3A = "org.apache.hadoop.fs.s3a.S3AFileSystem";

  /** Requests that belong together. */
  interface Use {
    void run(S3Client client, String bucket) throws IOException;
  }

  private final FileSystem fileSystem;
  private final String name;

  private S3Bucket(FileSystem fileSystem, String name) {
    this.fileSystem = fileSystem;
    this.name = name;
  }

  /** Null for any other file system than S3A, and for a bucket that only S3A can reach. */
  static @Nullable S3Bucket of(FileSystem fileSystem) {
    String name = fileSystem.getUri().getHost();
    return isS3a(fileSystem.getClass())
            && StoreKind.of(fileSystem.getUri().getScheme()) == StoreKind.S3
            && name != null
            && S3Clients.needsHadoop(name, fileSystem.getConf()).isEmpty()
        ? new S3Bucket(fileSystem, name)
        : null;
  }

  private static boolean isS3a(Class<?> type) {
    return type.getName().equals(S3A)
        || (type.getSuperclass() != null && isS3a(type.getSuperclass()));
  }

  String key(Path path) {
    return fileSystem.makeQualified(path).toUri().getPath().substring(1);
  }

  /**
   * Sends requests and closes what they took.
   *
   * @param verb for the message of a failure
   */
  void use(String verb, Use use) throws IOException {
    Configuration conf = new Configuration(fileSystem.getConf());
    conf.set(S3Clients.CLIENT, "sdk");
    try (S3Connection connection = new S3Connection(S3ClientSettings.of(name, conf))) {
      connection.call(
          client -> {
            use.run(client, name);
            return name;
          });
    } catch (SdkException failure) {
      throw refused(verb, failure);
    }
  }

  /** Of the class that S3A would throw, for whoever tells refusals from what may pass. */
  private static IOException refused(String verb, SdkException failure) {
    int status = failure instanceof SdkServiceException answer ? answer.statusCode() : 0;
    Problem problem =
        Problem.cannot(verb).because(String.valueOf(failure.getMessage())).causedBy(failure);
    return switch (status) {
      case 401, 403 -> problem.made(AccessDeniedException::new);
      case 404 -> problem.made(FileNotFoundException::new);
      default -> problem.made(IOException::new);
    };
  }
}
