/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.hadoop;

import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.RemoteIterator;

/** Walks a directory with so many empty directories in it, and prints how many: a main class. */
final class TreeWalkProbe {
  private TreeWalkProbe() {}

  /** A file system whose root holds directories that exist only as a listing. */
  private static final class Wide extends RawLocalFileSystem {
    private final long directories;

    Wide(long directories) {
      this.directories = directories;
    }

    @Override
    public RemoteIterator<FileStatus> listStatusIterator(Path path) {
      long size = path.getName().equals("wide") ? directories : 0;
      return new RemoteIterator<>() {
        private long next;

        @Override
        public boolean hasNext() {
          return next < size;
        }

        @Override
        public FileStatus next() {
          return new FileStatus(0, true, 1, 1, 0, new Path(path, "directory-" + next++));
        }
      };
    }
  }

  public static void main(String[] arguments) throws Exception {
    try (Wide wide = new Wide(Long.parseLong(arguments[0]))) {
      wide.initialize(URI.create("file:///"), new Configuration(false));
      long found = 0;
      for (HadoopTreeListing walk = new HadoopTreeListing(wide, new Path("/wide"));
          walk.hasNext();
          walk.next()) {
        found++;
      }
      System.out.println(found);
    }
  }
}
