/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.mapreduce;

import io.github.flytehadoop.transfer.Receipt;
import io.github.flytehadoop.transfer.ReceiptListener;
import io.github.flytehadoop.transfer.TransferItem;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.io.SequenceFile;

/**
 * The receipts that the committed attempts of a job have written, one file a task: each appears
 * whole, while the job goes on, and outlives whoever submitted the job.
 */
final class ReceiptFiles {
  private static final String TASK = "part-m-";

  private final Configuration configuration;
  private final FileSystem cluster;
  private final JobStaging staging;
  private final ReceiptListener arrivals;
  private final Set<String> read = new HashSet<>();
  private List<BinFile.Place> places = List.of();

  ReceiptFiles(
      Configuration configuration,
      FileSystem cluster,
      JobStaging staging,
      ReceiptListener arrivals) {
    this.configuration = configuration;
    this.cluster = cluster;
    this.staging = staging;
    this.arrivals = arrivals;
  }

  /** The receipts of tasks that have ended since the last call. */
  List<Receipt> readNew() throws IOException {
    List<Receipt> all = new ArrayList<>();
    for (FileStatus file : files()) {
      String name = file.getPath().getName();
      if (name.startsWith(TASK) && read.add(name)) {
        List<Receipt> receipts = receipts(file.getPath());
        tell(Integer.parseInt(name.substring(TASK.length())), receipts);
        all.addAll(receipts);
      }
    }
    return all;
  }

  private FileStatus[] files() throws IOException {
    try {
      return cluster.listStatus(staging.receipts());
    } catch (FileNotFoundException notYet) {
      return new FileStatus[0];
    }
  }

  private List<Receipt> receipts(Path file) throws IOException {
    List<Receipt> receipts = new ArrayList<>();
    try (SequenceFile.Reader reader =
        new SequenceFile.Reader(configuration, SequenceFile.Reader.file(file))) {
      BytesWritable value = new BytesWritable();
      while (reader.next(NullWritable.get(), value)) {
        receipts.add(JavaSerialization.value(value.copyBytes(), Receipt.class));
      }
    }
    return receipts;
  }

  /** The splits are in the order of the bins, so a task has the number of its bin. */
  private void tell(int bin, List<Receipt> receipts) throws IOException {
    if (arrivals == ReceiptListener.NONE || receipts.isEmpty()) {
      return;
    }
    if (places.isEmpty()) {
      places = BinFile.places(cluster, staging.bins());
    }
    Map<Long, TransferItem> items = new HashMap<>();
    byte[] packed = BinFile.read(cluster, staging.bins(), places.get(bin));
    BinFile.items(packed).forEach(item -> items.put(item.id(), item));
    for (Receipt receipt : receipts) {
      TransferItem item = items.get(receipt.id());
      if (item == null) {
        throw new IOException("Task " + bin + " has a receipt of a file that it was not given");
      }
      arrivals.arrived(item, receipt);
    }
  }
}
