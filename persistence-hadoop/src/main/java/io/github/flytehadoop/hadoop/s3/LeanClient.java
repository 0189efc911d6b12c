/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.checksums.DefaultChecksumAlgorithm;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.services.s3.DelegatingS3Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;
import software.amazon.awssdk.utils.FunctionalUtils;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/**
 * A client of S3 that sends GET, HEAD and PUT by itself, with the SDK's HTTP client and its signer
 * and nothing between them, and gives all else to the SDK's own client. What it sends, how often
 * and what it throws are the SDK's.
 */
final class LeanClient extends DelegatingS3Client {
  private final LeanExchange exchange;

  /** Whether the store has said that the bucket is somewhere else, which the SDK can follow. */
  private volatile boolean elsewhere;

  LeanClient(S3Client sdk, LeanExchange exchange) {
    super(sdk);
    this.exchange = exchange;
  }

  @Override
  public <T> T getObject(
      GetObjectRequest request, ResponseTransformer<GetObjectResponse, T> transformer) {
    SdkHttpFullRequest.Builder sent = plain(request, request.bucket(), request.key());
    if (sent == null || request.checksumMode() != null) {
      return super.getObject(request, transformer);
    }
    return here(
        () ->
            exchange.send(
                sent.method(SdkHttpMethod.GET), null, answer -> got(request, transformer, answer)),
        () -> super.getObject(request, transformer));
  }

  private static <T> T got(
      GetObjectRequest request,
      ResponseTransformer<GetObjectResponse, T> transformer,
      HttpExecuteResponse answer)
      throws IOException {
    GetObjectResponse response = read(GetObjectResponse.builder(), answer);
    AbortableInputStream body = answer.responseBody().orElseGet(AbortableInputStream::createEmpty);
    boolean read = false;
    try {
      AnswerCheck.check(request, response);
      T result = FunctionalUtils.invokeSafely(() -> transformer.transform(response, body));
      read = true;
      return result;
    } catch (UncheckedIOException failure) {
      throw failure.getCause();
    } finally {
      if (!read) {
        body.abort();
      }
    }
  }

  @Override
  public HeadObjectResponse headObject(HeadObjectRequest request) {
    SdkHttpFullRequest.Builder sent = plain(request, request.bucket(), request.key());
    if (sent == null || request.checksumMode() != null) {
      return super.headObject(request);
    }
    return here(
        () ->
            exchange.send(
                sent.method(SdkHttpMethod.HEAD),
                null,
                answer -> read(HeadObjectResponse.builder(), answer)),
        () -> super.headObject(request));
  }

  @Override
  public PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
    PutObjectRequest named = ContentFields.modified(request);
    SdkHttpFullRequest.Builder sent = plain(named, named.bucket(), named.key());
    if (sent == null
        || !isKnown(named.checksumAlgorithm())
        || !describe(sent, body, named.contentType())) {
      return super.putObject(request, body);
    }
    return here(
        () ->
            exchange.send(
                sent.method(SdkHttpMethod.PUT),
                exact(body, named.checksumAlgorithmAsString()),
                answer -> written(read(PutObjectResponse.builder(), answer), answer)),
        () -> super.putObject(request, body));
  }

  @Override
  public UploadPartResponse uploadPart(UploadPartRequest request, RequestBody body) {
    SdkHttpFullRequest.Builder sent = plain(request, request.bucket(), request.key());
    if (sent == null || !isKnown(request.checksumAlgorithm()) || !describe(sent, body, null)) {
      return super.uploadPart(request, body);
    }
    return here(
        () ->
            exchange.send(
                sent.method(SdkHttpMethod.PUT),
                exact(body, request.checksumAlgorithmAsString()),
                answer -> written(read(UploadPartResponse.builder(), answer), answer)),
        () -> super.uploadPart(request, body));
  }

  private static <B extends SdkBuilder<B, T>, T extends SdkResponse> T read(
      B builder, HttpExecuteResponse answer) {
    RestFields.read(answer.httpResponse(), (SdkPojo) builder);
    return builder.build();
  }

  private static <T extends SdkResponse> T written(T response, HttpExecuteResponse answer)
      throws IOException {
    if (answer.responseBody().isPresent()) {
      try (AbortableInputStream rest = answer.responseBody().get()) {
        rest.readNBytes(1024);
      }
    }
    AnswerCheck.check(null, response);
    return response;
  }

  /** CRC64NVME would need a native library. */
  private static boolean isKnown(@Nullable ChecksumAlgorithm checksum) {
    return checksum == null
        || checksum == ChecksumAlgorithm.CRC32
        || checksum == ChecksumAlgorithm.CRC32_C;
  }

  private static ExactBody exact(RequestBody body, @Nullable String checksum) {
    return new ExactBody(
        body.contentStreamProvider(),
        body.optionalContentLength().orElseThrow(),
        checksum == null ? null : DefaultChecksumAlgorithm.fromValue(checksum));
  }

  /** Length and type of a body; false when it has no length. */
  private static boolean describe(
      SdkHttpFullRequest.Builder sent, RequestBody body, @Nullable String type) {
    Long length = body.optionalContentLength().orElse(null);
    if (length == null) {
      return false;
    }
    sent.putHeader("Content-Length", length.toString());
    if (type == null && body.contentType() != null) {
      sent.putHeader("Content-Type", body.contentType());
    }
    return true;
  }

  /** The request, or null where it has something that only the SDK can write. */
  private SdkHttpFullRequest.@Nullable Builder plain(
      S3Request request, String bucket, @Nullable String key) {
    if (elsewhere
        || key == null
        || !exchange.address().bucket().equals(bucket)
        || request.overrideConfiguration().filter(LeanClient::changesRequest).isPresent()) {
      return null;
    }
    SdkHttpFullRequest.Builder sent = exchange.address().request(key);
    return RestFields.write(request, sent) ? sent : null;
  }

  /** S3A sets timeouts for single requests, which are by the whole time; ours are by progress. */
  private static boolean changesRequest(AwsRequestOverrideConfiguration override) {
    return !override.headers().isEmpty()
        || !override.rawQueryParameters().isEmpty()
        || override.signer().isPresent()
        || override.credentialsIdentityProvider().isPresent()
        || !override.plugins().isEmpty();
  }

  private <T> T here(Supplier<T> lean, Supplier<T> sdk) {
    try {
      return lean.get();
    } catch (AwsServiceException refused) {
      if (!isElsewhere(refused)) {
        throw refused;
      }
      elsewhere = true;
      return sdk.get();
    }
  }

  private static boolean isElsewhere(SdkException refused) {
    if (!(refused instanceof AwsServiceException told)) {
      return false;
    }
    String code = told.awsErrorDetails().errorCode();
    return told.statusCode() == 301
        || told.statusCode() == 307
        || "AuthorizationHeaderMalformed".equals(code)
        || "IllegalLocationConstraintException".equals(code);
  }

  @Override
  public void close() {
    exchange.close();
    super.close();
  }
}
