/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.s3.request;

import io.github.flytehadoop.hadoop.s3.S3Connection;
import io.github.flytehadoop.hadoop.s3.S3ObjectOptions;
import io.github.flytehadoop.hadoop.s3.message.S3Answer;
import io.github.flytehadoop.hadoop.s3.message.S3Body;
import io.github.flytehadoop.hadoop.s3.message.S3Message;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * Moves bytes that do not fit into memory, while they arrive or are read: by native code where
 * there is any, and otherwise by the SDK's client. One serves all threads.
 */
public final class S3LargeObjects {
  private final String bucket;
  private final S3ObjectOptions objects;

  /** Those of the bucket that a connection leads to. */
  public S3LargeObjects(S3Connection connection) {
    this.bucket = connection.settings().bucket();
    this.objects = connection.settings().objects();
  }

  /** Sends one try of a GET, whose answer is still to be read. */
  public S3Body get(S3Connection.Ways ways, S3RangeRequest range) throws IOException {
    S3Body natively = ways.open(range.message(objects));
    if (natively == null) {
      return bySdk(ways, range);
    }
    boolean checked = false;
    try {
      String length = natively.header("Content-Length");
      range.check(natively.header("Content-Range"), length == null ? null : parsed(length));
      checked = true;
      return natively;
    } finally {
      if (!checked) {
        natively.abort();
      }
    }
  }

  private static long parsed(String length) {
    try {
      return Long.parseLong(length.strip());
    } catch (NumberFormatException unreadable) {
      return -1;
    }
  }

  private S3Body bySdk(S3Connection.Ways ways, S3RangeRequest range) {
    AwsRequestOverrideConfiguration.Builder override = AwsRequestOverrideConfiguration.builder();
    objects.keyed().forEach(override::putHeader);
    return new SdkBody(
        ways.sdk()
            .getObject(
                range.bySdk().bucket(bucket).overrideConfiguration(override.build()).build()));
  }

  /**
   * Sends one try of a PUT; null when the SDK has to send it.
   *
   * @param headers without the length of the body
   */
  public @Nullable S3Answer put(
      S3Connection.Ways ways,
      String key,
      Map<String, String> query,
      Map<String, String> headers,
      S3RequestBody body)
      throws IOException {
    if (objects.checksum() != null) {
      return null; // the SDK adds it behind the bytes
    }
    Map<String, String> all = new TreeMap<>(headers);
    all.put("Content-Length", Long.toString(body.lengthBytes()));
    S3Answer answer = ways.send(new S3Message(SdkHttpMethod.PUT, key, query, all, null), body);
    if (answer != null) {
      S3Objects.etagOf(answer);
    }
    return answer;
  }

  private static final class SdkBody extends S3Body {
    private final ResponseInputStream<GetObjectResponse> body;

    SdkBody(ResponseInputStream<GetObjectResponse> body) {
      this.body = body;
    }

    @Override
    public @Nullable String header(String name) {
      return body.response().sdkHttpResponse().firstMatchingHeader(name).orElse(null);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return body.read(bytes, offset, length);
    }

    @Override
    public void abort() {
      body.abort();
    }

    @Override
    public void close() throws IOException {
      body.close();
    }
  }
}
