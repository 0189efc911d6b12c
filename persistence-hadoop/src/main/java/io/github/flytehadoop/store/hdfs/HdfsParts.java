/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.hdfs;

import io.github.flytehadoop.concurrent.Uninterrupted;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Temporary;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.store.failure.HadoopFailures;
import io.github.flytehadoop.store.failure.Mismatch;
import io.github.flytehadoop.store.failure.Words;
import io.github.flytehadoop.store.multipart.Part;
import io.github.flytehadoop.store.multipart.PartSource;
import io.github.flytehadoop.store.multipart.PartedUpload;
import io.github.flytehadoop.store.multipart.PartedWrite;
import io.github.flytehadoop.store.multipart.SentPart;
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
final class HdfsParts {
  private static final Logger LOG = LoggerFactory.getLogger(HdfsParts.class);
  private static final int BUFFER_BYTES = 256 << 10;

  private final HdfsStore store;

  HdfsParts(HdfsStore store) {
    this.store = store;
  }

  /**
   * Null where the name node concatenates no files: behind mounts, and in encryption zones; and for
   * a file of one part, which gains nothing.
   */
  @Nullable PartedWrite start(Location at, Path target, WriteOptions options, long partBytes)
      throws IOException {
    Path parent = target.getParent();
    if (!(store.fileSystem() instanceof DistributedFileSystem hdfs)
        || parent == null
        || options.lengthBytes() <= wholeBlocks(partBytes, hdfs.getDefaultBlockSize(parent))) {
      return null;
    }
    Path staging = new Path(parent, Temporary.newName(options.tag()));
    try {
      hdfs.mkdirs(staging);
      if (hdfs.getFileStatus(staging).isEncrypted()) {
        hdfs.delete(staging, true);
        return null;
      }
      long block = hdfs.getDefaultBlockSize(staging);
      PartedUpload upload =
          new PartedUpload(
              at.text(),
              new Staging(staging.getName(), block, hdfs.getDefaultReplication(staging)).id(),
              options.lengthBytes(),
              wholeBlocks(partBytes, block));
      return new ConcatWrite(store, at, target, options, upload, staging);
    } catch (IOException | RuntimeException failure) {
      Uninterrupted.run(() -> sweep(hdfs, staging));
      throw failure;
    }
  }

  /** Made or not: the answer to its making may have been lost. */
  private static void sweep(FileSystem hdfs, Path staging) {
    try {
      hdfs.delete(staging, true);
    } catch (IOException | RuntimeException failure) {
      LOG.warn("The temporary directory {} could not be removed: {}", staging, Words.why(failure));
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
  SentPart send(PartedUpload upload, Part part, PartSource source, Location at, Path target)
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
      return new SentPart(part.number(), part.lengthBytes(), name, SentPart.UNKNOWN);
    } catch (TransferException ofSource) {
      throw ofSource;
    } catch (IOException | RuntimeException failure) {
      throw HadoopFailures.of("write", at, failure);
    } finally {
      if (!done && out != null) {
        FSDataOutputStream broken = out;
        Uninterrupted.run(() -> discard(hdfs, broken, file));
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
    Mismatch.refuse(at, part.lengthBytes(), sent);
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
