/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.s3.request;

import io.github.flytehadoop.hadoop.s3.S3Connection;
import io.github.flytehadoop.hadoop.s3.S3ObjectOptions;
import io.github.flytehadoop.hadoop.s3.crt.NotNativeException;
import io.github.flytehadoop.hadoop.s3.message.S3Answer;
import io.github.flytehadoop.hadoop.s3.message.S3Message;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;

/**
 * Moves objects and ranges that fit into memory, by native code where there is any. The memory is
 * bounded: what finds none goes by the SDK's streams. One serves all threads.
 */
public final class S3SmallObjects {
  /** Bytes of a range, which keep their memory until they are released. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Received(byte[] bytes, @Nullable String etag) {}

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

  private static Received checked(S3Answer answer, S3RangeRequest range) {
    range.checkAll(answer.header("Content-Range"), answer.body().length);
    return new Received(answer.body(), S3Objects.plain(answer.header("ETag")));
  }

  /** Gives the memory of a body back. */
  public void release(Received received) {
    connection.release(received.bytes().length);
  }
}
