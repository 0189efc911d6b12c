/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.hdfs;

import io.github.flytehadoop.hadoop.overlay.HadoopKey;
import java.util.List;

/** The keys of HDFS, viewfs, http, ftp, sftp and local files that this library sets or masks. */
public enum HdfsKey implements HadoopKey {
  HDFS_UNCACHED("fs.hdfs.impl.disable.cache", "instances belong to this library"),
  WEBHDFS_UNCACHED("fs.webhdfs.impl.disable.cache", "instances belong to this library"),
  SWEBHDFS_UNCACHED("fs.swebhdfs.impl.disable.cache", "instances belong to this library"),
  VIEWFS_UNCACHED("fs.viewfs.impl.disable.cache", "instances belong to this library"),
  HTTP_UNCACHED("fs.http.impl.disable.cache", "instances belong to this library"),
  HTTPS_UNCACHED("fs.https.impl.disable.cache", "instances belong to this library"),
  FTP_UNCACHED("fs.ftp.impl.disable.cache", "instances belong to this library"),
  SFTP_UNCACHED("fs.sftp.impl.disable.cache", "instances belong to this library"),
  FILE_UNCACHED("fs.file.impl.disable.cache", "instances belong to this library"),
  CHECKSUM_COMBINE(
      "dfs.checksum.combine.mode", "a checksum of the bytes, whatever the blocks they are in"),
  CLOSE_DELAY(
      "dfs.client.block.write.locateFollowingBlock.initial.delay.ms",
      "first wait for the report of a last block, which Hadoop makes 400 ms for each small file"),
  CLOSE_RETRIES(
      "dfs.client.block.write.locateFollowingBlock.retries",
      "as patient as Hadoop in spite of the shorter first wait"),
  FILE_IMPL("fs.file.impl", "the local disk without side files for checksums"),
  VIEWFS_LINKS(
      "fs.viewfs.mount.links.as.symlinks", "mounts are listed as the directories that they are"),
  SFTP_IMPL("fs.sftp.impl", "file system of sftp://, which Hadoop's defaults leave out");

  private final String key;
  private final String purpose;

  HdfsKey(String key, String purpose) {
    this.key = key;
    this.purpose = purpose;
  }

  @Override
  public String key() {
    return key;
  }

  /** No setting of these is a secret; a password of ftp or sftp is known by its name. */
  @Override
  public Kind kind() {
    return Kind.PLAIN;
  }

  @Override
  public String purpose() {
    return purpose;
  }

  /** None: HDFS is configured by its own files. */
  @Override
  public List<String> components() {
    return List.of();
  }
}
