import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.hadoop.HadoopConfigurations;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.Mapper;
import org.apache.hadoop.mapreduce.lib.input.FileInputFormat;
import org.apache.hadoop.mapreduce.lib.output.FileOutputFormat;
import org.apache.hadoop.mapreduce.lib.reduce.LongSumReducer;

/**
 * A MapReduce job with Flyte's configuration: sums of orders, from any store to any store.
 *
 * <pre>
 * hadoop jar job.jar MapReduceJob s3://bucket/orders hdfs://namenode:8020/totals
 * </pre>
 *
 * <p>The configuration goes to the cluster with the job, keys included. Where others can read it,
 * let the containers sign in by themselves (roles, workload identity) and set no keys.
 */
public final class MapReduceJob {
  public static final class Amounts extends Mapper<LongWritable, Text, Text, LongWritable> {
    @Override
    protected void map(LongWritable offset, Text line, Context context)
        throws IOException, InterruptedException {
      String[] fields = line.toString().split(",");
      if (!fields[0].equals("country")) {
        context.write(new Text(fields[0]), new LongWritable(Long.parseLong(fields[1])));
      }
    }
  }

  public static void main(String[] args) throws Exception {
    Configuration conf = HadoopConfigurations.of(DataConfig.auto(), new Configuration());
    // on S3 the job publishes its files at its end, without renames
    conf.set("fs.s3a.committer.name", "magic");
    // Flyte takes every file of the directory for data
    conf.set("mapreduce.fileoutputcommitter.marksuccessfuljobs", "false");

    Job job = Job.getInstance(conf, "totals");
    job.setJarByClass(MapReduceJob.class);
    job.setMapperClass(Amounts.class);
    job.setReducerClass(LongSumReducer.class);
    job.setOutputKeyClass(Text.class);
    job.setOutputValueClass(LongWritable.class);
    FileInputFormat.addInputPath(job, new Path(args[0]));
    FileOutputFormat.setOutputPath(job, new Path(args[1]));
    if (!job.waitForCompletion(false)) {
      throw new IOException("the job failed: " + job.getStatus().getFailureInfo());
    }
  }
}
