/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.simulation;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A directory of the cluster, under one of its names.
 *
 * @param behind a client of which the transfers do not know
 * @param directory its path
 * @param prefix what clients write before the path
 */
record HdfsDisk(FileSystem behind, String directory, String prefix) implements Disk {
  private Path path(String path) {
    return new Path(behind.getUri().getScheme(), behind.getUri().getAuthority(), below(path));
  }

  private String below(String path) {
    return path.isEmpty() ? directory : directory + "/" + path;
  }

  /** Directories have no empty names. */
  @Override
  public String found(String path) {
    return path.replaceAll("/+", "/");
  }

  @Override
  public String uri(String path) {
    return prefix + below(path);
  }

  @Override
  public SortedMap<String, String> files() throws IOException {
    SortedMap<String, String> found = new TreeMap<>();
    collect(path(""), found);
    return found;
  }

  private void collect(Path at, SortedMap<String, String> found) throws IOException {
    for (FileStatus entry : behind.listStatus(at)) {
      if (entry.isDirectory()) {
        collect(entry.getPath(), found);
      } else {
        String path = entry.getPath().toUri().getPath().substring(directory.length() + 1);
        try (InputStream in = behind.open(entry.getPath())) {
          found.put(path, Contents.text(in.readAllBytes()));
        }
      }
    }
  }

  @Override
  public boolean write(String path, String content) throws IOException {
    if (content.startsWith("\0") || path.indexOf(':') >= 0) {
      return false;
    }
    Path file = path(path);
    try {
      long before = behind.exists(file) ? behind.getFileStatus(file).getModificationTime() : 0;
      try (OutputStream out = behind.create(file, true)) {
        out.write(Contents.bytes(content));
      }
      if (behind.getFileStatus(file).getModificationTime() <= before) {
        behind.setTimes(file, before + 1, -1);
      }
      return true;
    } catch (IOException taken) {
      return false;
    }
  }

  @Override
  public List<String> remove(String path) throws IOException {
    List<String> gone = new ArrayList<>();
    for (String file : files().keySet()) {
      if (file.equals(path) || file.startsWith(path + "/")) {
        gone.add(file);
      }
    }
    if (path.indexOf(':') < 0) {
      behind.delete(path(path), true);
    }
    return gone;
  }

  @Override
  public void close() throws IOException {
    behind.delete(path(""), true);
  }
}
