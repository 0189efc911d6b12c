/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.s3.request;

import io.github.flytehadoop.hadoop.s3.S3Connection;
import io.github.flytehadoop.hadoop.s3.S3ObjectOptions;
import io.github.flytehadoop.hadoop.s3.check.ResponseValidator;
import io.github.flytehadoop.hadoop.s3.crt.NativeExchange;
import io.github.flytehadoop.hadoop.s3.crt.NotNativeException;
import io.github.flytehadoop.hadoop.s3.message.S3Answer;
import io.github.flytehadoop.hadoop.s3.message.S3Message;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/**
 * Moves objects, ranges and pages of listings that fit into memory, by native code where there is
 * any. The memory is bounded: what finds none goes by the SDK's streams. One serves all threads.
 */
public final class S3SmallObjects {
  /** Bytes of a range, which keep their memory until they are released. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Received(byte[] bytes, @Nullable String etag) {}

  /** A thousand of the longest keys, each byte of them encoded, are 3 MiB. */
  private static final int MOST_OF_PAGE_BYTES = NativeExchange.MOST_BYTES;

  private final S3Connection connection;
  private final S3ObjectOptions objects;

  /** Requests over a connection, which stays its owner's. */
  public S3SmallObjects(S3Connection connection) {
    this.connection = connection;
    this.objects = connection.settings().objects();
  }

  /** Sends an object; null when it has to go another way, and then nothing has happened. */
  public @Nullable String put(String key, S3WriteHeaders written, S3RequestBody body)
      throws IOException {
    if (!isKnown(objects.checksum()) || !connection.reserve(body.lengthBytes())) {
      return null;
    }
    try {
      byte[] bytes = body.readAll();
      Map<String, String> headers = written.ofPut(objects);
      addChecksum(headers, bytes);
      S3Answer answer =
          connection.send(new S3Message(SdkHttpMethod.PUT, key, Map.of(), headers, bytes));
      return S3Objects.etagOf(answer);
    } catch (NotNativeException another) {
      return null;
    } finally {
      connection.release(body.lengthBytes());
    }
  }

  private static boolean isKnown(@Nullable ChecksumAlgorithm checksum) {
    return checksum == null
        || checksum == ChecksumAlgorithm.CRC32
        || checksum == ChecksumAlgorithm.CRC32_C;
  }

  private void addChecksum(Map<String, String> headers, byte[] bytes) {
    ChecksumAlgorithm algorithm = objects.checksum();
    if (algorithm == null) {
      return;
    }
    var checksum = algorithm == ChecksumAlgorithm.CRC32 ? new CRC32() : new CRC32C();
    checksum.update(bytes, 0, bytes.length);
    byte[] value = ByteBuffer.allocate(Integer.BYTES).putInt((int) checksum.getValue()).array();
    headers.put(
        algorithm == ChecksumAlgorithm.CRC32 ? "x-amz-checksum-crc32" : "x-amz-checksum-crc32c",
        Base64.getEncoder().encodeToString(value));
  }

  /**
   * Receives a range, whose memory the caller gives back by {@link #release}; null when it has to
   * come another way.
   */
  public @Nullable Received get(S3RangeRequest range) throws IOException {
    if (!connection.reserve(range.lengthBytes())) {
      return null;
    }
    boolean received = false;
    try {
      Received answer = connection.receive(range.message(objects), found -> checked(found, range));
      received = true;
      return answer;
    } catch (NotNativeException another) {
      return null;
    } finally {
      if (!received) {
        connection.release(range.lengthBytes());
      }
    }
  }

  /** Lists a page; null when it has to come another way. */
  public @Nullable ListObjectsV2Response list(ListObjectsV2Request request) throws IOException {
    if (!connection.reserve(MOST_OF_PAGE_BYTES)) {
      return null;
    }
    try {
      S3Message message =
          new S3Message(SdkHttpMethod.GET, "", S3ListPage.query(request), Map.of(), null);
      return connection.receive(message, answer -> page(request, answer)).orElse(null);
    } catch (NotNativeException another) {
      return null;
    } finally {
      connection.release(MOST_OF_PAGE_BYTES);
    }
  }

  /** Nothing where it was cut off, as it is larger than any page that S3 has. */
  private static Optional<ListObjectsV2Response> page(
      ListObjectsV2Request request, S3Answer answer) {
    if (answer.body().length >= MOST_OF_PAGE_BYTES) {
      return Optional.empty();
    }
    ListObjectsV2Response page = S3ListPage.of(answer);
    ResponseValidator.check(request, page);
    return Optional.of(page);
  }

  private static Received checked(S3Answer answer, S3RangeRequest range) {
    range.checkAll(answer.header("Content-Range"), answer.body().length);
    return new Received(answer.body(), S3Objects.plain(answer.header("ETag")));
  }

  /** Gives the memory of a body back. */
  public void release(Received received) {
    connection.release(received.bytes().length);
  }
}
