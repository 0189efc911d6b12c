/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The one jar for clusters that cannot resolve packages. */
@Tag("packaged")
@Timeout(600)
class AllJarTest {
  private static final long MOST_BYTES = 120_000_000;

  @Test
  void itHoldsWhatSparkLacksAndNothingElse() throws IOException {
    Set<String> names = new HashSet<>();
    try (JarFile jar = new JarFile(BuiltArtifacts.SCALA_2_13.jarOfAll().toFile())) {
      jar.stream().forEach(entry -> names.add(entry.getName()));
      assertThat(services(jar, "org.apache.hadoop.fs.FileSystem"))
          .contains("com.google.cloud.hadoop.fs.gcs.GoogleHadoopFileSystem");
      // of two connectors: one file must not hide the other
      assertThat(services(jar, "org.apache.hadoop.security.token.TokenIdentifier"))
          .contains("org.apache.hadoop.fs.s3a.", "org.apache.hadoop.fs.azurebfs.");
      assertThat(jar.getManifest().getMainAttributes().getValue("Hadoop-Connectors"))
          .isEqualTo("3.5.0");
    }
    assertThat(names)
        .contains(
            "io/github/flytehadoop/spark/FlyteSparkPlugin.class",
            "io/github/flytehadoop/FileAccessProvider.class",
            "org/apache/hadoop/fs/s3a/S3AFileSystem.class",
            "io/github/flytehadoop/shaded/awssdk/services/s3/S3Client.class",
            "io/github/flytehadoop/shaded/azure/storage/blob/BlobServiceClient.class",
            // native code names its classes
            "software/amazon/awssdk/crt/CRT.class",
            "META-INF/services/io.github.flytehadoop.transfer.TransferEngine")
        .noneMatch(
            name ->
                name.matches(
                    "(org/apache/spark|scala|org/apache/hadoop/(conf|ipc|hdfs|mapred)|io/netty"
                        + "|com/fasterxml/jackson|org/slf4j|org/apache/commons/(lang3|io)"
                        + "|org/yaml|org/msgpack|picocli|org/apache/http|org/joda|com/azure|reactor"
                        + "|org/reactivestreams|com/google/(api|auth|common|gson|protobuf)"
                        + "|io/(grpc|opencensus)|software/amazon/awssdk/(?!crt/)[^/]+)/.*"
                        + "|org/apache/hadoop/fs/FileSystem.class|META-INF/.*\\.(SF|RSA|DSA)"));
  }

  @Test
  void aDownloadOfItIsBearable() throws IOException {
    for (BuiltArtifacts each : BuiltArtifacts.values()) {
      assertThat(Files.size(each.jarOfAll())).as("%s", each).isLessThan(MOST_BYTES);
    }
  }

  private static String services(JarFile jar, String type) throws IOException {
    JarEntry entry = jar.getJarEntry("META-INF/services/" + type);
    return new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void itIsEnoughForEveryExecutor() throws Exception {
    List<String> options = List.of("--jars", BuiltArtifacts.SCALA_2_13.jarOfAll().toString());
    Cluster.everyCheckHolds(SparkHome.create("4.2"), SmokeStores.two(), options);
  }
}
