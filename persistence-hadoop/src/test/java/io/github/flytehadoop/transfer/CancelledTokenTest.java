/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.flytehadoop.FileAccessProvider;
import io.github.flytehadoop.error.CopyException;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.testkit.Invariants;
import io.github.flytehadoop.testkit.Providers;
import io.github.flytehadoop.testkit.RequireStores;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.SecureHdfs;
import io.github.flytehadoop.testkit.TestSecrets;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import io.github.flytehadoop.transfer.cluster.BinPacking;
import io.github.flytehadoop.transfer.cluster.DistributedRun;
import io.github.flytehadoop.transfer.cluster.WorkOrder;
import io.github.flytehadoop.transfer.cluster.WorkerSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.PrivilegedExceptionAction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.security.Credentials;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.hadoop.security.token.Token;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers have delegation tokens of HDFS and nothing else, and these end before the job does. */
@Tag("kerberos")
@RequireStores("hdfs")
class CancelledTokenTest {
  private static final int FILES = 12;
  private static final int BINS = 3;

  @TempDir Path temp;

  private final SecureHdfs secure = SecureHdfs.shared();
  private final Map<String, byte[]> files = new HashMap<>();
  private String source;
  private boolean cancelled;

  /** An engine whose workers are as those of a cluster: each logs in with the job's tokens. */
  private final class WithTokens implements TransferEngine {
    private final Credentials tokens = new Credentials();

    @Override
    public Engine kind() {
      return Engine.MAPREDUCE;
    }

    @Override
    public Collection<Receipt> run(TransferPlan plan, EngineContext context) throws IOException {
      WorkOrder order = WorkOrder.of(plan, context);
      return DistributedRun.run(
          plan,
          context,
          BINS,
          (sliced, arrivals) -> {
            List<Receipt> receipts = new ArrayList<>();
            for (List<TransferItem> bin : BinPacking.pack(sliced, context, BINS)) {
              receipts.addAll(work(order, bin));
              cancelOnce(tokens);
            }
            return receipts;
          });
    }

    private List<Receipt> work(WorkOrder order, List<TransferItem> bin) throws IOException {
      UserGroupInformation worker = UserGroupInformation.createRemoteUser("worker");
      worker.addCredentials(tokens);
      return as(
          worker,
          () -> {
            try (WorkerSession session =
                new WorkerSession(order, secure.configuration(), "worker")) {
              return session.run(bin, new ProgressListener() {}, new Cancellation());
            }
          });
    }
  }

  private static <T> T as(UserGroupInformation user, PrivilegedExceptionAction<T> work)
      throws IOException {
    try {
      return user.doAs(work);
    } catch (InterruptedException interrupted) {
      throw new IOException(interrupted);
    }
  }

  private void cancelOnce(Credentials tokens) throws IOException {
    if (cancelled) {
      return;
    }
    cancelled = true;
    UserGroupInformation alice = secure.login(SecureHdfs.ALICE);
    for (Token<?> token : tokens.getAllTokens()) {
      as(
          alice,
          () -> {
            token.cancel(secure.configuration());
            return true;
          });
    }
  }

  private void plant(Credentials tokens) throws IOException {
    source = secure.hdfs().newDirectory();
    Configuration conf = secure.configuration();
    try (FileSystem fileSystem = FileSystem.newInstance(secure.hdfs().uri(), conf)) {
      for (int i = 0; i < FILES; i++) {
        files.put("file" + i, ("content " + i).getBytes(StandardCharsets.UTF_8));
        try (var out = fileSystem.create(new org.apache.hadoop.fs.Path(source, "file" + i))) {
          out.write(files.get("file" + i));
        }
      }
    }
    try (FileSystem ofAlice =
        as(
            secure.login(SecureHdfs.ALICE),
            () -> FileSystem.newInstance(secure.hdfs().uri(), conf))) {
      ofAlice.addDelegationTokens(SecureHdfs.ALICE, tokens);
    }
  }

  @Test
  @Rule("F54")
  void missingFileIsAnErrorThatNamesTheToken() throws Exception {
    WithTokens engine = new WithTokens();
    plant(engine.tokens);
    try (S3Endpoint s3 = S3Endpoint.start();
        FileAccessProvider provider =
            FileAccessProvider.builder()
                .localSandboxDir(temp.resolve("sandbox"))
                .rawOutputPrefix(source + "-raw")
                .hadoopConfiguration(secure.configuration())
                .dataConfig(Providers.config(s3.uri(), "key", TestSecrets.S3_SECRET_KEY))
                .engine(engine)
                .build()) {
      s3.createBucket("bucket");
      CopyException failure =
          catchThrowableOfType(
              CopyException.class,
              () ->
                  provider.copy(
                      source,
                      "s3://bucket/to",
                      CopyOptions.defaults()
                          .withEngine(Engine.MAPREDUCE)
                          .withShape(BlobDimensionality.MULTIPART)
                          .withTasks(BINS)));

      assertThat(failure).isNotNull();
      assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(FailureKind.NO_CREDENTIALS);
      assertThat(failure).hasMessageContaining("delegation token");
      assertThat(s3.keys("bucket")).as("of the first bin").hasSize(FILES / BINS);
      Invariants.ofSending(files).in(s3, "bucket", "to/").afterFailure(failure);
    }
  }
}
