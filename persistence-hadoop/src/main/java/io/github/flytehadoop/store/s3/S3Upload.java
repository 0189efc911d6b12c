/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.s3;

import io.github.flytehadoop.store.ByteRange;
import io.github.flytehadoop.store.Source;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.apache.hadoop.fs.s3a.impl.PutObjectOptions;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * The way of one source to S3 without a copy in memory: one PUT, or parts of which a few are on
 * their way at once. Belongs to one thread.
 */
final class S3Upload {
  private static final int PARTS_AT_ONCE = 4;

  private final S3Requests requests;
  private final String key;
  private final PutObjectOptions options;
  private final Source source;
  private final List<CompletedPart> parts = new ArrayList<>();
  private volatile boolean stopped;
  private @Nullable String upload;
  private @Nullable String etag;

  S3Upload(S3Requests requests, String key, PutObjectOptions options, Source source) {
    this.requests = requests;
    this.key = key;
    this.options = options;
    this.source = source;
  }

  long lengthBytes() {
    return source.lengthBytes();
  }

  /** Sends what can be sent before the end: all parts, or nothing of a file that is one PUT. */
  void send(long partBytes) throws IOException {
    if (lengthBytes() > partBytes) {
      upload = requests.begin(key, options);
      sendParts(upload, partBytes);
    }
  }

  private void sendParts(String id, long partBytes) throws IOException {
    int count = Math.toIntExact((lengthBytes() + partBytes - 1) / partBytes);
    ExecutorService threads = requests.threads(PARTS_AT_ONCE);
    List<Future<CompletedPart>> sending = new ArrayList<>();
    try {
      for (int part = 0; part < count && !stopped; part++) {
        int number = part + 1;
        long offset = part * partBytes;
        long bytes = Math.min(partBytes, lengthBytes() - offset);
        ByteRange range = new ByteRange(offset, bytes);
        sending.add(threads.submit(() -> sendPart(id, number, number == count, range)));
      }
    } finally {
      await(sending);
    }
  }

  private CompletedPart sendPart(String id, int number, boolean last, ByteRange range)
      throws IOException {
    S3Body body = new S3Body(new Stopping(), range);
    try {
      return requests.part(key, id, number, last, body);
    } catch (IOException | RuntimeException failure) {
      stopped = true;
      refuse(body);
      throw failure;
    }
  }

  /** Waits for all, whatever happens: a part that is still sent could arrive after an abort. */
  private void await(List<Future<CompletedPart>> sending) throws IOException {
    IOException first = null;
    boolean interrupted = false;
    for (Future<CompletedPart> part : sending) {
      while (true) {
        try {
          parts.add(part.get());
          break;
        } catch (InterruptedException impatient) {
          interrupted = true;
          stopped = true;
        } catch (ExecutionException failed) {
          first = moreTelling(first, failed.getCause());
          break;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the upload was interrupted");
    }
    if (first != null) {
      throw first;
    }
  }

  private static IOException moreTelling(@Nullable IOException first, @Nullable Throwable cause) {
    if (first != null && !(first instanceof Stopped)) {
      return first;
    }
    return cause instanceof IOException problem ? problem : new IOException(cause);
  }

  /** That of the object, once it is visible; null where S3 did not say. */
  @Nullable String etag() {
    return etag;
  }

  /** Makes it visible. */
  void publish() throws IOException {
    String id = upload;
    if (id != null) {
      etag = requests.complete(key, id, parts, lengthBytes(), options);
      return;
    }
    S3Body body = new S3Body(source, new ByteRange(0, lengthBytes()));
    try {
      etag = requests.put(key, options, body);
    } catch (IOException | RuntimeException failure) {
      refuse(body);
      throw failure;
    }
  }

  void abort() throws IOException {
    String id = upload;
    upload = null;
    if (id != null) {
      requests.abort(key, id);
    }
  }

  /** Where the source has failed, that is the reason. */
  private static void refuse(S3Body body) throws IOException {
    IOException ofSource = body.failure();
    if (ofSource != null) {
      throw ofSource;
    }
  }

  /** Another part has failed. */
  private static final class Stopped extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** The source, until a part has failed. */
  private final class Stopping implements Source {
    @Override
    public long lengthBytes() {
      return source.lengthBytes();
    }

    @Override
    public InputStream open(ByteRange range) throws IOException {
      refuseWhenStopped();
      return new FilterInputStream(source.open(range)) {
        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
          refuseWhenStopped();
          return in.read(bytes, offset, length);
        }
      };
    }

    private void refuseWhenStopped() throws IOException {
      if (stopped) {
        throw new Stopped();
      }
    }
  }
}
