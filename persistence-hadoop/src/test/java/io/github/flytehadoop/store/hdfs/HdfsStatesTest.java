/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.hdfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.hadoop.AnonymousAccess;
import io.github.flytehadoop.hadoop.FileSystems;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.ByteRange;
import io.github.flytehadoop.store.ObjectWrite;
import io.github.flytehadoop.store.ReservedNames;
import io.github.flytehadoop.store.SentContent;
import io.github.flytehadoop.store.Store;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.store.multipart.MultipartStore;
import io.github.flytehadoop.store.multipart.MultipartWrite;
import io.github.flytehadoop.store.multipart.Part;
import io.github.flytehadoop.store.multipart.UploadedPart;
import io.github.flytehadoop.store.registry.StoreRegistry;
import io.github.flytehadoop.testkit.MiniHdfs;
import io.github.flytehadoop.testkit.RequireStores;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.TestDirectories;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.hdfs.DFSTestUtil;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.client.CreateEncryptionZoneFlag;
import org.apache.hadoop.hdfs.client.HdfsAdmin;
import org.apache.hadoop.hdfs.protocol.HdfsConstants;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an administrator can do to a directory, and what can happen to its blocks. */
@RequireStores("hdfs")
@Tag("slow")
class HdfsStatesTest {
  private static MiniHdfs hdfs;
  private static DistributedFileSystem admin;
  private static FileSystems fileSystems;

  @BeforeAll
  static void start() throws IOException {
    java.nio.file.Path keys = TestDirectories.create("keys").resolve("keys.jceks");
    String provider = "jceks://file" + keys;
    hdfs =
        MiniHdfs.start(
            3,
            Map.of(
                "hadoop.security.key.provider.path",
                provider,
                "dfs.namenode.delegation.token.always-use",
                "true"));
    admin = hdfs.cluster().getFileSystem();
    Configuration clients = hdfs.configuration();
    clients.set("hadoop.security.key.provider.path", provider);
    clients.setInt("dfs.blocksize", 1 << 20);
    clients.setInt("dfs.client.retry.window.base", 10);
    fileSystems = new FileSystems(DataConfig.defaults(), clients, Map.of());
  }

  @AfterAll
  static void stop() {
    fileSystems.close();
    hdfs.close();
  }

  private static Store store() throws IOException {
    return new StoreRegistry(fileSystems, AnonymousAccess.NEVER, 1 << 20)
        .of(Location.parse(hdfs.uri().toString()));
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private static void put(Location at, byte[] bytes) throws IOException {
    try (ObjectWrite write = store().write(at, WriteOptions.ofLength(bytes.length))) {
      write.write(bytes);
      write.commit(new SentContent(bytes.length, null));
    }
  }

  private static byte[] get(Location at) throws IOException {
    try (InputStream in = store().open(at, store().stat(at), ByteRange.WHOLE)) {
      return in.readAllBytes();
    }
  }

  private static void assertRefused(FailureKind kind, String advice, ThrowingCallable call) {
    TransferException failure = catchThrowableOfType(TransferException.class, call);
    assertThat(failure).isNotNull();
    assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(kind);
    assertThat(failure).hasMessageMatching("(?s)Cannot .+: .+\\. .+").hasMessageContaining(advice);
  }

  private static Location newFile(String directory) {
    return Location.parse(directory + "/file");
  }

  /** Makes a directory when it is too late: its caller was cancelled, and has cleaned up. */
  private static final class LateDirectories extends DistributedFileSystem {
    private final CountDownLatch cleaned = new CountDownLatch(1);
    private final CompletableFuture<Boolean> made = new CompletableFuture<>();

    @Override
    public boolean mkdirs(Path path, FsPermission mode) throws IOException {
      CompletableFuture.runAsync(
          () -> {
            try {
              cleaned.await();
              made.complete(super.mkdirs(path, mode));
            } catch (IOException | InterruptedException failure) {
              made.completeExceptionally(failure);
            }
          });
      throw new InterruptedIOException("cancelled");
    }

    @Override
    public boolean delete(Path path, boolean recursive) throws IOException {
      boolean wasThere = super.delete(path, recursive);
      cleaned.countDown();
      return wasThere;
    }
  }

  @Test
  @Rule("F95")
  void aDirectoryForPartsThatComesAfterItsWriterWasCancelledIsRemoved() throws Exception {
    String directory = hdfs.newDirectory();
    try (LateDirectories late = new LateDirectories()) {
      late.initialize(hdfs.uri(), hdfs.configuration());
      HdfsStore store = new HdfsStore(late);
      assertThatThrownBy(
              () -> store.startParts(newFile(directory), WriteOptions.ofLength(1L << 40), 1L << 30))
          .hasMessageContaining("cancelled");
      assertThat(late.made.get(1, TimeUnit.MINUTES)).isTrue();
      assertThat(hdfs.names(directory)).isEmpty();
    }
  }

  @Test
  @Rule("B79")
  void aQuotaOfNamesIsSaidSo() throws IOException {
    String directory = hdfs.newDirectory();
    admin.setQuota(new Path(directory), 1, HdfsConstants.QUOTA_DONT_SET);
    assertRefused(FailureKind.ACCESS_DENIED, "setQuota", () -> put(newFile(directory), bytes(10)));
    assertThat(hdfs.fileNames(directory)).isEmpty();
  }

  @Test
  @Rule("B79")
  void aQuotaOfSpaceIsSaidSo() throws IOException {
    String directory = hdfs.newDirectory();
    admin.setQuota(new Path(directory), HdfsConstants.QUOTA_DONT_SET, 500_000);
    assertRefused(
        FailureKind.ACCESS_DENIED, "setSpaceQuota", () -> put(newFile(directory), bytes(900_000)));
    assertThat(hdfs.fileNames(directory)).isEmpty();
  }

  @Test
  @Rule("F55")
  void safeModeIsSaidSoAndPasses() throws IOException {
    Location file = newFile(hdfs.newDirectory());
    put(file, bytes(100));
    admin.setSafeMode(org.apache.hadoop.fs.SafeModeAction.ENTER);
    try {
      assertRefused(FailureKind.TIMEOUT, "safe mode", () -> put(file, bytes(10)));
      assertThat(get(file)).isEqualTo(bytes(100));
    } finally {
      admin.setSafeMode(org.apache.hadoop.fs.SafeModeAction.LEAVE);
    }
    put(file, bytes(10));
    assertThat(get(file)).isEqualTo(bytes(10));
  }

  @Test
  @Rule("B79")
  void anErasureCodedDirectoryWorks() throws IOException {
    String directory = hdfs.newDirectory();
    admin.enableErasureCodingPolicy("XOR-2-1-1024k");
    admin.setErasureCodingPolicy(new Path(directory), "XOR-2-1-1024k");
    Location file = newFile(directory);
    put(file, bytes(3_500_000));
    assertThat(get(file)).isEqualTo(bytes(3_500_000));
    assertThat(admin.getErasureCodingPolicy(new Path(file.text()))).isNotNull();
    Location parts = Location.parse(directory + "/parts");
    assertThat(putParts(parts, bytes(3_500_000))).isEqualTo(4);
    assertThat(get(parts)).isEqualTo(bytes(3_500_000));
    assertThat(admin.getErasureCodingPolicy(new Path(parts.text()))).isNotNull();
    assertThat(hdfs.names(directory)).containsExactlyInAnyOrder(file.name(), "parts");
  }

  /** How many parts it took, or 0 when one stream has to write the file. */
  private static int putParts(Location at, byte[] content) throws IOException {
    MultipartStore store = (MultipartStore) store();
    WriteOptions options = WriteOptions.ofLength(content.length);
    try (MultipartWrite write = store.startParts(at, options, 1 << 20)) {
      if (write == null) {
        return 0;
      }
      List<UploadedPart> sent = new ArrayList<>();
      for (int number = 1; number <= write.upload().parts(); number++) {
        Part part = write.upload().part(number);
        int offset = (int) part.offset();
        int length = (int) part.lengthBytes();
        sent.add(
            store.sendPart(
                write.upload(), part, () -> new ByteArrayInputStream(content, offset, length)));
      }
      write.commit(sent);
      return sent.size();
    }
  }

  @Test
  @Rule("B79")
  void anEncryptionZoneWorks() throws IOException, java.security.NoSuchAlgorithmException {
    String directory = hdfs.newDirectory();
    DFSTestUtil.createKey("key", hdfs.cluster(), hdfs.cluster().getConfiguration(0));
    new HdfsAdmin(hdfs.uri(), hdfs.cluster().getConfiguration(0))
        .createEncryptionZone(
            new Path(directory),
            "key",
            java.util.EnumSet.of(CreateEncryptionZoneFlag.PROVISION_TRASH));
    Location file = newFile(directory);
    put(file, bytes(300_000));
    assertThat(get(file)).isEqualTo(bytes(300_000));
    assertThat(store().checksum(file, store().stat(file))).isNull();
    try (InputStream raw =
        admin.open(new Path("/.reserved/raw" + new Path(file.text()).toUri().getPath()))) {
      assertThat(raw.readAllBytes()).hasSize(300_000).isNotEqualTo(bytes(300_000));
    }
    assertThat(putParts(Location.parse(directory + "/parts"), bytes(3_500_000)))
        .as("HDFS joins no files there")
        .isZero();
    assertThat(hdfs.names(directory)).noneMatch(ReservedNames::isName);
  }

  @Test
  @Rule("B79")
  void aSnapshotIsReadAndNotWritten() throws IOException {
    String directory = hdfs.newDirectory();
    Location file = newFile(directory);
    put(file, bytes(100));
    admin.allowSnapshot(new Path(directory));
    admin.createSnapshot(new Path(directory), "before");
    put(file, bytes(200));
    Location old = Location.parse(directory + "/.snapshot/before/file");
    assertThat(get(old)).isEqualTo(bytes(100));
    assertThat(get(file)).isEqualTo(bytes(200));
    assertThat(catchThrowableOfType(TransferException.class, () -> put(old, bytes(1)))).isNotNull();
    assertThat(get(old)).isEqualTo(bytes(100));
  }

  @Test
  @Rule("F56")
  void aDamagedReplicaIsPassedOver() throws IOException {
    Location file = newFile(hdfs.newDirectory());
    put(file, bytes(50_000));
    var block = DFSTestUtil.getFirstBlock(admin, new Path(file.text()));
    hdfs.cluster().corruptReplica(0, block);
    for (int attempt = 0; attempt < 5; attempt++) {
      assertThat(get(file)).isEqualTo(bytes(50_000));
    }
  }

  @Test
  @Rule("F56")
  void aFileWhoseReplicasAreAllDamagedIsNotRead() throws IOException {
    Location file = newFile(hdfs.newDirectory());
    put(file, bytes(50_000));
    var block = DFSTestUtil.getFirstBlock(admin, new Path(file.text()));
    assertThat(hdfs.cluster().corruptBlockOnDataNodes(block)).isEqualTo(3);
    assertRefused(FailureKind.INTEGRITY, "fsck", () -> get(file));
  }

  @Test
  @Rule("F55")
  void aMissingBlockIsNamed() throws IOException {
    Location file = newFile(hdfs.newDirectory());
    put(file, bytes(50_000));
    var block = DFSTestUtil.getFirstBlock(admin, new Path(file.text()));
    for (int dataNode = 0; dataNode < 3; dataNode++) {
      assertThat(hdfs.cluster().getBlockFile(dataNode, block).delete()).isTrue();
    }
    assertRefused(FailureKind.INTEGRITY, block.getBlockName(), () -> get(file));
  }

  @Test
  void aNameserviceThatNobodyKnowsIsSaidSo() {
    Location file = Location.parse("hdfs://nobody-knows-it/file");
    TransferException failure =
        catchThrowableOfType(
            TransferException.class,
            () -> new StoreRegistry(fileSystems, AnonymousAccess.NEVER, 1 << 20).of(file));
    assertThat(failure).isNotNull().hasMessageContaining("HADOOP_CONF_DIR");
    assertThat(failure.kind()).isEqualTo(FailureKind.NETWORK);
  }
}
