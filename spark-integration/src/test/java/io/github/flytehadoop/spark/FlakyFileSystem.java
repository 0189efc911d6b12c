/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark;

import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/** A store with renames, on a local disk, that refuses the steps a test chooses. */
public final class FlakyFileSystem extends RawLocalFileSystem {
  static final String SCHEME = "flaky";
  private static final int NEVER = Integer.MAX_VALUE;
  private static final AtomicInteger STEPS = new AtomicInteger();
  private static volatile int first = NEVER;
  private static volatile int last = NEVER;

  /** For Hadoop. */
  public FlakyFileSystem() {}

  /** Counts anew, and refuses these of the steps that change something. */
  static void refuse(int from, int to) {
    STEPS.set(0);
    first = from;
    last = to;
  }

  /** Refuses the n-th step. */
  static void refuseOnce(int n) {
    refuse(n, n);
  }

  /** Refuses the n-th step and all that follow, as if the driver were dead. */
  static void refuseFrom(int n) {
    refuse(n, NEVER);
  }

  /** Refuses nothing any more. */
  static void heal() {
    refuse(NEVER, NEVER);
  }

  /** How many steps there were. */
  static int steps() {
    return STEPS.get();
  }

  private static void step(String what, Path path) throws IOException {
    int n = STEPS.incrementAndGet();
    if (n >= first && n <= last) {
      throw new IOException("as asked: step " + n + ", " + what + " " + path);
    }
  }

  @Override
  public URI getUri() {
    return URI.create(SCHEME + ":///");
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    step("rename", from);
    return super.rename(from, to);
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    step("delete", path);
    return super.delete(path, recursive);
  }

  @Override
  public boolean mkdirs(Path path) throws IOException {
    step("mkdirs", path);
    return super.mkdirs(path);
  }

  @Override
  public boolean mkdirs(Path path, FsPermission permission) throws IOException {
    step("mkdirs", path);
    return super.mkdirs(path, permission);
  }

  @Override
  public void setPermission(Path path, FsPermission permission) {
    // a process for each file, where Hadoop's native library is not
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    step("list", path);
    return Arrays.stream(super.listStatus(path))
        .map(FlakyFileSystem::plain)
        .toArray(FileStatus[]::new);
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    return plain(super.getFileStatus(path));
  }

  /** Hadoop's own asks the disk for more by a URI that must be a file's. */
  private static FileStatus plain(FileStatus status) {
    return new FileStatus(status.getLen(), status.isDirectory(), 1, 1 << 20, 0, status.getPath());
  }
}
