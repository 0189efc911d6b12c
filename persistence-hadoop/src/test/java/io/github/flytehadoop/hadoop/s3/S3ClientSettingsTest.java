/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flytehadoop.error.ConfigException;
import io.github.flytehadoop.hadoop.proxy.NetworkProxy;
import io.github.flytehadoop.hadoop.s3.identity.S3CredentialsException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.alias.CredentialProvider;
import org.apache.hadoop.security.alias.CredentialProviderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;

/** Everything that a client is made of comes from the effective keys of its bucket. */
class S3ClientSettingsTest {
  private static final String S3A = "org.apache.hadoop.fs.s3a.";
  private static final String PROVIDER = "fs.s3a.aws.credentials.provider";

  @TempDir Path temp;
  private final Configuration conf = new Configuration();

  private S3ClientSettings settings() {
    return S3ClientSettings.of("b", conf);
  }

  @Test
  void optionsOfTheBucketWin() {
    conf.set("fs.s3a.endpoint", "https://general.example.com");
    conf.set("fs.s3a.bucket.b.endpoint", "http://own.example.com:9000");
    conf.set("fs.s3a.bucket.other.endpoint", "http://other.example.com");
    conf.set("fs.s3a.bucket.b.path.style.access", "true");
    conf.set("fs.s3a.bucket.b.connection.timeout", "7s");
    S3ClientSettings own = settings();
    assertThat(own.address().endpoint()).isEqualTo(URI.create("http://own.example.com:9000"));
    assertThat(own.address().style()).isEqualTo(S3Address.Style.PATH);
    assertThat(own.timeouts().silence()).isEqualTo(Duration.ofSeconds(7));
    assertThat(S3ClientSettings.of("c", conf).address().endpoint())
        .isEqualTo(URI.create("https://general.example.com"));
    assertThat(own.isSameIdentity(S3ClientSettings.of("c", conf))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "'',,us-east-1,,true",
    "'',eu-west-3,eu-west-3,,true",
    "s3.amazonaws.com,,us-east-1,,true",
    "s3.eu-central-1.amazonaws.com,,eu-central-1,https://s3.eu-central-1.amazonaws.com,true",
    "https://s3.cn-north-1.amazonaws.com.cn,,cn-north-1,https://s3.cn-north-1.amazonaws.com.cn,true",
    "https://minio:9000,,us-east-1,https://minio:9000,false",
    "minio:9000,auto,auto,https://minio:9000,false",
  })
  void theRegionIsSaidOrInTheHost(
      String endpoint, String said, String region, URI expected, boolean roaming) {
    conf.set("fs.s3a.endpoint", endpoint);
    if (said != null) {
      conf.set("fs.s3a.endpoint.region", said);
    }
    S3Address address = settings().address();
    assertThat(address.region()).isEqualTo(region);
    assertThat(address.endpoint()).isEqualTo(expected);
    assertThat(address.roaming()).isEqualTo(roaming);
  }

  @Test
  void tlsFollowsTheUrlOrTheSwitch() {
    conf.set("fs.s3a.endpoint", "minio:9000");
    conf.set("fs.s3a.connection.ssl.enabled", "false");
    assertThat(settings().address().isSecure()).isFalse();
    conf.set("fs.s3a.endpoint", "https://minio:9000");
    assertThat(settings().address().isSecure()).isTrue();
  }

  @Test
  void anEndpointThatIsNoneIsNamed() {
    conf.set("fs.s3a.endpoint", "http://user:secret@host");
    assertThatThrownBy(this::settings)
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("fs.s3a.endpoint")
        .hasMessageNotContaining("secret");
  }

  @Test
  void staticKeysAndSessions() {
    conf.set(
        PROVIDER, S3A + "TemporaryAWSCredentialsProvider," + S3A + "SimpleAWSCredentialsProvider");
    conf.set("fs.s3a.access.key", "id");
    conf.set("fs.s3a.secret.key", "secret");
    assertThat(settings().credentials().resolveCredentials())
        .isEqualTo(AwsBasicCredentials.create("id", "secret"));
    conf.set("fs.s3a.bucket.b.session.token", "token");
    assertThat(settings().credentials().resolveCredentials())
        .isEqualTo(AwsSessionCredentials.create("id", "secret", "token"));
  }

  @Test
  void keysOfACredentialStore() throws Exception {
    String store = "localjceks://file" + temp.resolve("keys.jceks");
    conf.set("hadoop.security.credential.provider.path", store);
    CredentialProvider keys = CredentialProviderFactory.getProviders(conf).get(0);
    keys.createCredentialEntry("fs.s3a.access.key", "general".toCharArray());
    keys.createCredentialEntry("fs.s3a.bucket.b.access.key", "own".toCharArray());
    keys.createCredentialEntry("fs.s3a.secret.key", "hidden".toCharArray());
    keys.flush();
    conf.unset("hadoop.security.credential.provider.path");
    conf.set("fs.s3a.security.credential.provider.path", store);
    conf.set(PROVIDER, S3A + "SimpleAWSCredentialsProvider");
    assertThat(settings().credentials().resolveCredentials())
        .isEqualTo(AwsBasicCredentials.create("own", "hidden"));
    assertThat(S3ClientSettings.of("c", conf).credentials().resolveCredentials())
        .isEqualTo(AwsBasicCredentials.create("general", "hidden"));
  }

  @Test
  void anonymousSignsNothing() {
    conf.set(PROVIDER, S3A + "AnonymousAWSCredentialsProvider");
    assertThat(settings().credentials()).isInstanceOf(AnonymousCredentialsProvider.class);
  }

  /** A provider of somebody's own, made from the bucket and its options as S3A makes it. */
  public static final class Custom implements AwsCredentialsProvider {
    private final String id;

    /** From the bucket and its options. */
    public Custom(URI bucket, Configuration options) {
      this.id = bucket.getHost() + options.get("custom.id");
    }

    @Override
    public AwsCredentials resolveCredentials() {
      return AwsBasicCredentials.create(id, "x");
    }
  }

  @Test
  void aClassOfTheUser() {
    conf.set(PROVIDER, Custom.class.getName());
    conf.set("custom.id", "-7");
    assertThat(settings().credentials().resolveCredentials().accessKeyId()).isEqualTo("b-7");
  }

  @Test
  void aClassThatIsMissingIsNamed() {
    conf.set(PROVIDER, "com.example.Absent");
    assertThatThrownBy(() -> settings().credentials().resolveCredentials())
        .isInstanceOf(S3CredentialsException.class)
        .hasMessageContaining(PROVIDER)
        .hasMessageContaining("com.example.Absent");
  }

  @Test
  void nothingHasCredentials() {
    conf.set(PROVIDER, S3A + "SimpleAWSCredentialsProvider");
    conf.set("fs.s3a.access.key", "id");
    assertThatThrownBy(() -> settings().credentials().resolveCredentials())
        .isInstanceOf(S3CredentialsException.class)
        .hasMessageContaining("fs.s3a.secret.key is not set");
  }

  @Test
  void headersOfRequestsAndObjects() {
    conf.set("fs.s3a.client.s3.custom.headers", "x-one=1, x-two = a;b");
    conf.set("fs.s3a.requester.pays.enabled", "true");
    conf.set("fs.s3a.acl.default", "BucketOwnerFullControl");
    conf.set("fs.s3a.create.storage.class", "standard_ia");
    conf.set("fs.s3a.encryption.algorithm", "SSE-KMS");
    conf.set("fs.s3a.encryption.key", "arn:aws:kms:x");
    conf.set("fs.s3a.encryption.context", "team=a");
    conf.set("fs.s3a.create.checksum.algorithm", "CRC32C");
    S3ClientSettings made = settings();
    assertThat(made.request().custom()).isEqualTo(Map.of("x-one", "1", "x-two", "a,b"));
    assertThat(made.objects().paid()).isEqualTo(Map.of("x-amz-request-payer", "requester"));
    assertThat(made.objects().keyed()).isEmpty();
    assertThat(made.objects().checksum()).isEqualTo(ChecksumAlgorithm.CRC32_C);
    assertThat(made.objects().created())
        .containsEntry("x-amz-acl", "bucket-owner-full-control")
        .containsEntry("x-amz-storage-class", "STANDARD_IA")
        .containsEntry("x-amz-server-side-encryption", "aws:kms")
        .containsEntry("x-amz-server-side-encryption-aws-kms-key-id", "arn:aws:kms:x")
        .containsEntry(
            "x-amz-server-side-encryption-context",
            Base64.getEncoder().encodeToString("{\"team\":\"a\"}".getBytes()));
  }

  @Test
  void aKeyOfTheUserGoesWithEveryRequestForBytes() {
    conf.set("fs.s3a.encryption.algorithm", "SSE-C");
    conf.set("fs.s3a.encryption.key", Base64.getEncoder().encodeToString(new byte[32]));
    S3ObjectOptions objects = settings().objects();
    assertThat(objects.hasCustomerKey()).isTrue();
    assertThat(objects.keyed())
        .containsEntry("x-amz-server-side-encryption-customer-algorithm", "AES256")
        .containsEntry("x-amz-server-side-encryption-customer-key-MD5", "cLyPS3KoaSFGi/joRB3OUQ==");
    assertThat(objects.copySource().keySet())
        .allMatch(name -> name.startsWith("x-amz-copy-source-server-side-encryption-customer-"));
  }

  @Test
  void proxiesOfHadoopThenOfTheEnvironment() {
    conf.set("fs.s3a.endpoint", "https://store.example.com");
    BucketConfiguration options = BucketConfiguration.of("b", conf);
    Map<String, String> environment =
        Map.of("HTTPS_PROXY", "http://me:pass@proxy:3128", "NO_PROXY", "localhost,.internal");
    NetworkProxy ofEnvironment = S3Proxy.of(options, environment);
    assertThat(ofEnvironment.address()).isEqualTo(URI.create("http://proxy:3128"));
    assertThat(ofEnvironment.user()).isEqualTo("me");
    assertThat(ofEnvironment).hasToString("http://proxy:3128 (HTTPS_PROXY)");
    conf.set("fs.s3a.endpoint", "https://store.internal");
    assertThat(S3Proxy.of(BucketConfiguration.of("b", conf), environment).address()).isNull();
    conf.set("fs.s3a.proxy.host", "own");
    conf.set("fs.s3a.proxy.port", "8080");
    assertThat(S3Proxy.of(BucketConfiguration.of("b", conf), environment).address())
        .isEqualTo(URI.create("http://own:8080"));
  }

  @Test
  void nothingSecretIsShown() {
    conf.set("fs.s3a.access.key", "id");
    conf.set("fs.s3a.secret.key", "very-secret");
    conf.set(PROVIDER, S3A + "SimpleAWSCredentialsProvider");
    S3ClientSettings made = settings();
    made.credentials().resolveCredentials();
    assertThat(made.toString() + made.credentials() + made.identity())
        .doesNotContain("very-secret");
  }
}
