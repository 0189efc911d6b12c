/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.local;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.hadoop.Durability;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.FileMode;
import io.github.flytehadoop.store.ReservedNames;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.store.failure.IntegrityCheck;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A temporary file beside its target, and the one step that publishes it. */
public final class LocalStagedFile {
  private static final Logger LOG = LoggerFactory.getLogger(LocalStagedFile.class);

  /** The JDK copies each buffer to memory that it keeps for the thread: keep that small. */
  private static final int SLICE_BYTES = 128 * 1024;

  private static final Set<OpenOption> NEW =
      Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW, LinkOption.NOFOLLOW_LINKS);

  /** Creates the file that is written. */
  public interface Opener {
    Opener PLAIN =
        new Opener() {
          @Override
          public FileChannel create(Path path) throws IOException {
            return (FileChannel) Files.newByteChannel(path, NEW);
          }

          @Override
          public FileChannel createIn(SecureDirectoryStream<Path> directory, Path path)
              throws IOException {
            SeekableByteChannel channel = directory.newByteChannel(path.getFileName(), NEW);
            if (channel instanceof FileChannel file) {
              return file;
            }
            channel.close();
            throw new UnsupportedOperationException("files of this disk cannot be forced to it");
          }
        };

    /** Creates a file that must not exist, and opens it for writing. */
    FileChannel create(Path path) throws IOException;

    /** Creates it in an open directory; by its path unless an opener does it better. */
    default FileChannel createIn(SecureDirectoryStream<Path> directory, Path path)
        throws IOException {
      return create(path);
    }

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
  record Publishing(
      WriteOptions options, @Nullable Path root, Durability durability, Opener opener) {}

  private final Location at;
  private final Path target;
  private final LocalPlace place;
  private final Path temporary;
  private final Publishing publishing;
  private final FileChannel channel;
  private @Nullable String version;
  private final AtomicBoolean closed = new AtomicBoolean();

  /** The directories whose names are new: those that were made, and the one they were made in. */
  private final List<Path> named = new ArrayList<>();

  private LocalStagedFile(
      Location at, Path target, LocalPlace place, Path temporary, Publishing publishing)
      throws IOException {
    this.at = at;
    this.target = target;
    this.place = place;
    this.temporary = temporary;
    this.publishing = publishing;
    this.channel = place.handle().create(temporary, publishing.opener());
  }

  static LocalStagedFile open(Location at, Path path, Publishing publishing, LocalHandles handles)
      throws TransferException {
    Path target = path.toAbsolutePath();
    try {
      List<Path> named = named(target.getParent(), publishing.durability());
      LocalPlace place = LocalPlace.of(handles, target, publishing.root());
      try {
        refuseUnlessFile(at, target, place);
        Path temporary = target.resolveSibling(ReservedNames.newName(publishing.options().tag()));
        LocalStagedFile opened =
            new LocalStagedFile(at, target, place, temporary.getFileName(), publishing);
        opened.named.addAll(named);
        opened.giveMode();
        return opened;
      } catch (IOException | RuntimeException failure) {
        place.close();
        throw failure;
      }
    } catch (IOException failure) {
      throw LocalFailures.ofWrite("write", at, path, failure);
    }
  }

  /** Before the first byte: what only some may read is never open to others. */
  private void giveMode() throws IOException {
    FileMode mode = publishing.options().mode();
    if (mode == null) {
      return;
    }
    try {
      place.handle().setMode(temporary, mode);
    } catch (IOException | RuntimeException refused) {
      discard();
      throw refused;
    }
  }

  /** The directories that get a name on the way, while they are not there yet. */
  private static List<Path> named(@Nullable Path directory, Durability durability) {
    List<Path> named = new ArrayList<>();
    for (Path above = directory; above != null; above = above.getParent()) {
      named.add(above);
      if (durability == Durability.BUFFERED || Files.exists(above)) {
        break;
      }
    }
    return named;
  }

  /** A rename would replace a device or a pipe by a file, and so would {@code /dev/stdout}. */
  private static void refuseUnlessFile(Location at, Path target, LocalPlace place)
      throws IOException {
    Attributes there;
    try {
      BasicFileAttributes found = place.handle().attributes(place.name());
      there =
          LocalEntry.attributes(
              "write", at, found.isSymbolicLink() ? LocalEntry.following(target) : found);
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
    IntegrityCheck.requireEqual(at, expectedBytes, found);
  }

  void publish() throws TransferException {
    boolean forced = publishing.durability() == Durability.FORCED;
    try {
      if (forced) {
        channel.force(true);
      }
      channel.close();
      refuseUnlessFile(at, target, place);
      place.requireInPlace();
      version = place.handle().attributes(temporary).lastModifiedTime().toInstant().toString();
      switch (publishing.options().existing()) {
        case REPLACE -> place.handle().rename(temporary, place.name());
        case REFUSE -> link();
      }
      if (forced) {
        for (Path directory : named) {
          publishing.opener().force(directory);
        }
      }
      if (!closed.getAndSet(true)) {
        place.close();
      }
    } catch (IOException failure) {
      throw failed(failure);
    }
  }

  /** The version that was published. */
  @Nullable String version() {
    return version;
  }

  /** By both paths: Java links nothing relative to an open directory. */
  private void link() throws IOException {
    try {
      Files.createLink(target, target.resolveSibling(temporary));
    } catch (UnsupportedOperationException noLinks) {
      String why = "this disk has no hard links, without which it cannot keep what is there";
      throw LocalFailures.of(FailureKind.UNSUPPORTED, "write", at, why, noLinks);
    }
    removeTemporary();
  }

  private TransferException failed(IOException failure) {
    TransferException classified = LocalFailures.ofWrite("write", at, target, failure);
    discard();
    return classified;
  }

  /** Removes the temporary file; harmless when repeated. */
  void discard() {
    if (closed.getAndSet(true)) {
      return;
    }
    try {
      channel.close();
    } catch (IOException failure) {
      LOG.debug("Closing {} failed", temporary, failure);
    }
    removeTemporary();
    place.close();
  }

  private void removeTemporary() {
    try {
      place.handle().deleteFile(temporary);
    } catch (NoSuchFileException published) {
      // or swept by somebody else
    } catch (IOException failure) {
      Path left = target.resolveSibling(temporary);
      LOG.warn("could not remove the temporary file {}: remove it", left, failure);
    }
  }
}
