/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop;

import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.location.Location;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * What flytekit calls the file system of a protocol: it serves every bucket, while Hadoop's file
 * systems serve one each. Every call goes to the file system of its path's bucket (FAP-FS-1).
 */
public final class BucketRouter extends FileSystem {
  private final String scheme;
  private final FileSystems fileSystems;
  private final FileSystemOptions options;

  /** A router whose Configuration is the one that its buckets' file systems get. */
  public BucketRouter(String scheme, FileSystems fileSystems, FileSystemOptions options) {
    this.scheme = scheme;
    this.fileSystems = fileSystems;
    this.options = options;
    var configuration = fileSystems.shared();
    options.overrides().forEach(configuration::set);
    setConf(configuration);
  }

  @Override
  public String toString() {
    return "BucketRouter[" + scheme + "://*, " + options + "]";
  }

  @Override
  public String getScheme() {
    return scheme;
  }

  @Override
  public URI getUri() {
    return URI.create(scheme + ":///");
  }

  private FileSystem at(Path path) throws IOException {
    return fileSystems.of(Location.parse(path.toString()), scheme, options);
  }

  @Override
  protected void checkPath(Path path) {
    if (!scheme.equals(path.toUri().getScheme()) || path.toUri().getAuthority() == null) {
      throw Problem.cannot("use", path)
          .also("here")
          .because("give the whole path, as in " + scheme + "://bucket/key")
          .argument();
    }
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    return at(path).open(path, bufferSize);
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
    return at(path)
        .create(path, permission, overwrite, bufferSize, replication, blockSize, progress);
  }

  @Override
  public FSDataOutputStream append(Path path, int bufferSize, Progressable progress)
      throws IOException {
    return at(path).append(path, bufferSize, progress);
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    return at(from).rename(from, to);
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    return at(path).delete(path, recursive);
  }

  @Override
  public FileStatus[] listStatus(Path path) throws FileNotFoundException, IOException {
    return at(path).listStatus(path);
  }

  @Override
  public void setWorkingDirectory(Path directory) {
    throw new UnsupportedOperationException("Use whole paths: buckets have no working directory.");
  }

  @Override
  public Path getWorkingDirectory() {
    return new Path(getUri());
  }

  @Override
  public boolean mkdirs(Path path, FsPermission permission) throws IOException {
    return at(path).mkdirs(path, permission);
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    return at(path).getFileStatus(path);
  }
}
