/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3;

import static io.github.flytehadoop.testkit.s3.RequestKind.GET_OBJECT;
import static io.github.flytehadoop.testkit.s3.RequestKind.HEAD_OBJECT;
import static io.github.flytehadoop.testkit.s3.RequestKind.PUT_OBJECT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.s3.Fault;
import io.github.flytehadoop.testkit.s3.FaultPlan;
import io.github.flytehadoop.testkit.s3.FaultRule;
import io.github.flytehadoop.testkit.s3.Request;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Map;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.s3a.DefaultS3ClientFactory;
import org.apache.hadoop.fs.s3a.S3AFileSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.StorageClass;

/** The lean client beside the SDK's own, on the same server, which verifies every signature. */
@Timeout(60)
class LeanClientTest {
  private static final String BUCKET = "b";
  private static final byte[] CONTENT = "content".getBytes(UTF_8);

  private final S3Endpoint s3 = S3Endpoint.start();

  @BeforeEach
  void start() {
    s3.createBucket(BUCKET);
    s3.verifyingSignature(identity -> identity + "-secret");
  }

  @AfterEach
  void stop() {
    s3.close();
  }

  private Configuration settings() {
    Configuration conf = new Configuration();
    conf.set("fs.s3a.endpoint", s3.uri().toString());
    conf.set("fs.s3a.endpoint.region", "us-east-1");
    conf.set("fs.s3a.cross.region.access.enabled", "false");
    conf.set("fs.s3a.path.style.access", "true");
    conf.set("fs.s3a.connection.ssl.enabled", "false");
    conf.set(
        "fs.s3a.aws.credentials.provider", "org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider");
    conf.set("fs.s3a.access.key", "alice");
    conf.set("fs.s3a.secret.key", "alice-secret");
    conf.set("fs.s3a.attempts.maximum", "2");
    conf.set("fs.s3a.connection.timeout", "1s");
    conf.set("fs.s3a.audit.enabled", "false");
    return conf;
  }

  private static S3AFileSystem lean(Configuration conf) throws IOException {
    conf.set("fs.s3a.s3.client.factory.impl", LeanClientFactory.class.getName());
    return fileSystem(conf);
  }

  private static S3AFileSystem fileSystem(Configuration conf) throws IOException {
    return (S3AFileSystem) FileSystem.newInstance(URI.create("s3a://" + BUCKET), conf);
  }

  private S3AFileSystem sdk() throws IOException {
    Configuration conf = settings();
    conf.set("fs.s3a.s3.client.factory.impl", DefaultS3ClientFactory.class.getName());
    return fileSystem(conf);
  }

  private static S3Client clientOf(S3AFileSystem fileSystem) {
    return fileSystem.getS3AInternals().getAmazonS3Client("test");
  }

  private static PutObjectRequest put(String key) {
    return PutObjectRequest.builder()
        .bucket(BUCKET)
        .key(key)
        .metadata(Map.of("Owner", "me", "task", "a b"))
        .contentEncoding("gzip")
        .storageClass(StorageClass.STANDARD_IA)
        .ifNoneMatch("*")
        .build();
  }

  private static ResponseBytes<GetObjectResponse> get(S3Client client, String key) {
    return client.getObjectAsBytes(get -> get.bucket(BUCKET).key(key).range("bytes=2-4"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "k",
        "a b/c+d",
        "100%/%41",
        "\u00fc/\ud83d\ude00",
        "x=1&y=2?z#f",
        "~-._!*'()",
        ":@,;$"
      })
  void whatItWritesAndReadsIsWhatTheSdkDoes(String key) throws Exception {
    try (S3AFileSystem ours = lean(settings());
        S3AFileSystem theirs = sdk()) {
      S3Client lean = clientOf(ours);
      S3Client sdk = clientOf(theirs);
      assertThat(lean).isInstanceOf(LeanClient.class);
      assertThat(sdk).isNotInstanceOf(LeanClient.class);

      var put = lean.putObject(put(key), RequestBody.fromBytes(CONTENT));
      Map<String, String> written = s3.metadata(BUCKET, key);
      assertThat(s3.bytes(BUCKET, key)).isEqualTo(CONTENT);
      ResponseBytes<GetObjectResponse> leanGot = get(lean, key);
      ResponseBytes<GetObjectResponse> sdkGot = get(sdk, key);
      assertThat(leanGot.response().equalsBySdkFields(sdkGot.response())).isTrue();
      assertThat(leanGot.asUtf8String()).isEqualTo("nte").isEqualTo(sdkGot.asUtf8String());
      HeadObjectResponse head = lean.headObject(h -> h.bucket(BUCKET).key(key));
      assertThat(head.equalsBySdkFields(sdk.headObject(h -> h.bucket(BUCKET).key(key)))).isTrue();

      s3.deleteDirectly(BUCKET, key);
      var again = sdk.putObject(put(key), RequestBody.fromBytes(CONTENT));
      assertThat(put.equalsBySdkFields(again)).isTrue();
      assertThat(written).isEqualTo(s3.metadata(BUCKET, key));
    }
  }

  @Test
  void partsAreThoseOfTheSdk() throws Exception {
    try (S3AFileSystem ours = lean(settings());
        S3AFileSystem theirs = sdk()) {
      S3Client lean = clientOf(ours);
      String upload = lean.createMultipartUpload(c -> c.bucket(BUCKET).key("k")).uploadId();
      var part =
          lean.uploadPart(
              p -> p.bucket(BUCKET).key("k").uploadId(upload).partNumber(1),
              RequestBody.fromBytes(CONTENT));
      var again =
          clientOf(theirs)
              .uploadPart(
                  p -> p.bucket(BUCKET).key("k").uploadId(upload).partNumber(1),
                  RequestBody.fromBytes(CONTENT));
      assertThat(part.equalsBySdkFields(again)).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "403,AccessDenied,1",
    "404,NoSuchKey,1",
    "404,NoSuchBucket,1",
    "412,PreconditionFailed,1",
    "400,ExpiredToken,1",
    "501,NotImplemented,1",
    "403,RequestTimeTooSkewed,3",
    "500,InternalError,3",
    "503,SlowDown,3",
    "429,TooManyRequests,3"
  })
  void refusalsAndRetriesAreThoseOfTheSdk(int status, String code, int requests) throws Exception {
    try (S3AFileSystem ours = lean(settings());
        S3AFileSystem theirs = sdk()) {
      s3.faults(FaultPlan.of(FaultRule.on(GET_OBJECT).gives(Fault.status(status, code))));
      AwsServiceException lean = refusal(clientOf(ours));
      assertThat(s3.count(GET_OBJECT)).isEqualTo(requests);
      s3.resetRequests();
      AwsServiceException sdk = refusal(clientOf(theirs));
      assertThat(lean).hasSameClassAs(sdk);
      assertThat(lean.statusCode()).isEqualTo(sdk.statusCode());
      assertThat(lean.awsErrorDetails().errorCode()).isEqualTo(sdk.awsErrorDetails().errorCode());
      assertThat(lean.awsErrorDetails().errorMessage())
          .isEqualTo(sdk.awsErrorDetails().errorMessage());
    }
  }

  private static AwsServiceException refusal(S3Client client) {
    return catchThrowableOfType(AwsServiceException.class, () -> get(client, "k"));
  }

  @Test
  void anAnswerToAHeadHasNoWords() throws Exception {
    try (S3AFileSystem ours = lean(settings());
        S3AFileSystem theirs = sdk()) {
      AwsServiceException lean = missing(clientOf(ours));
      AwsServiceException sdk = missing(clientOf(theirs));
      assertThat(lean).hasSameClassAs(sdk);
      assertThat(lean.statusCode()).isEqualTo(404);
      assertThat(s3.count(HEAD_OBJECT)).isEqualTo(2);
    }
  }

  private static AwsServiceException missing(S3Client client) {
    return catchThrowableOfType(
        AwsServiceException.class, () -> client.headObject(h -> h.bucket(BUCKET).key("absent")));
  }

  @Test
  void aBrokenConnectionIsTriedAgain() throws Exception {
    s3.faults(FaultPlan.of(FaultRule.on(PUT_OBJECT).first(2).gives(Fault.resetRequest(3))));
    try (S3AFileSystem ours = lean(settings())) {
      clientOf(ours).putObject(put("k"), RequestBody.fromBytes(CONTENT));
      Map<String, Long> counters = ours.getIOStatistics().counters();
      assertThat(counters)
          .containsEntry("store_io_request", 3L)
          .containsEntry("store_io_retry", 2L);
    }
    assertThat(s3.bytes(BUCKET, "k")).isEqualTo(CONTENT);
    assertThat(s3.count(PUT_OBJECT)).isEqualTo(3);
  }

  /** The checksum is behind the bytes, for the store to compare; the server here does. */
  @ParameterizedTest
  @EnumSource(names = {"CRC32_C", "CRC32"})
  void checksumsBehindTheBytesAreThoseOfTheSdk(ChecksumAlgorithm checksum) throws Exception {
    byte[] much = new byte[300_000];
    new Random(1).nextBytes(much);
    PutObjectRequest put = put("k").toBuilder().checksumAlgorithm(checksum).build();
    try (S3AFileSystem ours = lean(settings());
        S3AFileSystem theirs = sdk()) {
      var lean = clientOf(ours).putObject(put, RequestBody.fromBytes(much));
      Request request = s3.requests().get(0);
      assertThat(s3.bytes(BUCKET, "k")).isEqualTo(much);
      s3.deleteDirectly(BUCKET, "k");
      s3.resetRequests();
      var sdk = clientOf(theirs).putObject(put, RequestBody.fromBytes(much));
      assertThat(lean.equalsBySdkFields(sdk)).isTrue();
      assertThat(lean.checksumCRC32C() != null || lean.checksumCRC32() != null).isTrue();
      assertThat(request.bytesIn()).isEqualTo(s3.requests().get(0).bytesIn());
    }
  }

  @Test
  void aBodyThatIsTooShortIsNotStored() throws Exception {
    try (S3AFileSystem ours = lean(settings())) {
      RequestBody shortened =
          RequestBody.fromContentProvider(() -> new ByteArrayInputStream(CONTENT), 100, "x/y");
      assertThatThrownBy(() -> clientOf(ours).putObject(put("k"), shortened))
          .hasRootCauseInstanceOf(EOFException.class);
    }
    assertThat(s3.keys(BUCKET)).isEmpty();
    assertThat(s3.count(PUT_OBJECT)).isLessThanOrEqualTo(1);
  }

  /** The SDK can follow a bucket, so all goes through it from then on. */
  @Test
  void aBucketElsewhereIsLeftToTheSdk() throws Exception {
    s3.putDirectly(BUCKET, "k", CONTENT);
    s3.faults(FaultPlan.of(FaultRule.on(GET_OBJECT).nth(1).gives(Fault.wrongRegion("eu-west-1"))));
    try (S3AFileSystem ours = lean(settings())) {
      assertThat(get(clientOf(ours), "k").asUtf8String()).isEqualTo("nte");
    }
    assertThat(s3.count(GET_OBJECT)).isEqualTo(2);
  }

  /** A server that accepts a connection and takes nothing from it. */
  @Test
  @Rule("F05")
  void anUploadThatNobodyTakesIsGivenUp() throws Exception {
    try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Configuration conf = settings();
      conf.set("fs.s3a.endpoint", "http://127.0.0.1:" + deaf.getLocalPort());
      conf.set("fs.s3a.attempts.maximum", "0");
      byte[] much = new byte[32 << 20];
      try (S3AFileSystem ours = lean(conf)) {
        SdkClientException failure =
            catchThrowableOfType(
                SdkClientException.class,
                () ->
                    clientOf(ours)
                        .putObject(
                            put("k"),
                            RequestBody.fromContentProvider(
                                () -> new ByteArrayInputStream(much), much.length, "x/y")));
        assertThat(failure).hasRootCauseInstanceOf(IOException.class);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "fs.s3a.signing-algorithm, AWS4SignerType",
    "fs.s3a.http.signer.class, org.example.Signer",
    "fs.s3a.audit.enabled, true",
    "fs.s3a.checksum.validation, true"
  })
  void whatThePipelineHasToDoIsLeftToIt(String key, String value) throws Exception {
    Configuration conf = settings();
    conf.set("fs.s3a.s3.client.factory.impl", Asked.class.getName());
    conf.set(key, value);
    Asked.lean = null;
    try (S3AFileSystem ours = fileSystem(conf)) {
      clientOf(ours);
    }
    assertThat(Asked.lean).isFalse();
  }

  /** The factory, and what it made. */
  public static final class Asked extends DefaultS3ClientFactory {
    private static volatile Boolean lean;

    @Override
    public S3Client createS3Client(URI uri, S3ClientCreationParameters parameters)
        throws IOException {
      LeanClientFactory factory = new LeanClientFactory();
      factory.setConf(getConf());
      S3Client made = factory.createS3Client(uri, parameters);
      lean = made instanceof LeanClient;
      return made;
    }
  }
}
