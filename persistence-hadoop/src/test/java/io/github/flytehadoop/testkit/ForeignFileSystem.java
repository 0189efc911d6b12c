/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.InvalidPathException;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * A file system that somebody brought along: directories of the local disk, a rename that replaces
 * nothing, reads that hand out a little at a time, and failures where a test says so. {@code
 * foreign://box} and an absolute path.
 */
public final class ForeignFileSystem extends RawLocalFileSystem {
  /** Its scheme and authority. */
  public static final String ROOT = "foreign://box";

  private static final int MOST_AT_ONCE = 4096;

  /** What the file system is about to do, or has done. */
  public enum Step {
    /** Creates a file. */
    CREATE,
    /** Has created a file. */
    CREATED,
    /** Renames a file. */
    RENAME,
    /** Has renamed a file. */
    RENAMED,
    /** Deletes a file. */
    DELETE,
    /** Looks up a file. */
    STATUS,
    /** Lists a directory. */
    LIST,
    /** Opens a file. */
    OPEN,
    /** Hands out some bytes of a file. */
    READ
  }

  /** Throws what is to happen at a step. */
  public interface Script {
    /** Called at each step with the path that appears, goes or is looked up. */
    void at(Step step, Path path) throws IOException;
  }

  private static final Script NOTHING = (step, path) -> {};
  private static final AtomicReference<Script> SCRIPT = new AtomicReference<>(NOTHING);

  /** Fails like this from now on. */
  public static void script(Script script) {
    SCRIPT.set(script);
  }

  /** Fails no more. */
  public static void heal() {
    SCRIPT.set(NOTHING);
  }

  /** A configuration that knows it. */
  public static Configuration configuration() {
    Configuration conf = new Configuration();
    conf.setClass("fs.foreign.impl", ForeignFileSystem.class, FileSystem.class);
    return conf;
  }

  private static void at(Step step, Path path) throws IOException {
    for (String name : path.toUri().getPath().split("/")) {
      if (name.getBytes(StandardCharsets.UTF_8).length > 255) {
        throw new InvalidPathException(name, "it is too long");
      }
    }
    SCRIPT.get().at(step, path);
  }

  @Override
  public URI getUri() {
    return URI.create(ROOT);
  }

  @Override
  public String getScheme() {
    return "foreign";
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    at(Step.CREATE, path);
    FSDataOutputStream created =
        super.create(path, permission, overwrite, bufferSize, replication, blockSize, progress);
    try {
      at(Step.CREATED, path);
    } catch (IOException lost) {
      created.close();
      throw lost;
    }
    return created;
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    at(Step.RENAME, to);
    synchronized (ForeignFileSystem.class) {
      if (pathToFile(to).exists()) {
        throw new FileAlreadyExistsException(to.toString());
      }
      if (!pathToFile(from).exists()) {
        throw new FileNotFoundException(from + " does not exist");
      }
      if (!super.rename(from, to)) {
        return false;
      }
    }
    at(Step.RENAMED, to);
    return true;
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    at(Step.DELETE, path);
    return super.delete(path, recursive);
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    at(Step.STATUS, path);
    return super.getFileStatus(path);
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    at(Step.LIST, path);
    return super.listStatus(path);
  }

  @Override
  public FSDataInputStream open(Path path, int bufferBytes) throws IOException {
    at(Step.OPEN, path);
    return new FSDataInputStream(new Input(super.open(path, bufferBytes), path));
  }

  private static final class Input extends FSInputStream {
    private final FSDataInputStream in;
    private final Path path;

    Input(FSDataInputStream in, Path path) {
      this.in = in;
      this.path = path;
    }

    @Override
    public int read() throws IOException {
      at(Step.READ, path);
      return in.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      at(Step.READ, path);
      return in.read(bytes, offset, Math.min(length, MOST_AT_ONCE));
    }

    @Override
    public void seek(long position) throws IOException {
      in.seek(position);
    }

    @Override
    public long getPos() throws IOException {
      return in.getPos();
    }

    @Override
    public boolean seekToNewSource(long position) {
      return false;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
