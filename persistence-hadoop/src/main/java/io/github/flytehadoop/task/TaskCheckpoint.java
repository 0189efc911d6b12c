/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.task;

import io.github.flytehadoop.FileAccessProvider;
import io.github.flytehadoop.error.DataNotFoundException;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.transfer.BlobDimensionality;
import io.github.flytehadoop.transfer.PendingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt leaves for the next one. Read is what the last attempt saved; written is what the
 * next one reads.
 */
public final class TaskCheckpoint {
  /** The name under which flytekit keeps a checkpoint that is bytes. */
  private static final String BYTES = "_dst_cp";

  private final FileAccessProvider provider;
  private final @Nullable String target;
  private final @Nullable String previous;

  TaskCheckpoint(FileAccessProvider provider, TaskArguments arguments) {
    this.provider = provider;
    this.target = arguments.checkpointPrefix();
    this.previous = arguments.previousCheckpoint();
  }

  /**
   * Downloads what the last attempt saved to a local directory.
   *
   * @return whether there was anything
   * @throws IOException when it cannot be read
   */
  public boolean restore(Path directory) throws IOException {
    Objects.requireNonNull(directory, "directory");
    if (previous == null) {
      return false;
    }
    try {
      return provider.downloadDirectory(previous, directory).files() > 0;
    } catch (DataNotFoundException none) {
      return false;
    }
  }

  /**
   * The bytes that the last attempt wrote, or empty when it wrote none.
   *
   * @throws IOException when they cannot be read
   */
  public Optional<byte[]> read() throws IOException {
    if (previous == null) {
      return Optional.empty();
    }
    try (InputStream in = provider.openRead(child(previous))) {
      return Optional.of(in.readAllBytes());
    } catch (DataNotFoundException none) {
      return Optional.empty();
    }
  }

  /**
   * Uploads a file, or what is in a directory. Files of another name that were saved before stay.
   *
   * @throws IllegalStateException when the arguments of the task name no place for checkpoints
   */
  public void save(Path fileOrDirectory) throws IOException {
    Objects.requireNonNull(fileOrDirectory, "fileOrDirectory");
    String prefix = required();
    if (Files.isDirectory(fileOrDirectory)) {
      provider.putData(fileOrDirectory, prefix, BlobDimensionality.MULTIPART);
    } else {
      provider.putData(fileOrDirectory, prefix + "/" + fileOrDirectory.getFileName());
    }
  }

  /**
   * Writes bytes in place of those that this attempt wrote before.
   *
   * @throws IllegalStateException when the arguments of the task name no place for checkpoints
   */
  public void write(byte[] bytes) throws IOException {
    try (PendingOutput out = provider.openWrite(child(required()))) {
      out.write(bytes);
      out.commit();
    }
  }

  private String required() {
    String prefix = target;
    if (prefix == null) {
      throw Problem.cannot("save a checkpoint")
          .because("the arguments of the task name no place for it")
          .remedy("Declare --checkpoint-path {{.checkpointOutputPrefix}}.")
          .state();
    }
    return prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
  }

  private static String child(String prefix) {
    return prefix.endsWith("/") ? prefix + BYTES : prefix + "/" + BYTES;
  }
}
