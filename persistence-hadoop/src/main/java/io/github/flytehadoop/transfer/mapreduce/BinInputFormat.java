/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.mapreduce;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.io.Writable;
import org.apache.hadoop.mapreduce.InputFormat;
import org.apache.hadoop.mapreduce.InputSplit;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.hadoop.mapreduce.RecordReader;
import org.apache.hadoop.mapreduce.TaskAttemptContext;

/** One split a bin, one record a split: the bin's files. Public for Hadoop, which makes it. */
public final class BinInputFormat extends InputFormat<NullWritable, BinProgress> {
  private static final String BINS = "flyte.copy.bins";

  /** For Hadoop. */
  public BinInputFormat() {}

  /** Names the file that holds the bins. */
  static void read(Job job, Path bins) {
    job.getConfiguration().set(BINS, bins.toString());
  }

  /** The file that holds the bins. */
  static Path bins(Configuration configuration) {
    return new Path(configuration.get(BINS));
  }

  @Override
  public List<InputSplit> getSplits(JobContext context) throws IOException {
    Path bins = bins(context.getConfiguration());
    List<InputSplit> splits = new ArrayList<>();
    for (BinFile.Place place :
        BinFile.places(bins.getFileSystem(context.getConfiguration()), bins)) {
      splits.add(new BinSplit(place));
    }
    return splits;
  }

  @Override
  public RecordReader<NullWritable, BinProgress> createRecordReader(
      InputSplit split, TaskAttemptContext context) throws IOException {
    Path bins = bins(context.getConfiguration());
    BinFile.Place place = ((BinSplit) split).place;
    return new BinReader(BinFile.read(bins.getFileSystem(context.getConfiguration()), bins, place));
  }

  /** Where the serialised files are. */
  public static final class BinSplit extends InputSplit implements Writable {
    private BinFile.Place place = new BinFile.Place(0, 0);

    /** For Hadoop. */
    public BinSplit() {}

    BinSplit(BinFile.Place place) {
      this.place = place;
    }

    /** Hadoop starts the longest first; the first bin is the heaviest. */
    @Override
    public long getLength() {
      return Long.MAX_VALUE - place.offset();
    }

    @Override
    public String[] getLocations() {
      return new String[0];
    }

    @Override
    public void write(DataOutput out) throws IOException {
      out.writeLong(place.offset());
      out.writeInt(place.lengthBytes());
    }

    @Override
    public void readFields(DataInput in) throws IOException {
      place = new BinFile.Place(in.readLong(), in.readInt());
    }
  }

  /**
   * Hadoop takes a task's progress from here, each time that it asks for the next record; whether
   * another attempt is worth its while, it decides by that (F52).
   */
  private static final class BinReader extends RecordReader<NullWritable, BinProgress> {
    private final BinProgress bin;
    private boolean read;

    BinReader(byte[] packed) throws IOException {
      this.bin = new BinProgress(BinFile.items(packed));
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
    public BinProgress getCurrentValue() {
      return bin;
    }

    @Override
    public float getProgress() {
      return bin.progress();
    }

    @Override
    public void close() {}
  }
}
