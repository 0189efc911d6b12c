/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.task;

import io.github.flytehadoop.FileAccessProvider;
import io.github.flytehadoop.literal.FlyteDirectory;
import io.github.flytehadoop.transfer.Depth;
import io.github.flytehadoop.transfer.ObjectStatus;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A directory among the inputs. Nothing is read before it is asked for. */
public final class InputDirectory {
  private final FileAccessProvider provider;
  private final FlyteDirectory directory;

  InputDirectory(FileAccessProvider provider, FlyteDirectory directory) {
    this.provider = provider;
    this.directory = directory;
  }

  /** Where it is, without a final slash. */
  public String uri() {
    return directory.uri();
  }

  /** Of the files in it; empty when none is declared. */
  public String format() {
    return directory.format();
  }

  /** All files below it. Close the stream: see {@link FileAccessProvider#list}. */
  public Stream<ObjectStatus> files() throws IOException {
    return provider.list(uri(), Depth.TREE);
  }

  /** The bytes of one file; close the stream. */
  public InputStream openRead(String relativePath) throws IOException {
    return provider.openRead(uri() + "/" + relativePath);
  }

  /** Downloads it to a new local directory. */
  public Path download() throws IOException {
    Path target = provider.getRandomLocalDirectory();
    download(target);
    return target;
  }

  /** Downloads what is in it to a local directory. */
  public void download(Path target) throws IOException {
    provider.downloadDirectory(uri(), target);
  }
}
