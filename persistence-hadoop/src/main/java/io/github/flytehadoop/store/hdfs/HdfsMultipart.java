/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.hdfs;

import io.github.flytehadoop.concurrent.Uninterruptibles;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.ReservedNames;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.store.failure.HadoopFailures;
import io.github.flytehadoop.store.failure.IntegrityCheck;
import io.github.flytehadoop.store.failure.LateRequest;
import io.github.flytehadoop.store.failure.RootCause;
import io.github.flytehadoop.store.multipart.MultipartUpload;
import io.github.flytehadoop.store.multipart.MultipartWrite;
import io.github.flytehadoop.store.multipart.Part;
import io.github.flytehadoop.store.multipart.PartSource;
import io.github.flytehadoop.store.multipart.UploadedPart;
import java.io.IOException;
import java.io.InputStream;
import java.util.UUID;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Parts of a file in HDFS: files in a hidden directory beside the target. That directory is what
 * keeps order: it is made once, no part makes it again, so when it is gone every worker that has
 * not heard of it fails and leaves nothing.
 */
final class HdfsMultipart {
  private static final Logger LOG = LoggerFactory.getLogger(HdfsMultipart.class);
  private static final int BUFFER_BYTES = 256 << 10;

  private final HdfsStore store;

  HdfsMultipart(HdfsStore store) {
    this.store = store;
  }

  /**
   * Null where the name node concatenates no files: behind mounts, and in encryption zones; and for
   * a file of one part, which gains nothing.
   */
  @Nullable MultipartWrite start(Location at, Path target, WriteOptions options, long partBytes)
      throws IOException {
    Path parent = target.getParent();
    if (!(store.fileSystem() instanceof DistributedFileSystem hdfs)
        || parent == null
        || options.lengthBytes() <= wholeBlocks(partBytes, hdfs.getDefaultBlockSize(parent))) {
      return null;
    }
    Path staging = new Path(parent, ReservedNames.newName(options.tag()));
    try {
      hdfs.mkdirs(staging);
      if (options.mode() != null) {
        hdfs.setPermission(staging, HdfsModes.OWNER_ALONE); // whoever may not read the file
      }
      if (hdfs.getFileStatus(staging).isEncrypted()) {
        hdfs.delete(staging, true);
        return null;
      }
      long block = hdfs.getDefaultBlockSize(staging);
      MultipartUpload upload =
          new MultipartUpload(
              at.text(),
              new Staging(staging.getName(), block, hdfs.getDefaultReplication(staging)).id(),
              options.lengthBytes(),
              wholeBlocks(partBytes, block));
      return new HdfsMultipartWrite(store, at, target, options, upload, staging);
    } catch (IOException | RuntimeException failure) {
      Uninterruptibles.run(() -> sweep(hdfs, staging, LateRequest.after(failure)));
      throw failure;
    }
  }

  /** Made or not: the answer to its making may have been lost (F95). */
  private static void sweep(FileSystem hdfs, Path staging, LateRequest late) {
    try {
      late.remove(() -> hdfs.delete(staging, true));
    } catch (IOException | RuntimeException failure) {
      LOG.warn(
          "The temporary directory {} could not be removed: {}", staging, RootCause.why(failure));
    }
  }

  /** Else the file would have a short block at the end of each part. */
  private static long wholeBlocks(long bytes, long block) {
    return Math.max(1, (bytes - 1) / block + 1) * block;
  }

  /**
   * What the workers know: the same blocks and replicas for all parts, whatever their own
   * configuration says, because the name node wants it so.
   */
  private record Staging(String name, long blockBytes, short replicas) {
    String id() {
      return name + ":" + blockBytes + ":" + replicas;
    }

    static Staging of(String id) {
      String[] fields = id.split(":", 3);
      return new Staging(fields[0], Long.parseLong(fields[1]), Short.parseShort(fields[2]));
    }
  }

  /** Each attempt writes a file of its own; its name is what the receipt says. */
  UploadedPart send(MultipartUpload upload, Part part, PartSource source, Location at, Path target)
      throws IOException {
    Staging staging = Staging.of(upload.id());
    String name = String.format("part-%05d-%s", part.number(), UUID.randomUUID());
    Path file = new Path(new Path(target.getParent(), staging.name()), name);
    FileSystem hdfs = store.fileSystem();
    FSDataOutputStream out = null;
    boolean done = false;
    try (InputStream in = source.open()) {
      out =
          store
              .builder(file)
              .overwrite(false)
              .blockSize(staging.blockBytes())
              .replication(staging.replicas())
              .build();
      copy(in, out, part, at);
      out.close();
      done = true;
      return new UploadedPart(part.number(), part.lengthBytes(), name, UploadedPart.UNKNOWN);
    } catch (TransferException ofSource) {
      throw ofSource;
    } catch (IOException | RuntimeException failure) {
      throw HadoopFailures.of("write", at, failure);
    } finally {
      if (!done && out != null) {
        FSDataOutputStream broken = out;
        Uninterruptibles.run(() -> discard(hdfs, broken, file));
      }
    }
  }

  private static void copy(InputStream in, FSDataOutputStream out, Part part, Location at)
      throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    long sent = 0;
    for (int read; (read = in.read(buffer)) >= 0; sent += read) {
      out.write(buffer, 0, read);
    }
    IntegrityCheck.requireEqual(at, part.lengthBytes(), sent);
  }

  private static void discard(FileSystem hdfs, FSDataOutputStream out, Path file) {
    org.apache.hadoop.io.IOUtils.closeStream(out);
    try {
      hdfs.delete(file, false);
    } catch (IOException gone) {
      // the whole directory goes when the file is finished
      LOG.debug("{} stays for now", file, gone);
    }
  }
}
