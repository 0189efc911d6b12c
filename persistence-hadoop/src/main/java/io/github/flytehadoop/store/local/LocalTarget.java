/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.local;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.hadoop.Durability;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.Temporary;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.store.failure.Mismatch;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A temporary file beside its target, and the one step that publishes it. */
public final class LocalTarget {
  private static final Logger LOG = LoggerFactory.getLogger(LocalTarget.class);

  /** The JDK copies each buffer to memory that it keeps for the thread: keep that small. */
  private static final int SLICE_BYTES = 128 * 1024;

  /** Creates the file that is written. */
  public interface Opener {
    Opener PLAIN =
        path -> FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);

    /** Creates a file that must not exist, and opens it for writing. */
    FileChannel create(Path path) throws IOException;

    /** Forces the names in a directory to the disk; Windows has no such thing. */
    default void force(Path directory) throws IOException {
      if (File.separatorChar == '/') {
        try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
          names.force(true);
        }
      }
    }
  }

  /** How a file is published, and what has to be on the disk when it is. */
  record Publishing(WriteOptions options, Durability durability, Opener opener) {}

  private final Location at;
  private final Path target;
  private final Path temporary;
  private final Publishing publishing;
  private final FileChannel channel;
  private @Nullable String version;

  /** The directories whose names are new: those that were made, and the one they were made in. */
  private final List<Path> named = new ArrayList<>();

  private LocalTarget(
      Location at, Path target, Path temporary, Publishing publishing, FileChannel channel) {
    this.at = at;
    this.target = target;
    this.temporary = temporary;
    this.publishing = publishing;
    this.channel = channel;
  }

  static LocalTarget open(Location at, Path path, Publishing publishing) throws TransferException {
    Path target = path.toAbsolutePath();
    try {
      refuseUnlessFile(at, target);
      List<Path> named = new ArrayList<>();
      Path directory = target.getParent();
      for (Path above = directory; above != null; above = above.getParent()) {
        named.add(above);
        if (publishing.durability() == Durability.BUFFERED || Files.exists(above)) {
          break;
        }
      }
      Files.createDirectories(directory);
      Path temporary = target.resolveSibling(Temporary.newName(publishing.options().tag()));
      FileChannel channel = publishing.opener().create(temporary);
      LocalTarget opened = new LocalTarget(at, target, temporary, publishing, channel);
      opened.named.addAll(named);
      return opened;
    } catch (IOException failure) {
      throw LocalFailures.ofWrite("write", at, path, failure);
    }
  }

  /** A rename would replace a device or a pipe by a file, and so would {@code /dev/stdout}. */
  private static void refuseUnlessFile(Location at, Path target) throws IOException {
    Attributes there;
    try {
      there = LocalEntry.attributes("write", at, LocalEntry.following(target));
    } catch (NoSuchFileException free) {
      return;
    }
    if (there.isDirectory()) {
      throw LocalFailures.of(FailureKind.CONFLICT, "write", at, "it is a directory", null);
    }
  }

  /** Appends; on failure everything is discarded. */
  void write(byte[] bytes, int offset, int length) throws TransferException {
    try {
      for (int done = 0; done < length; ) {
        int slice = Math.min(SLICE_BYTES, length - done);
        done += channel.write(ByteBuffer.wrap(bytes, offset + done, slice));
      }
    } catch (IOException failure) {
      throw failed(failure);
    }
  }

  /** Writes all remaining bytes at a position; on failure everything is discarded. */
  void writeAt(long position, ByteBuffer bytes) throws TransferException {
    try {
      long next = position;
      while (bytes.hasRemaining()) {
        int slice = Math.min(SLICE_BYTES, bytes.remaining());
        int written = channel.write(bytes.slice(bytes.position(), slice), next);
        bytes.position(bytes.position() + written);
        next += written;
      }
    } catch (IOException failure) {
      throw failed(failure);
    }
  }

  /** Compares the length of what is on the disk; throws {@code INTEGRITY} when it differs. */
  void requireLength(long expectedBytes) throws TransferException {
    long found;
    try {
      found = channel.size();
    } catch (IOException failure) {
      throw failed(failure);
    }
    Mismatch.refuse(at, expectedBytes, found);
  }

  void publish() throws TransferException {
    boolean forced = publishing.durability() == Durability.FORCED;
    try {
      if (forced) {
        channel.force(true);
      }
      channel.close();
      refuseUnlessFile(at, target);
      version = Files.getLastModifiedTime(temporary).toInstant().toString();
      switch (publishing.options().existing()) {
        case REPLACE -> Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        case REFUSE -> link();
      }
      if (forced) {
        for (Path directory : named) {
          publishing.opener().force(directory);
        }
      }
    } catch (IOException failure) {
      throw failed(failure);
    }
  }

  /** The version that was published. */
  @Nullable String version() {
    return version;
  }

  private void link() throws IOException {
    try {
      Files.createLink(target, temporary);
    } catch (UnsupportedOperationException noLinks) {
      String why = "this disk has no hard links, without which it cannot keep what is there";
      throw LocalFailures.of(FailureKind.UNSUPPORTED, "write", at, why, noLinks);
    }
    discard();
  }

  private TransferException failed(IOException failure) {
    TransferException classified = LocalFailures.ofWrite("write", at, target, failure);
    discard();
    return classified;
  }

  /** Removes the temporary file; harmless when repeated. */
  void discard() {
    try {
      channel.close();
    } catch (IOException failure) {
      LOG.debug("Closing {} failed", temporary, failure);
    }
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException failure) {
      LOG.warn("Cannot remove the temporary file {}. Remove it.", temporary, failure);
    }
  }
}
