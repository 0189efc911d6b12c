/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.mapreduce;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.transfer.TransferItem;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.InputSplit;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.task.TaskAttemptContextImpl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a mapper tells of its progress, by which YARN sees who is slow. */
@Rule("F52")
class BinProgressTest {
  private static final long BYTES = 6L << 20;

  @TempDir java.nio.file.Path temp;

  @Test
  void itIsThatOfBytesAndFilesAndNotOfRecords() throws Exception {
    Path file = new Path(temp.resolve("bins").toString());
    List<TransferItem> bin =
        List.of(
            new TransferItem(0, "hdfs://h/a", "s3://b/a", BYTES, 0, null),
            new TransferItem(1, "hdfs://h/b", "s3://b/b", BYTES, 0, null));
    Job job = Job.getInstance(new Configuration(false));
    BinFile.write(FileSystem.getLocal(job.getConfiguration()), file, List.of(bin));
    BinInputFormat.read(job, file);
    BinInputFormat format = new BinInputFormat();
    InputSplit split = format.getSplits(job).get(0);
    var task = new TaskAttemptContextImpl(job.getConfiguration(), new TaskAttemptID());

    try (var reader = format.createRecordReader(split, task)) {
      assertThat(reader.nextKeyValue()).isTrue();
      BinProgress moved = reader.getCurrentValue();
      assertThat(moved.items()).isEqualTo(bin);
      assertThat(reader.getProgress()).isZero();
      moved.advanced(BYTES);
      moved.finished("hdfs://h/a", BYTES);
      assertThat(reader.nextKeyValue()).as("the next record").isFalse();
      assertThat(reader.getProgress()).isEqualTo(0.5f);
      moved.advanced(2 * BYTES);
      moved.finished("hdfs://h/b", BYTES);
      assertThat(reader.getProgress()).as("when bytes were sent again").isOne();
    }
  }
}
