/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.location;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.error.TransferException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * The local directory for downloads and temporary files of one provider. It is never removed here:
 * whoever made its parent does that.
 *
 * <p>Source: FAP-CT-2, FAP-CT-3, FAP-P-2.
 *
 * @param directory {@code <localSandboxDir>/local_flytekit}
 */
public record LocalSandbox(Path directory) {
  private static final String NAME = "local_flytekit";

  /** Refuses null. */
  public LocalSandbox {
    Objects.requireNonNull(directory, "directory");
  }

  /**
   * The sandbox below a directory. It and its parents are created; that they exist is no error.
   *
   * @throws IllegalArgumentException when the path is empty, which would mean the working directory
   * @throws TransferException when the directory cannot be created
   */
  public static LocalSandbox create(Path localSandboxDir) throws IOException {
    Objects.requireNonNull(localSandboxDir, "localSandboxDir");
    if (localSandboxDir.toString().isBlank()) {
      throw Problem.cannot("use an empty localSandboxDir")
          .because("It would be the working directory")
          .remedy("Give a directory for temporary files.")
          .argument();
    }
    return new LocalSandbox(created(localSandboxDir.resolve(NAME)));
  }

  /** A new path; nothing is created. Source: FAP-RL-1. */
  public Path randomPath(String randomName) {
    return below(randomName);
  }

  /**
   * A new path with the last segment of a file name; an empty one adds nothing. Nothing is created.
   *
   * <p>Source: FAP-RL-1, FAP-FT-1.
   *
   * @throws IllegalArgumentException when the last segment could leave the sandbox
   */
  public Path randomPath(String randomName, String fileName) {
    Path own = below(randomName);
    String tail = PathSyntax.fileTail(fileName);
    return tail.isEmpty() ? own : own.resolve(new RelativePath(tail).value());
  }

  /**
   * A new directory, created. Source: FAP-RL-2.
   *
   * @throws TransferException when it cannot be created
   */
  public Path randomDirectory(String randomName) throws IOException {
    return created(below(randomName));
  }

  private Path below(String randomName) {
    return directory.resolve(new RelativePath(randomName).value());
  }

  private static Path created(Path path) throws IOException {
    try {
      return Files.createDirectories(path);
    } catch (FileSystemException e) {
      String why = e instanceof FileAlreadyExistsException ? "a file is in the way" : reason(e);
      throw Problem.cannot("create", path)
          .because(why)
          .remedy("Choose a localSandboxDir that you may write to.")
          .kind(FailureKind.LOCAL_IO)
          .causedBy(e)
          .exception();
    }
  }

  /** The operating system's words, or the name of the exception where it has none. */
  static String reason(IOException e) {
    String said = e instanceof FileSystemException failure ? failure.getReason() : e.getMessage();
    return said == null ? e.getClass().getSimpleName() : said;
  }
}
