/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.spill;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.error.TransferException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Where the sequences of one transfer keep their bytes: the first in memory, the others in one
 * local file. The file has no name any more from the moment it is open where the system allows
 * that, so that nothing of it stays whatever happens to this process.
 */
public final class SpillFile implements Closeable {
  private static final long KEPT_BYTES = 16L << 20;

  private final Path directory;
  private final long keepAtMost;
  private long kept;
  private long end;
  private @Nullable FileChannel file;
  private boolean closed;

  /** A space in the directory for temporary files. */
  public SpillFile() {
    this(Path.of(System.getProperty("java.io.tmpdir", ".")), KEPT_BYTES);
  }

  /** A space that keeps so many bytes in memory, and the others in a directory. */
  public SpillFile(Path directory, long keepAtMost) {
    this.directory = directory;
    this.keepAtMost = keepAtMost;
  }

  /** How many bytes are on the disk. */
  public synchronized long spilledBytes() {
    return end;
  }

  /** Takes a block over. */
  synchronized Block put(byte[] bytes) throws TransferException {
    if (closed) {
      throw new IllegalStateException("the space is closed");
    }
    if (kept + bytes.length <= keepAtMost) {
      kept += bytes.length;
      return new Block(bytes, 0, bytes.length);
    }
    long at = end;
    try {
      ByteBuffer rest = ByteBuffer.wrap(bytes);
      while (rest.hasRemaining()) {
        end += open().write(rest, end);
      }
    } catch (IOException failure) {
      throw failed("keep", failure);
    }
    return new Block(null, at, bytes.length);
  }

  private FileChannel open() throws IOException {
    FileChannel channel = file;
    if (channel == null) {
      Path path = Files.createTempFile(directory, "flyte-plan-", ".tmp");
      channel =
          FileChannel.open(
              path,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE);
      file = channel;
    }
    return channel;
  }

  private byte[] read(long at, int length) throws TransferException {
    FileChannel channel;
    synchronized (this) {
      channel = file;
    }
    if (channel == null) {
      throw new IllegalStateException("the space is closed");
    }
    ByteBuffer bytes = ByteBuffer.allocate(length);
    try {
      while (bytes.hasRemaining()) {
        if (channel.read(bytes, at + bytes.position()) < 0) {
          throw new IOException("the file is shorter than what was written");
        }
      }
    } catch (IOException failure) {
      throw failed("read", failure);
    }
    return bytes.array();
  }

  private TransferException failed(String verb, IOException failure) {
    return Problem.cannot(verb + " the plan and the receipts of the transfer in", directory)
        .because(reason(failure))
        .kind(FailureKind.LOCAL_IO)
        .remedy(
            "Make room there, or set java.io.tmpdir (for flyte-data: TMPDIR) to another directory"
                + " that nobody empties.")
        .causedBy(failure)
        .exception();
  }

  /** The class says more than the text, which may be a path alone. */
  private String reason(IOException failure) {
    if (!Files.isDirectory(directory)) {
      return "the directory is not there";
    }
    if (failure instanceof AccessDeniedException) {
      return "permission is denied";
    }
    return failure instanceof FileSystemException told && told.getReason() != null
        ? told.getReason()
        : String.valueOf(failure.getMessage());
  }

  /** Frees the disk; sequences of this space cannot be read afterwards. */
  @Override
  public synchronized void close() {
    closed = true;
    FileChannel channel = file;
    file = null;
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException failure) {
        throw new java.io.UncheckedIOException(failure);
      }
    }
  }

  /** A block of bytes, here or on the disk. */
  final class Block {
    private final byte @Nullable [] here;
    private final long at;
    private final int length;

    private Block(byte @Nullable [] here, long at, int length) {
      this.here = here;
      this.at = at;
      this.length = length;
    }

    byte[] bytes() throws TransferException {
      return here == null ? read(at, length) : here;
    }
  }
}
