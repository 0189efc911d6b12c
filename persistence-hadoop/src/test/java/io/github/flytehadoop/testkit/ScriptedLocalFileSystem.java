/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * The local disk under a scheme of its own, {@code mirror://disk/path}: a second name for the same
 * files that no name shows. Hadoop makes the instances, so what happens before a listing or a read
 * is one script for the JVM.
 */
public final class ScriptedLocalFileSystem extends RawLocalFileSystem {
  /** What happens before a directory is listed or a file is opened. */
  public interface Before {
    /** Called with each of them. */
    void of(Path path) throws IOException;
  }

  private static final AtomicReference<Before> SCRIPT = new AtomicReference<>(any -> {});

  private static final URI ROOT = URI.create("mirror://disk/");

  /** A configuration that knows the scheme. */
  public static Configuration configuration() {
    Configuration conf = new Configuration();
    conf.setClass("fs.mirror.impl", ScriptedLocalFileSystem.class, FileSystem.class);
    return conf;
  }

  /** Does this from now on. */
  public static void script(Before before) {
    SCRIPT.set(before);
  }

  /** Does nothing more. */
  public static void heal() {
    SCRIPT.set(any -> {});
  }

  @Override
  public URI getUri() {
    return ROOT;
  }

  @Override
  public String getScheme() {
    return "mirror";
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    SCRIPT.get().of(path);
    return super.listStatus(path);
  }

  @Override
  public FSDataInputStream open(Path path, int bufferBytes) throws IOException {
    SCRIPT.get().of(path);
    return super.open(path, bufferBytes);
  }
}
