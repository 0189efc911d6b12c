/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.job;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.PathFailure;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.error.UploadException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.Checksum;
import io.github.flytehadoop.store.ObjectWrite;
import io.github.flytehadoop.store.Proof;
import io.github.flytehadoop.store.SentContent;
import io.github.flytehadoop.store.Store;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.store.failure.RootCause;
import io.github.flytehadoop.transfer.Cancellation;
import io.github.flytehadoop.transfer.Engine;
import io.github.flytehadoop.transfer.EngineContext;
import io.github.flytehadoop.transfer.RawData;
import io.github.flytehadoop.transfer.TransferReport;
import io.github.flytehadoop.transfer.work.LocalEngine;
import io.github.flytehadoop.transfer.work.MoveResult;
import io.github.flytehadoop.transfer.work.RetryPolicy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Bytes and streams on their way to a store (FAP-PR). A stream is read once, so it has one try;
 * what a failed one leaves is nothing.
 */
final class RawUploads {
  /** A source that returns no bytes this often without ending is taken for broken (B54). */
  private static final int MOST_EMPTY_READS = 1000;

  private static final int LARGEST_STEP_BYTES = 4 << 20;

  private final LocalEngine engine;
  private final EngineContext context;
  private final Map<String, String> metadata;

  RawUploads(LocalEngine engine, EngineContext context, Map<String, String> metadata) {
    this.engine = engine;
    this.context = context;
    this.metadata = metadata;
  }

  TransferReport put(RawData data, Location target, int chunkBytes) throws TransferException {
    long start = System.nanoTime();
    Map<String, Long> before = context.stores().requests();
    try {
      MoveResult moved = announced(data, target, chunkBytes);
      Map<String, Long> requests = new HashMap<>(context.stores().requests());
      before.forEach((kind, count) -> requests.merge(kind, -count, Long::sum));
      requests.values().removeIf(count -> count <= 0);
      Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
      return new TransferReport(
          target.text(),
          1,
          moved.bytes(),
          0,
          List.of(),
          moved.verification(),
          Engine.LOCAL,
          elapsed,
          requests,
          JobNames.next(),
          List.of());
    } catch (TransferException failure) {
      context
          .progress()
          .failed(
              new PathFailure(target.text(), failure.kind(), String.valueOf(failure.getMessage())));
      throw new UploadException(
          failure.kind(), failure.location(), String.valueOf(failure.getMessage()), failure);
    }
  }

  private MoveResult announced(RawData data, Location target, int chunkBytes)
      throws TransferException {
    long length =
        data instanceof RawData.Bytes bytes ? bytes.bytes().length : Attributes.UNKNOWN_LENGTH;
    context.progress().planned(1, Math.max(0, length));
    try {
      long buffers = context.stores().of(target).writeBufferBytes(length, Store.Sending.STREAM);
      MoveResult moved =
          engine.runInline(
              buffers,
              () -> {
                context.progress().started(target.text(), length);
                return data instanceof RawData.Bytes bytes
                    ? new RetryPolicy(context.limits(), context.cancellation())
                        .run(number -> bytes(bytes.bytes(), target, chunkBytes))
                    : stream(open(data), target, Attributes.UNKNOWN_LENGTH, chunkBytes);
              });
      context.progress().finished(target.text(), moved.bytes());
      return moved;
    } catch (TransferException classified) {
      throw classified;
    } catch (IOException failure) {
      context.cancellation().check(target.text());
      throw Problem.cannot("put the stream to", target.text())
          .because("reading it failed: " + reason(failure))
          .remedy("Nothing was written. Give a source that can be read to its end.")
          .kind(FailureKind.LOCAL_IO)
          .causedBy(failure)
          .exception();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw Cancellation.cancelled(target.text(), interrupted);
    }
  }

  private static String reason(IOException failure) {
    if (failure instanceof CharacterCodingException) {
      return "it has characters that the charset cannot hold";
    }
    return RootCause.why(failure);
  }

  private static InputStream open(RawData data) {
    if (data instanceof RawData.Stream stream) {
      return stream.stream();
    }
    if (data instanceof RawData.Text text) {
      return new EncodedReader(text.reader(), text.charset());
    }
    throw Problem.cannot("stream a local path").because("put it as a file").argument();
  }

  private MoveResult bytes(byte[] bytes, Location target, int chunkBytes) throws IOException {
    return stream(new ByteArrayInputStream(bytes), target, bytes.length, chunkBytes);
  }

  private MoveResult stream(InputStream in, Location target, long lengthBytes, int chunkBytes)
      throws IOException {
    WriteOptions options = new WriteOptions(lengthBytes, metadata, WriteOptions.Existing.REPLACE);
    try (ObjectWrite out = context.stores().of(target).write(target, options)) {
      byte[] buffer = new byte[Math.min(chunkBytes, LARGEST_STEP_BYTES)];
      CRC32C checksum = new CRC32C();
      long moved = 0;
      int empty = 0;
      for (int read; (read = in.read(buffer)) >= 0; moved += read) {
        context.cancellation().check(target.text());
        empty = read == 0 ? empty + 1 : 0;
        if (empty > MOST_EMPTY_READS) {
          throw new IOException("it returns no bytes and does not end");
        }
        checksum.update(buffer, 0, read);
        out.write(buffer, 0, read);
        context.progress().advanced(read);
        throttle(read, target);
      }
      // the end of a pipe may be that of a writer who was stopped together with this call
      context.cancellation().check(target.text());
      Proof proof = out.commit(new SentContent(moved, Checksum.crc32c(checksum.getValue())));
      return new MoveResult(moved, MoveResult.verification(proof));
    }
  }

  private void throttle(int bytes, Location target) throws TransferException {
    try {
      engine.throttle().take(bytes);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw Cancellation.cancelled(target.text(), interrupted);
    }
  }
}
