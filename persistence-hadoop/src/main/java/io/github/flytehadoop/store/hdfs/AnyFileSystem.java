/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.hdfs;

import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.FileMode;
import io.github.flytehadoop.store.StoreTraits;
import io.github.flytehadoop.store.hadoop.HadoopTreeListing;
import io.github.flytehadoop.store.hadoop.KeyConstraints;
import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.jspecify.annotations.Nullable;

/**
 * A file system of which nothing more is known than Hadoop's API. One over a store of keys may take
 * a file below a file, which no listing of directories shows again: so that is refused here.
 */
final class AnyFileSystem extends RenamingStore {
  private final @Nullable KeyConstraints keys;
  private volatile @Nullable Path known;

  AnyFileSystem(FileSystem fileSystem, StoreTraits traits, @Nullable KeyConstraints keys) {
    super(fileSystem, traits);
    this.keys = keys;
  }

  @Override
  void refuseName(Location at) throws TransferException {
    if (keys != null) {
      keys.refuse(at);
    }
  }

  @Override
  FSDataOutputStream create(Path temporary, @Nullable FileMode mode) throws IOException {
    refuseBelowFile(temporary.getParent());
    return super.create(temporary, mode);
  }

  @Override
  protected boolean makeDirectories(Path path) throws IOException {
    refuseBelowFile(path);
    return super.makeDirectories(path);
  }

  @Override
  protected RemoteIterator<FileStatus> list(Path directory) throws IOException {
    return new MarkedDirectories(fileSystem().listStatusIterator(directory));
  }

  @Override
  protected RemoteIterator<? extends FileStatus> walk(Path root) throws IOException {
    return new HadoopTreeListing(this::list, root);
  }

  /** Looks up from a directory to one that is there; of those of the last file nobody asks. */
  private void refuseBelowFile(Path directory) throws IOException {
    for (Path place = directory;
        place != null && !place.isRoot() && !place.equals(known);
        place = place.getParent()) {
      Boolean file = isFile(place);
      if (Boolean.TRUE.equals(file)) {
        throw new ParentNotDirectoryException(place + " is a file");
      }
      if (file != null) {
        break;
      }
    }
    known = directory;
  }

  /** Null when nothing is there; what cannot be seen is left to the store. */
  private @Nullable Boolean isFile(Path place) {
    try {
      return fileSystem().getFileStatus(place).isFile();
    } catch (FileNotFoundException absent) {
      return null;
    } catch (IOException | RuntimeException unseen) {
      return false;
    }
  }
}
