/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.mapreduce;

import io.github.flytehadoop.transfer.TransferItem;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.io.Writable;
import org.apache.hadoop.mapreduce.InputFormat;
import org.apache.hadoop.mapreduce.InputSplit;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.hadoop.mapreduce.RecordReader;
import org.apache.hadoop.mapreduce.TaskAttemptContext;

/** One split a bin, one record a split: the bin's files. Public for Hadoop, which makes it. */
public final class BinInputFormat extends InputFormat<NullWritable, BytesWritable> {
  private static final String BINS = "flyte.copy.bins";

  /** For Hadoop. */
  public BinInputFormat() {}

  /** File names are no secrets, so the bins travel in the job's configuration to its client. */
  static void store(Job job, List<List<TransferItem>> bins) throws IOException {
    ArrayList<byte[]> packed = new ArrayList<>();
    for (List<TransferItem> bin : bins) {
      packed.add(Serialized.bytes(new ArrayList<>(bin)));
    }
    String text = Base64.getEncoder().encodeToString(Serialized.bytes(packed));
    job.getConfiguration().set(BINS, text);
  }

  @Override
  public List<InputSplit> getSplits(JobContext context) throws IOException {
    byte[] packed = Base64.getDecoder().decode(context.getConfiguration().get(BINS));
    List<InputSplit> splits = new ArrayList<>();
    for (Object bin : Serialized.value(packed, ArrayList.class)) {
      splits.add(new BinSplit((byte[]) bin));
    }
    return splits;
  }

  @Override
  public RecordReader<NullWritable, BytesWritable> createRecordReader(
      InputSplit split, TaskAttemptContext context) {
    return new BinReader(((BinSplit) split).bin);
  }

  /** Serialised files. */
  public static final class BinSplit extends InputSplit implements Writable {
    private byte[] bin = new byte[0];

    /** For Hadoop. */
    public BinSplit() {}

    BinSplit(byte[] bin) {
      this.bin = bin;
    }

    @Override
    public long getLength() {
      return bin.length;
    }

    @Override
    public String[] getLocations() {
      return new String[0];
    }

    @Override
    public void write(DataOutput out) throws IOException {
      out.writeInt(bin.length);
      out.write(bin);
    }

    @Override
    public void readFields(DataInput in) throws IOException {
      bin = new byte[in.readInt()];
      in.readFully(bin);
    }
  }

  private static final class BinReader extends RecordReader<NullWritable, BytesWritable> {
    private final byte[] bin;
    private boolean read;

    BinReader(byte[] bin) {
      this.bin = bin;
    }

    @Override
    public void initialize(InputSplit split, TaskAttemptContext context) {}

    @Override
    public boolean nextKeyValue() {
      boolean first = !read;
      read = true;
      return first;
    }

    @Override
    public NullWritable getCurrentKey() {
      return NullWritable.get();
    }

    @Override
    public BytesWritable getCurrentValue() {
      return new BytesWritable(bin);
    }

    @Override
    public float getProgress() {
      return read ? 1 : 0;
    }

    @Override
    public void close() {}
  }
}
