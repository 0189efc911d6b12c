/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.gcs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import org.apache.hadoop.fs.FSInputStream;

/** A Hadoop stream over a channel of the GCS client, which is pinned to one generation. */
final class GcsInput extends FSInputStream {
  private final SeekableByteChannel channel;
  private boolean atEnd;

  GcsInput(SeekableByteChannel channel) {
    this.channel = channel;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0 || atEnd) {
      return length == 0 ? 0 : -1;
    }
    return channel.read(ByteBuffer.wrap(bytes, offset, length));
  }

  /** The channel refuses its own end as a position. */
  @Override
  public void seek(long position) throws IOException {
    atEnd = position == channel.size();
    if (!atEnd) {
      channel.position(position);
    }
  }

  @Override
  public long getPos() throws IOException {
    return atEnd ? channel.size() : channel.position();
  }

  @Override
  public boolean seekToNewSource(long position) {
    return false;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
