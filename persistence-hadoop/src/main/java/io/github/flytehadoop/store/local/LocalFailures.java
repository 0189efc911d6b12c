/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.local;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Printable;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.failure.FailureAdvice;
import io.github.flytehadoop.store.failure.RootCause;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The one place where an exception of java.nio becomes a {@link FailureKind}. What the exception
 * classes do not tell is looked up on the disk: the texts of an operating system are translated.
 */
final class LocalFailures {
  private record Rule(Class<? extends IOException> type, FailureKind kind, String why) {}

  private static final List<Rule> RULES =
      List.of(
          new Rule(
              ReplacedByLinkException.class,
              FailureKind.SOURCE_CHANGED,
              "a link has taken the place of a directory on the way"),
          new Rule(NoSuchFileException.class, FailureKind.NOT_FOUND, "it does not exist"),
          new Rule(AccessDeniedException.class, FailureKind.ACCESS_DENIED, "permission is denied"),
          new Rule(FileAlreadyExistsException.class, FailureKind.CONFLICT, "the name is taken"),
          new Rule(NotDirectoryException.class, FailureKind.UNSUPPORTED, "it is a file"),
          new Rule(DirectoryNotEmptyException.class, FailureKind.CONFLICT, "others write below it"),
          new Rule(FileSystemLoopException.class, FailureKind.UNSUPPORTED, "its links form a loop"),
          new Rule(
              AtomicMoveNotSupportedException.class,
              FailureKind.UNSUPPORTED,
              "this disk cannot rename in one step"),
          new Rule(
              ClosedChannelException.class, FailureKind.INTERRUPTED, "the thread was interrupted"),
          new Rule(
              InterruptedIOException.class, FailureKind.INTERRUPTED, "the thread was interrupted"));

  private static final int LONGEST_NAME_BYTES = 255;
  private static final long LITTLE_SPACE_BYTES = 1 << 20;

  private LocalFailures() {}

  /** A failure of reading, listing or deleting. */
  static TransferException ofRead(String verb, Location at, Path path, IOException cause) {
    if (cause instanceof TransferException already) {
      return already;
    }
    if (isPlain(cause) && hasTooLongName(path)) {
      return tooLong(verb, at, cause);
    }
    if (isPlain(cause) && fileAbove(path)) {
      return of(FailureKind.NOT_FOUND, verb, at, "a part of its path is a file", cause);
    }
    Rule rule = ruleOf(cause);
    return rule == null ? ofDisk(verb, at, path, cause) : of(rule.kind, verb, at, rule.why, cause);
  }

  /** A failure of writing, to which what is missing is not the target but what was written. */
  static TransferException ofWrite(String verb, Location at, Path path, IOException cause) {
    if (cause instanceof NoSuchFileException) {
      String why = "its temporary file or its directory was removed meanwhile";
      return of(FailureKind.INTEGRITY, verb, at, why, cause);
    }
    if (cause instanceof ReplacedByLinkException link) {
      String why = Printable.of(link.getFile()) + " is a link, or was replaced, on the way to it";
      return of(FailureKind.CONFLICT, verb, at, why, cause);
    }
    if (isPlain(cause) && fileAbove(path)) {
      return of(FailureKind.CONFLICT, verb, at, "a part of its path is a file", cause);
    }
    return ofRead(verb, at, path, cause);
  }

  /** A failure whose reason we know ourselves. */
  static TransferException of(
      FailureKind kind, String verb, Location at, String why, @Nullable Throwable cause) {
    return Problem.cannot(verb, at.text())
        .because(why)
        .remedy(advice(kind, at))
        .kind(kind)
        .causedBy(cause)
        .exception();
  }

  private static String advice(FailureKind kind, Location at) {
    return switch (kind) {
      case NOT_FOUND -> "Check the path.";
      case ACCESS_DENIED -> "Change its permissions, or run as a user who has them.";
      default -> FailureAdvice.of(kind, at);
    };
  }

  private static TransferException tooLong(String verb, Location at, IOException cause) {
    String why = "a name in its path is longer than " + LONGEST_NAME_BYTES + " bytes";
    return of(FailureKind.UNSUPPORTED, verb, at, why, cause);
  }

  private static TransferException ofDisk(String verb, Location at, Path path, IOException cause) {
    Long free = freeBytes(path);
    String why = reason(cause).toLowerCase(Locale.ROOT);
    String advice =
        isFull(why, free)
            ? "Free some space there, or choose another disk"
            : "Check the disk, its quota and how many files are open ('ulimit -n')";
    String left = free == null ? "" : " (" + free / 1024 + " KiB are free)";
    return Problem.cannot(verb, at.text())
        .because(why)
        .remedy(advice + left + ".")
        .kind(FailureKind.LOCAL_IO)
        .causedBy(cause)
        .exception();
  }

  /** What the operating system said, without the path, which may be a temporary one. */
  private static String reason(IOException cause) {
    return cause instanceof FileSystemException failure && failure.getReason() != null
        ? failure.getReason()
        : RootCause.why(cause);
  }

  /** The kind is the same with any text: this only chooses the advice. */
  private static boolean isFull(String why, @Nullable Long free) {
    return why.contains("space")
        || why.contains("quota")
        || (free != null && free < LITTLE_SPACE_BYTES);
  }

  private static @Nullable Long freeBytes(Path path) {
    try {
      for (Path at = path.toAbsolutePath(); at != null; at = at.getParent()) {
        if (Files.exists(at)) {
          return Files.getFileStore(at).getUsableSpace();
        }
      }
    } catch (IOException unknown) {
      return null;
    }
    return null;
  }

  private static @Nullable Rule ruleOf(IOException cause) {
    return RULES.stream().filter(rule -> rule.type.isInstance(cause)).findFirst().orElse(null);
  }

  /** Whether the class of the exception says nothing. */
  private static boolean isPlain(IOException cause) {
    return cause.getClass() == FileSystemException.class || cause.getClass() == IOException.class;
  }

  private static boolean hasTooLongName(Path path) {
    for (Path name : path) {
      if (name.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME_BYTES) {
        return true;
      }
    }
    return false;
  }

  private static boolean fileAbove(Path path) {
    for (Path above = path.toAbsolutePath().getParent(); above != null; above = above.getParent()) {
      if (Files.exists(above, LinkOption.NOFOLLOW_LINKS)) {
        return !Files.isDirectory(above);
      }
    }
    return false;
  }
}
