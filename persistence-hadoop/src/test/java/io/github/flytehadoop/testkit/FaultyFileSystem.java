/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.EnumSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FSInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FilterFileSystem;
import org.apache.hadoop.fs.FutureDataInputStreamBuilder;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.impl.FutureDataInputStreamBuilderImpl;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.util.Progressable;

/**
 * HDFS that fails where a test says so. Hadoop makes the instances, so the script is one for the
 * JVM: {@code conf.setClass("fs.hdfs.impl", FaultyFileSystem.class, FileSystem.class)}.
 */
public final class FaultyFileSystem extends FilterFileSystem {
  /** What a file system is about to do. */
  public enum Step {
    /** Open a file for reading. */
    OPEN,
    /** Hand out bytes. */
    READ,
    /** Create a file. */
    CREATE,
    /** Take bytes. */
    WRITE,
    /** Close a file that was written. */
    CLOSE,
    /** Look up a file. */
    STATUS,
    /** List a directory. */
    LIST,
    /** Rename a file. */
    RENAME,
    /** Tell that a file was renamed. */
    RENAMED
  }

  /** Throws what is to happen in place of the step. */
  public interface Script {
    /** Called before each step. */
    void before(Step step, Path path, long position) throws IOException;
  }

  private static final Script NOTHING = (step, path, position) -> {};
  private static final AtomicReference<Script> SCRIPT = new AtomicReference<>(NOTHING);

  /** For Hadoop. */
  public FaultyFileSystem() {
    super(new DistributedFileSystem());
  }

  /** Fails like this from now on. */
  public static void script(Script script) {
    SCRIPT.set(script);
  }

  /** Fails no more. */
  public static void heal() {
    SCRIPT.set(NOTHING);
  }

  private static void before(Step step, Path path, long position) throws IOException {
    SCRIPT.get().before(step, path, position);
  }

  @Override
  public void initialize(URI name, Configuration conf) throws IOException {
    fs.initialize(name, conf);
    setConf(conf);
  }

  @Override
  public FutureDataInputStreamBuilder openFile(Path path) {
    FileSystem self = this;
    return new FutureDataInputStreamBuilderImpl(this, path) {
      @Override
      public CompletableFuture<FSDataInputStream> build() throws IOException {
        return CompletableFuture.completedFuture(self.open(path, 4096));
      }
    };
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    before(Step.OPEN, path, 0);
    return new FSDataInputStream(new Input(super.open(path, bufferSize), path));
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
      before(Step.READ, path, in.getPos());
      return in.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      before(Step.READ, path, in.getPos());
      return in.read(bytes, offset, length);
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
    public boolean seekToNewSource(long position) throws IOException {
      return in.seekToNewSource(position);
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }

  @Override
  @SuppressWarnings("rawtypes") // as FileSystem declares it
  public FSDataOutputStreamBuilder createFile(Path path) {
    return createDataOutputStreamBuilder(this, path).create().recursive();
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
    before(Step.CREATE, path, 0);
    return new FSDataOutputStream(
        new Output(
            super.create(path, permission, overwrite, bufferSize, replication, blockSize, progress),
            path),
        null);
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      FsPermission permission,
      EnumSet<CreateFlag> flags,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress,
      Options.ChecksumOpt checksum)
      throws IOException {
    before(Step.CREATE, path, 0);
    return new FSDataOutputStream(
        new Output(
            super.create(
                path, permission, flags, bufferSize, replication, blockSize, progress, checksum),
            path),
        null);
  }

  private static final class Output extends OutputStream {
    private final FSDataOutputStream out;
    private final Path path;

    Output(FSDataOutputStream out, Path path) {
      this.out = out;
      this.path = path;
    }

    @Override
    public void write(int oneByte) throws IOException {
      before(Step.WRITE, path, out.getPos());
      out.write(oneByte);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      before(Step.WRITE, path, out.getPos());
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      try {
        before(Step.CLOSE, path, out.getPos());
      } finally {
        out.close();
      }
    }
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    before(Step.STATUS, path, 0);
    return super.getFileStatus(path);
  }

  @Override
  public RemoteIterator<FileStatus> listStatusIterator(Path path) throws IOException {
    before(Step.LIST, path, 0);
    return super.listStatusIterator(path);
  }

  @Override
  protected void rename(Path from, Path to, Options.Rename... options) throws IOException {
    before(Step.RENAME, to, 0);
    super.rename(from, to, options);
    before(Step.RENAMED, to, 0);
  }
}
