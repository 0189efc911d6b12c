/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.task;

import io.github.flytehadoop.FileAccessProvider;
import io.github.flytehadoop.literal.FlyteFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** A file among the inputs. Nothing is read before it is asked for. */
public final class InputFile {
  private final FileAccessProvider provider;
  private final FlyteFile file;

  InputFile(FileAccessProvider provider, FlyteFile file) {
    this.provider = provider;
    this.file = file;
  }

  /** Where it is. */
  public String uri() {
    return file.uri();
  }

  /** Such as {@code csv}; empty when none is declared. */
  public String format() {
    return file.format();
  }

  /** Its bytes; close the stream. */
  public InputStream openRead() throws IOException {
    return provider.openRead(uri());
  }

  /** Downloads it to a new local path that keeps its name. */
  public Path download() throws IOException {
    Path target = provider.getRandomLocalPath(uri());
    provider.getData(uri(), target);
    return target;
  }

  /** Downloads it to a local path. */
  public void download(Path target) throws IOException {
    provider.getData(uri(), target);
  }
}
