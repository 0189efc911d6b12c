/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.mapreduce;

import io.github.flytehadoop.transfer.Cancellation;
import io.github.flytehadoop.transfer.Receipt;
import io.github.flytehadoop.transfer.cluster.WorkOrder;
import io.github.flytehadoop.transfer.cluster.WorkerSession;
import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.Mapper;
import org.apache.hadoop.security.Credentials;

/** Moves the files of one bin and writes their receipts. Public for Hadoop, which makes it. */
public final class BinMapper
    extends Mapper<NullWritable, BinProgress, NullWritable, BytesWritable> {
  static final Text ORDER = new Text("flyte.copy.order");

  private static final int BEAT_SECONDS = 2;

  /** For Hadoop. */
  public BinMapper() {}

  @Override
  protected void map(NullWritable none, BinProgress bin, Context context)
      throws IOException, InterruptedException {
    Credentials credentials =
        SubmittedCredentials.ofTask(
            BinInputFormat.bins(context.getConfiguration()), context.getCredentials());
    JobSecrets.restore(credentials, context.getConfiguration());
    byte[] order = credentials.getSecretKey(ORDER);
    ScheduledExecutorService heart = Executors.newSingleThreadScheduledExecutor();
    // a large file can take longer than a silent task may live
    Future<?> beating =
        heart.scheduleAtFixedRate(
            () -> beat(context), BEAT_SECONDS, BEAT_SECONDS, TimeUnit.SECONDS);
    try (WorkerSession session =
        new WorkerSession(
            JavaSerialization.value(order, WorkOrder.class),
            context.getConfiguration(),
            String.valueOf(context.getTaskAttemptID().getTaskID()))) {
      for (Receipt receipt : session.run(bin.items(), bin, new Cancellation())) {
        context.write(NullWritable.get(), new BytesWritable(JavaSerialization.bytes(receipt)));
      }
    } finally {
      beating.cancel(false);
      heart.shutdown();
    }
  }

  /** Says that the task lives, and how far it is: there is no next record, but a new progress. */
  private static void beat(Context context) {
    context.progress();
    try {
      context.nextKeyValue();
    } catch (IOException | InterruptedException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
