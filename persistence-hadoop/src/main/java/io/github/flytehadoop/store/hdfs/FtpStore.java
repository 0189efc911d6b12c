/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.hdfs;

import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.ByteRange;
import io.github.flytehadoop.store.ReservedNames;
import java.io.IOException;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.ftp.FTPFileSystem;

/**
 * FTP through Hadoop's client, which reads a file from its first byte to its last or not at all.
 */
final class FtpStore extends RenamingStore {
  FtpStore(FTPFileSystem fileSystem) {
    super(fileSystem, STREAM_TRAITS);
  }

  /** FTP servers leave names with a dot out of their listings, and Hadoop looks there. */
  @Override
  String temporaryName(String tag) {
    return ReservedNames.newVisibleName(tag);
  }

  @Override
  protected FSDataInputStream openStream(Path path, Attributes attributes, ByteRange range)
      throws IOException {
    return new FSDataInputStream(new FtpRead(super.openStream(path, attributes, range)));
  }
}
