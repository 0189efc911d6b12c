/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.mapreduce;

import io.github.flytehadoop.transfer.Receipt;
import io.github.flytehadoop.transfer.Receipts;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.io.SequenceFile;

/** The receipts that the committed attempts of a job have written. */
final class ReceiptFile {
  private ReceiptFile() {}

  static Receipts readAll(Configuration configuration, FileSystem cluster, Path directory)
      throws IOException {
    Receipts receipts = new Receipts();
    for (FileStatus file : cluster.listStatus(directory)) {
      if (file.getPath().getName().startsWith("part-")) {
        read(configuration, file.getPath(), receipts);
      }
    }
    return receipts;
  }

  private static void read(Configuration configuration, Path file, Receipts receipts)
      throws IOException {
    try (SequenceFile.Reader reader =
        new SequenceFile.Reader(configuration, SequenceFile.Reader.file(file))) {
      BytesWritable value = new BytesWritable();
      while (reader.next(NullWritable.get(), value)) {
        receipts.add(Serialized.value(value.copyBytes(), Receipt.class));
      }
    }
  }
}
