/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flytehadoop.config.AzureBlobStorageConfig;
import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.config.GCSConfig;
import io.github.flytehadoop.config.S3Config;
import io.github.flytehadoop.hadoop.azure.AzureLocation;
import io.github.flytehadoop.location.Location;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.s3a.AWSCredentialProviderList;
import org.apache.hadoop.fs.s3a.S3AFileSystem;
import org.apache.hadoop.fs.s3a.auth.CredentialProviderListFactory;
import org.apache.hadoop.fs.s3a.auth.NoAuthWithAWSException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsCredentials;

/** The settings start the real file systems, and starting asks nobody anything. */
class FileSystemClassesTest {
  private static final Map<String, String> NO_INSTANCE =
      Map.of("AWS_EC2_METADATA_DISABLED", "true");

  @ParameterizedTest
  @ValueSource(strings = {"s3://bucket/", "s3a://bucket/", "s3n://bucket/"})
  void everyS3AliasStartsS3aWithoutARequest(String uri) throws IOException {
    try (ServerSocket store = listening()) {
      DataConfig config =
          DataConfig.builder()
              .s3(
                  S3Config.builder()
                      .endpoint("http://127.0.0.1:" + store.getLocalPort())
                      .accessKeyId("id")
                      .secretAccessKey("secret")
                      .build())
              .build();
      Configuration conf = HadoopConfigurations.of(config, new Configuration());
      try (FileSystem started = FileSystem.newInstance(URI.create(uri), conf)) {
        assertThat(started).isInstanceOf(S3AFileSystem.class);
        assertThat(started.getUri().getScheme()).isEqualTo(URI.create(uri).getScheme());
      }
      assertNobodyAsked(store);
    }
  }

  @Test
  void theEnginesS3InstanceStartsWithTheMachinesChain() throws IOException {
    Configuration conf =
        HadoopSettings.engine(
                Location.parse("s3://bucket/k"),
                DataConfig.defaults(),
                Map.of(),
                FileSystemOptions.defaults())
            .applyTo(new Configuration());
    try (FileSystem started = FileSystem.newInstance(URI.create("s3a://bucket/"), conf)) {
      assertThat(started).isInstanceOf(S3AFileSystem.class);
    }
  }

  @Test
  void keysOfTheUsersOwnFilesAreFoundByTheSuggestedChain() throws IOException {
    Configuration base = new Configuration();
    base.set("fs.s3a.access.key", "from-core-site");
    base.set("fs.s3a.secret.key", "from-core-site");
    try (AWSCredentialProviderList chain = chain(base)) {
      AwsCredentials found = chain.resolveCredentials();
      assertThat(found.accessKeyId()).isEqualTo("from-core-site");
    }
  }

  @Test
  void theSuggestedChainEndsWhereNothingIsFound() throws IOException {
    try (AWSCredentialProviderList chain = chain(new Configuration())) {
      assertThat(chain.size()).isEqualTo(5);
      assertThatThrownBy(chain::resolveCredentials).isInstanceOf(NoAuthWithAWSException.class);
    }
  }

  private static AWSCredentialProviderList chain(Configuration base) throws IOException {
    Configuration conf = HadoopSettings.shared(DataConfig.defaults(), NO_INSTANCE).applyTo(base);
    return CredentialProviderListFactory.createAWSCredentialProviderList(
        URI.create("s3a://bucket/"), conf);
  }

  @Test
  void gcsStartsWithoutARequest() throws IOException {
    try (ServerSocket store = listening()) {
      DataConfig config =
          DataConfig.builder()
              .gcs(
                  GCSConfig.builder()
                      .endpoint("http://127.0.0.1:" + store.getLocalPort())
                      .projectId("p")
                      .build())
              .build();
      Configuration conf = HadoopConfigurations.of(config, new Configuration());
      try (FileSystem started = FileSystem.newInstance(URI.create("gs://bucket/"), conf)) {
        assertThat(started.getClass().getName())
            .isEqualTo("com.google.cloud.hadoop.fs.gcs.GoogleHadoopFileSystem");
      }
      assertNobodyAsked(store);
    }
  }

  @Test
  void azureStartsWithoutARequest() throws IOException {
    try (ServerSocket store = listening()) {
      DataConfig config =
          DataConfig.builder()
              .azure(
                  AzureBlobStorageConfig.builder()
                      .endpoint("http://127.0.0.1:" + store.getLocalPort() + "/devstoreaccount1")
                      .accountKey("a2V5")
                      .build())
              .build();
      Location location = Location.parse("abfs://container/path");
      Configuration conf =
          HadoopSettings.engine(location, config, Map.of(), FileSystemOptions.defaults())
              .applyTo(new Configuration());
      URI uri = URI.create(AzureLocation.hadoopUri(location, config.azure()));
      try (FileSystem started = FileSystem.newInstance(uri, conf)) {
        assertThat(started.getClass().getName())
            .isEqualTo("org.apache.hadoop.fs.azurebfs.AzureBlobFileSystem");
      }
      assertNobodyAsked(store);
    }
  }

  private static ServerSocket listening() throws IOException {
    return new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  }

  private static void assertNobodyAsked(ServerSocket store) throws IOException {
    store.setSoTimeout(1);
    assertThatThrownBy(store::accept).isInstanceOf(SocketTimeoutException.class);
  }
}
