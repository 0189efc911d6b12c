/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.hdfs;

import io.github.flytehadoop.hadoop.overlay.Overlay;
import io.github.flytehadoop.hadoop.overlay.Profile;
import java.util.Arrays;

/**
 * HDFS and the other file systems that {@code DataConfig} says nothing about: their own files on
 * {@code HADOOP_CONF_DIR} decide.
 */
public final class HdfsSettings {
  private HdfsSettings() {}

  /** What the user's Configuration lacks. */
  public static Overlay of(Profile profile) {
    Overlay overlay = new Overlay();
    overlay.suggest(HdfsKey.SFTP_IMPL, "org.apache.hadoop.fs.sftp.SFTPFileSystem");
    // Spark's tasks and the jars of a MapReduce job are small files, too
    overlay.suggest(HdfsKey.CLOSE_DELAY, "10");
    overlay.suggest(HdfsKey.CLOSE_RETRIES, "11"); // 10 ms doubled 11 times: 20 s in all
    if (profile == Profile.ENGINE) {
      overlay.suggest(HdfsKey.CHECKSUM_COMBINE, "COMPOSITE_CRC");
      overlay.suggest(HdfsKey.FILE_IMPL, "org.apache.hadoop.fs.RawLocalFileSystem");
      Arrays.stream(HdfsKey.values())
          .filter(key -> key.key().endsWith(".impl.disable.cache"))
          .forEach(key -> overlay.set(key, "true"));
      overlay.set(HdfsKey.VIEWFS_LINKS, "false");
    }
    return overlay;
  }
}
