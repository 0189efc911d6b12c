/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.gcs;

import com.google.cloud.hadoop.repackaged.gcs.com.google.cloud.hadoop.gcsio.CreateObjectOptions;
import com.google.cloud.hadoop.repackaged.gcs.com.google.cloud.hadoop.gcsio.GoogleCloudStorage;
import com.google.cloud.hadoop.repackaged.gcs.com.google.cloud.hadoop.gcsio.GoogleCloudStorageItemInfo;
import com.google.cloud.hadoop.repackaged.gcs.com.google.cloud.hadoop.gcsio.StorageResourceId;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * An upload that can be given up. The connector has no abort: closing its channel publishes what it
 * has, and so does an interrupt of the thread that writes to it, which closes the pipe behind it.
 *
 * <p>So a thread of our own writes, and nobody ever interrupts it. To give up, it ends without
 * closing the channel: the pipe is then broken, which its reader, the thread that talks to the
 * store, reports as an error ({@link java.io.PipedInputStream}), and the upload ends unfinished. An
 * unfinished upload is no object and costs nothing; GCS forgets it after a week.
 */
final class GcsUpload {
  private final WritableByteChannel channel;
  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "flyte-gcs-upload");
            thread.setDaemon(true);
            return thread;
          });

  private GcsUpload(WritableByteChannel channel) {
    this.channel = channel;
  }

  static GcsUpload start(
      GoogleCloudStorage storage, StorageResourceId target, CreateObjectOptions options)
      throws IOException {
    return new GcsUpload(storage.create(target, options));
  }

  void write(byte[] bytes, int offset, int length) throws IOException {
    ByteBuffer source = ByteBuffer.wrap(bytes, offset, length);
    Future<?> written =
        writer.submit(
            () -> {
              while (source.hasRemaining()) {
                channel.write(source);
              }
              return null;
            });
    try {
      await(written);
    } catch (InterruptedException interrupted) {
      awaitUninterruptibly(written);
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while writing");
    }
  }

  /** Publishes the object, and says what the store has; an interrupt is kept for afterwards. */
  GoogleCloudStorageItemInfo finish() throws IOException {
    Callable<GoogleCloudStorageItemInfo> publish =
        () -> {
          channel.close();
          return ((GoogleCloudStorageItemInfo.Provider) channel).getItemInfo();
        };
    Future<GoogleCloudStorageItemInfo> published = writer.submit(publish);
    writer.shutdown();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return await(published);
        } catch (InterruptedException again) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Nothing is published, now or later. */
  void abort() {
    writer.shutdown();
  }

  /** The bytes belong to the caller again only once the writer has let go of them. */
  private static void awaitUninterruptibly(Future<?> task) {
    while (!task.isDone()) {
      try {
        await(task);
      } catch (InterruptedException again) {
        // the caller sets the flag when this is over
      } catch (IOException failed) {
        return;
      }
    }
  }

  private static <T> T await(Future<T> task) throws IOException, InterruptedException {
    try {
      return task.get();
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof IOException io) {
        throw io;
      }
      throw new IOException(failure.getCause());
    }
  }
}
