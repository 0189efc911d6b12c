/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.local;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.ByteRange;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Set;
import org.apache.hadoop.fs.Seekable;

/**
 * A range of one version of a file. A file that is replaced meanwhile stays readable to its end,
 * because the old one is open; one that is changed in place fails (F31).
 */
final class LocalRead extends InputStream implements Seekable {
  private static final int SLICE_BYTES = 128 * 1024;

  private final Location at;
  private final Path path;
  private final BasicFileAttributes opened;
  private final SeekableByteChannel channel;
  private final long end;
  private long left;

  private LocalRead(
      Location at,
      Path path,
      BasicFileAttributes opened,
      SeekableByteChannel channel,
      ByteRange range) {
    this.at = at;
    this.path = path;
    this.opened = opened;
    this.channel = channel;
    long available = opened.size() - range.offset();
    this.left = range.lengthBytes() < 0 ? available : Math.min(available, range.lengthBytes());
    this.end = range.offset() + left;
  }

  static InputStream open(
      Location at, Path path, Attributes pinned, ByteRange range, LocalHandles handles)
      throws IOException {
    Path named = path.toAbsolutePath();
    try (LocalHandles.Lease lease = lease(named, handles)) {
      Path name = named.getFileName();
      if (name != null && !lease.handle().attributes(name).isSymbolicLink()) {
        return new Wanted(at, path, pinned, range).open(lease.handle(), name);
      }
    }
    return openBehindLink(new Wanted(at, path, pinned, range), handles);
  }

  /** A link is resolved once, and what it led to opened through none. */
  private static InputStream openBehindLink(Wanted wanted, LocalHandles handles)
      throws IOException {
    Path real = wanted.path.toRealPath();
    Path name = real.getFileName();
    refuse(name == null, wanted.at, FailureKind.UNSUPPORTED, "it is a directory");
    try (LocalHandles.Lease lease = lease(real, handles)) {
      return wanted.open(lease.handle(), Objects.requireNonNull(name));
    }
  }

  private static LocalHandles.Lease lease(Path file, LocalHandles handles) throws IOException {
    Path parent = file.getParent();
    Path directory = parent == null ? file : parent;
    return handles.lease("", directory, () -> LocalHandle.openToUse(directory));
  }

  /** What somebody wants to read. */
  private record Wanted(Location at, Path path, Attributes pinned, ByteRange range) {
    InputStream open(LocalHandle directory, Path name) throws IOException {
      BasicFileAttributes found = directory.attributes(name);
      refuseUnlessListed(found);
      SeekableByteChannel channel = directory.open(name, Set.of(StandardOpenOption.READ));
      LocalRead opened = new LocalRead(at, path, found, channel, range);
      try {
        BasicFileAttributes after = directory.attributes(name);
        refuse(
            !isSame(found, after),
            at,
            FailureKind.SOURCE_CHANGED,
            "it was replaced while it was opened");
        channel.position(range.offset());
        opened.requireNoBytesPastEmpty();
        return opened;
      } catch (IOException failure) {
        channel.close();
        throw failure;
      }
    }

    private void refuseUnlessListed(BasicFileAttributes found) throws TransferException {
      Attributes now = LocalEntry.attributes("read", at, found);
      refuse(now.isDirectory(), at, FailureKind.UNSUPPORTED, "it is a directory");
      refuse(
          found.isSymbolicLink() || isAnother(pinned, found),
          at,
          FailureKind.SOURCE_CHANGED,
          "it was replaced since it was listed");
      refuse(
          isOther(pinned, now), at, FailureKind.SOURCE_CHANGED, "it changed since it was listed");
      refuse(
          range.offset() > found.size(),
          at,
          FailureKind.UNSUPPORTED,
          "the range starts at byte " + range.offset() + " of " + found.size());
    }
  }

  /** Whether the name stands for another file now than when it was listed. */
  private static boolean isAnother(Attributes pinned, BasicFileAttributes found) {
    String listed = pinned.fileId();
    return listed != null && !listed.equals(LocalEntry.idOf(found));
  }

  /** Times that went through a store or a plan in milliseconds are compared in milliseconds. */
  private static boolean isOther(Attributes pinned, Attributes now) {
    if (pinned.lengthBytes() == Attributes.UNKNOWN_LENGTH) {
      return false;
    }
    Instant then = pinned.modified();
    boolean sameTime =
        then.equals(then.truncatedTo(ChronoUnit.MILLIS))
            ? then.equals(now.modified().truncatedTo(ChronoUnit.MILLIS))
            : then.equals(now.modified());
    return pinned.lengthBytes() != now.lengthBytes() || !sameTime;
  }

  /** Files of /proc say that they are empty and are not. */
  private void requireNoBytesPastEmpty() throws IOException {
    refuse(
        opened.size() == 0 && channel.read(ByteBuffer.allocate(1)) > 0,
        at,
        FailureKind.UNSUPPORTED,
        "it says that it is empty but has bytes, as files of /proc do");
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    if (length == 0 || left == 0) {
      return length == 0 ? 0 : -1;
    }
    int wanted = (int) Math.min(left, Math.min(length, SLICE_BYTES));
    try {
      int read = channel.read(ByteBuffer.wrap(bytes, offset, wanted));
      refuse(read < 0, at, FailureKind.SOURCE_CHANGED, "it became shorter while it was read");
      left -= read;
      if (left == 0) {
        requireUnchanged();
      }
      return read;
    } catch (IOException failure) {
      throw LocalFailures.ofRead("read", at, path, failure);
    }
  }

  /** Before the last bytes are handed out, so that a reader who counts does not miss it. */
  private void requireUnchanged() throws IOException {
    BasicFileAttributes now;
    try {
      now = LocalEntry.following(path);
    } catch (NoSuchFileException removedMeanwhile) {
      return;
    }
    refuse(
        Objects.equals(opened.fileKey(), now.fileKey()) && !isSame(opened, now),
        at,
        FailureKind.SOURCE_CHANGED,
        "it was written while it was read");
  }

  private static boolean isSame(BasicFileAttributes before, BasicFileAttributes after) {
    return Objects.equals(before.fileKey(), after.fileKey())
        && before.size() == after.size()
        && before.lastModifiedTime().equals(after.lastModifiedTime());
  }

  private static void refuse(boolean wrong, Location at, FailureKind kind, String why)
      throws TransferException {
    if (wrong) {
      throw LocalFailures.of(kind, "read", at, why, null);
    }
  }

  @Override
  public void seek(long position) throws IOException {
    if (position < 0 || position > end) {
      throw Problem.cannot("seek to byte " + position + " of", at)
          .because("it ends at " + end)
          .made(EOFException::new);
    }
    channel.position(position);
    left = end - position;
  }

  @Override
  public long getPos() {
    return end - left;
  }

  @Override
  public boolean seekToNewSource(long position) {
    return false;
  }

  @Override
  public int available() {
    return (int) Math.min(left, Integer.MAX_VALUE);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
