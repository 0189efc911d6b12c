/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.hdfs;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A download over FTP. Hadoop's own stream cannot seek, and waits at its end for the server to
 * finish: for ever, when bytes are left that nobody takes. This one reads on to a later position,
 * and closes the data connection first when it is closed early, which is how FTP gives up.
 */
final class FtpRead extends FSInputStream {
  private static final Logger LOG = LoggerFactory.getLogger(FtpRead.class);
  private final FSDataInputStream in;
  private boolean atEnd;

  FtpRead(FSDataInputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    int one = in.read();
    atEnd = one < 0;
    return one;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int count = in.read(bytes, offset, length);
    atEnd = count < 0;
    return count;
  }

  @Override
  public void seek(long position) throws IOException {
    long ahead = position - getPos();
    if (ahead < 0) {
      throw new IOException("FTP reads forward only; open the file again");
    }
    byte[] passed = new byte[(int) Math.min(ahead, 64 << 10)];
    while (ahead > 0) {
      int count = read(passed, 0, (int) Math.min(ahead, passed.length));
      if (count < 0) {
        throw new java.io.EOFException("the file ends before byte " + position);
      }
      ahead -= count;
    }
  }

  @Override
  public long getPos() throws IOException {
    return in.getPos();
  }

  @Override
  public boolean seekToNewSource(long position) {
    return false;
  }

  @Override
  public void close() throws IOException {
    if (atEnd) {
      in.close(); // a transfer that the server did not finish fails here
      return;
    }
    closeDataConnection();
    try {
      in.close();
    } catch (IOException | RuntimeException givenUp) {
      LOG.debug("An FTP download was given up", givenUp);
    }
  }

  /** Hadoop hands out no way to it but the field. */
  private void closeDataConnection() throws IOException {
    InputStream ftp = in.getWrappedStream();
    try {
      Field data = ftp.getClass().getDeclaredField("wrappedStream");
      data.setAccessible(true);
      ((InputStream) data.get(ftp)).close();
    } catch (ReflectiveOperationException | ClassCastException otherHadoop) {
      LOG.debug("This Hadoop has another FTP stream: it is read to its end", otherHadoop);
      in.transferTo(java.io.OutputStream.nullOutputStream());
    }
  }
}
