/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.azure;

import com.azure.core.http.rest.PagedResponse;
import com.azure.storage.blob.models.BlobItem;
import io.github.flytehadoop.concurrent.DaemonThreads;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.hadoop.request.PageTokens;
import io.github.flytehadoop.store.failure.HadoopFailures;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.NotDirectoryException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/** Directories of a flat account: prefixes of keys, and markers of those that are empty. */
final class AzureDirectories {
  private static final int PAGE = 1000;
  private static final int DELETES_AT_ONCE = 16;

  private final AzureRequests requests;

  AzureDirectories(AzureRequests requests) {
    this.requests = requests;
  }

  /** What is at a path: a blob, the container, or a directory that something is below. */
  FileStatus status(Path path) throws IOException {
    if (path.isRoot()) {
      requests.page("", AzureRequests.Depth.TREE, 1, null);
      return AzureFileStatus.directory(path);
    }
    try {
      return AzureFileStatus.of(path, requests.properties(path));
    } catch (IOException | RuntimeException failure) {
      if (!isMissing(failure)) {
        throw failure;
      }
      String prefix = AzureRequests.key(path) + "/";
      if (!requests.isAnyBelow(prefix)) {
        throw failure;
      }
      return AzureFileStatus.directory(path);
    }
  }

  private static boolean isMissing(Exception failure) {
    return HadoopFailures.kindOf(failure, FailureKind.CONFLICT) == FailureKind.NOT_FOUND;
  }

  /** What is below a directory, which has to be one. */
  RemoteIterator<FileStatus> list(Path root, AzureRequests.Depth depth) throws IOException {
    AzureListing listing = new AzureListing(requests, root, depth);
    // this fails where nothing is
    if (!listing.isAnything() && !root.isRoot() && !status(root).isDirectory()) {
      throw new NotDirectoryException(root + " is a file");
    }
    return listing;
  }

  /** Makes a marker, unless something is there; no parent may be a file. */
  boolean make(Path path) throws IOException {
    if (path.isRoot() || isThere(path)) {
      return true;
    }
    for (Path parent = path.getParent(); !parent.isRoot(); parent = parent.getParent()) {
      if (isThere(parent)) {
        break;
      }
    }
    try {
      requests.mark(path);
    } catch (IOException | RuntimeException failure) {
      boolean taken = HadoopFailures.kindOf(failure, FailureKind.CONFLICT) == FailureKind.CONFLICT;
      if (!taken || !isThere(path)) { // else another made it, or our own answer was lost
        throw failure;
      }
    }
    return true;
  }

  private boolean isThere(Path path) throws IOException {
    try {
      if (!status(path).isDirectory()) {
        throw new FileAlreadyExistsException(path + " is a file");
      }
      return true;
    } catch (FileAlreadyExistsException file) {
      throw file;
    } catch (IOException | RuntimeException failure) {
      if (isMissing(failure)) {
        return false;
      }
      throw failure;
    }
  }

  /** Deletes all blobs below a directory, then its marker; several at once. */
  boolean delete(Path directory) throws IOException {
    ExecutorService threads =
        Executors.newFixedThreadPool(DELETES_AT_ONCE, DaemonThreads.named("flyte-azure-delete"));
    try {
      boolean some = deleteBelow(directory, threads);
      return deleteIfThere(directory) || some;
    } finally {
      threads.shutdownNow();
      DaemonThreads.awaitEnd(threads);
    }
  }

  private boolean deleteBelow(Path directory, ExecutorService threads) throws IOException {
    String prefix = AzureRequests.key(directory) + "/";
    PageTokens pages = new PageTokens();
    PagedResponse<BlobItem> page;
    boolean some = false;
    do {
      page = requests.page(prefix, AzureRequests.Depth.TREE, PAGE, pages.token());
      List<Future<?>> pending = new ArrayList<>();
      for (BlobItem item : page.getValue()) {
        pending.add(threads.submit(() -> deleteIfThere(item.getName())));
        some = true;
      }
      await(pending);
    } while (pages.turn(page.getContinuationToken()));
    return some;
  }

  private boolean deleteIfThere(Path path) throws IOException {
    return deleteIfThere(AzureRequests.key(path));
  }

  private boolean deleteIfThere(String key) throws IOException {
    try {
      requests.delete(key);
      return true;
    } catch (IOException | RuntimeException failure) {
      if (isMissing(failure)) {
        return false;
      }
      throw failure;
    }
  }

  private static void await(List<Future<?>> pending) throws IOException {
    try {
      for (Future<?> one : pending) {
        one.get();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while deleting");
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof IOException io) {
        throw io;
      }
      if (failure.getCause() instanceof RuntimeException told) {
        throw told;
      }
      throw new IOException(failure.getCause());
    }
  }
}
