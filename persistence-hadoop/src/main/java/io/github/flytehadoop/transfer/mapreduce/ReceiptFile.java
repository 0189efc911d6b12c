/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.mapreduce;

import io.github.flytehadoop.transfer.Receipt;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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

  static List<Receipt> readAll(Configuration configuration, FileSystem cluster, Path directory)
      throws IOException {
    List<Receipt> receipts = new ArrayList<>();
    for (FileStatus file : cluster.listStatus(directory)) {
      if (file.getPath().getName().startsWith("part-")) {
        read(configuration, file.getPath(), receipts);
      }
    }
    return receipts;
  }

  private static void read(Configuration configuration, Path file, List<Receipt> receipts)
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
