/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/** A file on a disk that takes some bytes and then fails. */
class FailingChannel extends FileChannel {
  private final FileChannel disk;
  private final IOException failure;
  private long room;

  FailingChannel(FileChannel disk, long room, IOException failure) {
    this.disk = disk;
    this.room = room;
    this.failure = failure;
  }

  /** Opens files of which {@code room} bytes can be written. */
  static LocalStagedFile.Opener after(long room, IOException failure) {
    return path -> new FailingChannel(LocalStagedFile.Opener.PLAIN.create(path), room, failure);
  }

  private void take(ByteBuffer source) throws IOException {
    room -= source.remaining();
    if (room < 0) {
      throw failure;
    }
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    take(source);
    return disk.write(source);
  }

  @Override
  public int write(ByteBuffer source, long position) throws IOException {
    take(source);
    return disk.write(source, position);
  }

  @Override
  public long size() throws IOException {
    return disk.size();
  }

  @Override
  protected void implCloseChannel() throws IOException {
    disk.close();
    if (room == 0) {
      throw failure;
    }
  }

  @Override
  public int read(ByteBuffer target) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int read(ByteBuffer target, long position) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long read(ByteBuffer[] targets, int offset, int length) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long write(ByteBuffer[] sources, int offset, int length) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long position() {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileChannel position(long position) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileChannel truncate(long size) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void force(boolean metadata) throws IOException {
    throw new UnsupportedOperationException();
  }

  @Override
  public long transferTo(long position, long count, WritableByteChannel target) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long transferFrom(ReadableByteChannel source, long position, long count) {
    throw new UnsupportedOperationException();
  }

  @Override
  public MappedByteBuffer map(MapMode mode, long position, long size) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileLock lock(long position, long size, boolean shared) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileLock tryLock(long position, long size, boolean shared) {
    throw new UnsupportedOperationException();
  }
}
