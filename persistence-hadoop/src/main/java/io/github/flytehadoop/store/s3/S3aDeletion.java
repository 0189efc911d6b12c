/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.s3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * Deletes files through S3A in pages, by what Hadoop since 3.4.1 offers to those who are compiled
 * against older releases. These delete one by one.
 */
final class S3aDeletion {
  private static final int TRIES = 3;
  private static final @Nullable Method PAGE_SIZE = method("bulkDelete_pageSize");
  private static final @Nullable Method DELETE = method("bulkDelete_delete");

  private final FileSystem fileSystem;
  private final Path base;

  private S3aDeletion(FileSystem fileSystem, Path base) {
    this.fileSystem = fileSystem;
    this.base = base;
  }

  /** The deletion of files that are at or below a path. */
  static S3aDeletion of(FileSystem fileSystem, Path base) {
    return new S3aDeletion(fileSystem, base);
  }

  private static @Nullable Method method(String name) {
    try {
      Class<?> offered = Class.forName("org.apache.hadoop.io.wrappedio.WrappedIO");
      for (Method method : offered.getMethods()) {
        if (method.getName().equals(name)) {
          return method;
        }
      }
    } catch (ClassNotFoundException older) {
      // no pages
    }
    return null;
  }

  /** How many files one request may name. */
  int pageSize() throws IOException {
    return PAGE_SIZE == null ? 1 : (Integer) call(PAGE_SIZE, fileSystem, base);
  }

  /**
   * Deletes files.
   *
   * @return those which the store refused, with its reason
   */
  @SuppressWarnings("unchecked") // the declared result of that method
  List<Map.Entry<Path, String>> delete(Collection<Path> page) throws IOException {
    if (DELETE != null) {
      return (List<Map.Entry<Path, String>>) call(DELETE, fileSystem, base, page);
    }
    for (Path file : page) {
      fileSystem.delete(file, false);
    }
    return List.of();
  }

  /** The same; of a page that was carried out in part the rest is tried again (F26). */
  List<Map.Entry<Path, String>> deleteAgain(Collection<Path> page) throws IOException {
    List<Map.Entry<Path, String>> refused = delete(new ArrayList<>(page));
    for (int tries = 1; !refused.isEmpty() && tries < TRIES; tries++) {
      refused = delete(refused.stream().map(Map.Entry::getKey).toList());
    }
    return refused;
  }

  private static Object call(Method method, Object... arguments) throws IOException {
    try {
      return method.invoke(null, arguments);
    } catch (InvocationTargetException failure) {
      if (failure.getCause() instanceof UncheckedIOException io) {
        throw io.getCause();
      }
      if (failure.getCause() instanceof RuntimeException runtime) {
        throw runtime;
      }
      throw new IOException(failure.getCause());
    } catch (IllegalAccessException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
