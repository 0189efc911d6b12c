/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3.crt;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.crt.CrtRuntimeException;
import software.amazon.awssdk.crt.auth.credentials.Credentials;
import software.amazon.awssdk.crt.auth.signing.AwsSigner;
import software.amazon.awssdk.crt.auth.signing.AwsSigningConfig;
import software.amazon.awssdk.crt.http.HttpRequest;

/** Signs requests to S3 by native code. */
public final class NativeSigner {
  /** What is signed in place of a body that TLS protects. */
  public static final String UNSIGNED = "UNSIGNED-PAYLOAD";

  private NativeSigner() {}

  /** The request with its signature. */
  public static HttpRequest sign(
      HttpRequest request, AwsCredentials identity, String payload, String region, Instant now) {
    byte[] token =
        identity instanceof AwsSessionCredentials session
            ? session.sessionToken().getBytes(StandardCharsets.UTF_8)
            : null;
    Credentials credentials =
        new Credentials(
            identity.accessKeyId().getBytes(StandardCharsets.UTF_8),
            identity.secretAccessKey().getBytes(StandardCharsets.UTF_8),
            token);
    try (AwsSigningConfig config = new AwsSigningConfig()) {
      config.setAlgorithm(AwsSigningConfig.AwsSigningAlgorithm.SIGV4);
      config.setSignatureType(AwsSigningConfig.AwsSignatureType.HTTP_REQUEST_VIA_HEADERS);
      config.setRegion(region);
      config.setService("s3");
      config.setTime(now.toEpochMilli());
      config.setCredentials(credentials);
      config.setUseDoubleUriEncode(false);
      config.setShouldNormalizeUriPath(false);
      config.setSignedBodyValue(payload);
      config.setSignedBodyHeader(AwsSigningConfig.AwsSignedBodyHeaderType.X_AMZ_CONTENT_SHA256);
      return AwsSigner.signRequest(request, config).get();
    } catch (ExecutionException | CrtRuntimeException failed) {
      throw SdkClientException.create("the request could not be signed", failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw AbortedException.create("interrupted before a request", interrupted);
    }
  }

  /** Over plain HTTP the signature covers the bytes. */
  public static String digest(byte @Nullable [] body) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(body == null ? new byte[0] : body));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
