/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import io.github.flytehadoop.config.AddressingStyle;
import io.github.flytehadoop.config.AzureBlobStorageConfig;
import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.config.GCSConfig;
import io.github.flytehadoop.config.GenericPersistenceConfig;
import io.github.flytehadoop.config.S3Config;
import io.github.flytehadoop.config.Secret;
import io.github.flytehadoop.error.ConfigException;
import io.github.flytehadoop.error.CopyException;
import io.github.flytehadoop.error.DataNotFoundException;
import io.github.flytehadoop.error.DownloadException;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.PathFailure;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.error.UploadException;
import io.github.flytehadoop.hadoop.Access;
import io.github.flytehadoop.hadoop.AnonymousAccess;
import io.github.flytehadoop.hadoop.FileSystemOptions;
import io.github.flytehadoop.hadoop.HadoopConfigurations;
import io.github.flytehadoop.hadoop.StorageOptions;
import io.github.flytehadoop.location.PathForm;
import io.github.flytehadoop.location.RecursivePaths;
import io.github.flytehadoop.transfer.BlobDimensionality;
import io.github.flytehadoop.transfer.CopyOptions;
import io.github.flytehadoop.transfer.DeleteExtra;
import io.github.flytehadoop.transfer.Depth;
import io.github.flytehadoop.transfer.Engine;
import io.github.flytehadoop.transfer.EngineContext;
import io.github.flytehadoop.transfer.ObjectStatus;
import io.github.flytehadoop.transfer.OnExisting;
import io.github.flytehadoop.transfer.PendingOutput;
import io.github.flytehadoop.transfer.ProgressListener;
import io.github.flytehadoop.transfer.RawData;
import io.github.flytehadoop.transfer.RawDataOptions;
import io.github.flytehadoop.transfer.Receipt;
import io.github.flytehadoop.transfer.TransferEngine;
import io.github.flytehadoop.transfer.TransferLimits;
import io.github.flytehadoop.transfer.TransferPlan;
import io.github.flytehadoop.transfer.TransferReport;
import io.github.flytehadoop.transfer.Verification;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;

/**
 * Every public name with its signature, as callers write it: a name that changes no longer compiles
 * here. Nothing of this is run.
 */
@SuppressWarnings({"unused", "deprecation"})
final class ApiSignatures {
  private ApiSignatures() {}

  static FileAccessProvider build(
      Path dir,
      DataConfig config,
      Map<String, String> metadata,
      TransferEngine engine,
      ProgressListener progress)
      throws IOException {
    Supplier<String> names = () -> "x";
    FileAccessProvider.Builder builder = FileAccessProvider.builder();
    return builder
        .localSandboxDir(dir)
        .rawOutputPrefix("s3://bucket/raw")
        .dataConfig(config)
        .executionMetadata(metadata)
        .hadoopConfiguration(new Configuration())
        .anonymousAccess(AnonymousAccess.ON_AUTH_FAILURE)
        .randomNames(names)
        .transferLimits(TransferLimits.defaults())
        .engine(engine)
        .progress(progress)
        .build();
  }

  static void properties() throws IOException {
    try (FileAccessProvider provider = FileAccessProvider.localDefault()) {
      AutoCloseable closeable = provider;
      Path sandbox = provider.localSandboxDir();
      FileSystem local = provider.localAccess();
      DataConfig config = provider.dataConfig();
      String prefix = provider.rawOutputPrefix();
      FileSystem raw = provider.rawOutputFileSystem();
      Configuration conf = provider.hadoopConfiguration();
    }
  }

  static void fileSystems(FileAccessProvider provider, FileSystemOptions options)
      throws IOException {
    FileSystem a = provider.getFileSystem();
    FileSystem b = provider.getFileSystem("s3");
    FileSystem c = provider.getFileSystem("s3", options);
    FileSystem d = provider.getFileSystemForPath("s3://b/k");
    FileSystem e = provider.getFileSystemForPath("s3://b/k", options);
    CompletableFuture<FileSystem> f = provider.getFileSystemForPathAsync("s3://b/k", options);
  }

  static void looking(FileAccessProvider provider, String path) throws IOException {
    boolean there = provider.exists(path);
    ObjectStatus status = provider.stat(path);
    Stream<ObjectStatus> children = provider.list(path, Depth.CHILDREN);
    Stream<ObjectStatus> tree = provider.list(path, Depth.TREE);
    InputStream in = provider.openRead(path);
    PendingOutput out = provider.openWrite(path);
    provider.delete(path, Depth.TREE);
  }

  static void transfers(FileAccessProvider provider, String remote, Path local) throws IOException {
    BlobDimensionality shape = BlobDimensionality.MULTIPART;
    RawData data = RawData.path(local);
    RawDataOptions options = RawDataOptions.defaults();
    TransferReport report = provider.get(remote, "file:///x", BlobDimensionality.SINGLE);
    report = provider.getData(remote, local);
    report = provider.getData(remote, local, shape);
    report = provider.putData(local, remote);
    report = provider.putData(local, remote, shape);
    report = provider.putRawData(data);
    report = provider.putRawData(data, options);
    report = provider.download(remote, local);
    report = provider.downloadDirectory(remote, local);
    report = provider.upload(local, remote);
    report = provider.uploadDirectory(local, remote);
    report = provider.copy(remote, remote, CopyOptions.defaults());
    CompletableFuture<TransferReport> later = provider.getDataAsync(remote, local);
    later = provider.getDataAsync(remote, local, shape);
    later = provider.putDataAsync(local, remote);
    later = provider.putDataAsync(local, remote, shape);
    later = provider.putRawDataAsync(data);
    later = provider.putRawDataAsync(data, options);
    later = provider.copyAsync(remote, remote, CopyOptions.defaults());
  }

  static void paths(FileAccessProvider provider, FileSystem fs) throws IOException {
    String s = provider.join("s3://b", "x", "y");
    s = provider.join(fs, PathForm.WITH_PROTOCOL, "b", "x");
    s = provider.join(fs, PathForm.AS_GIVEN, "s3://b");
    s = provider.generateNewCustomPath();
    s = provider.generateNewCustomPath(null, null);
    s = provider.generateNewCustomPath(fs, null, null);
    Path p = provider.getRandomLocalPath();
    p = provider.getRandomLocalPath("x");
    p = provider.getRandomLocalDirectory();
    s = provider.getRandomRemotePath();
    s = provider.getRandomRemotePath("x");
    s = provider.getRandomRemoteDirectory();
    s = provider.getRandomString();
    s = provider.sep(null);
    s = FileAccessProvider.getFileTail("x");
    s = FileAccessProvider.stripFileHeader("x");
    RecursivePaths r = FileAccessProvider.recursivePaths("x", "y");
    s = new RecursivePaths(r.from(), r.to()).to();
    boolean remote = FileAccessProvider.isRemote("x");
    provider.close();
  }

  static void errors(TransferException e, ConfigException c) throws IOException {
    IOException io = e;
    IllegalArgumentException argument = c;
    FailureKind kind = e.kind();
    boolean recoverable = e.recoverable();
    String location = e.location();
    List<PathFailure> failures = e.failures();
    TransferException t = (DataNotFoundException) e;
    t = (UploadException) e;
    t = (DownloadException) e;
    t = (CopyException) e;
    int all =
        switch (kind) {
          case NOT_FOUND, ACCESS_DENIED, NO_CREDENTIALS, THROTTLED, TIMEOUT, NETWORK -> 1;
          case LOCAL_IO, INTEGRITY, SOURCE_CHANGED, CONFLICT, UNSUPPORTED, INTERRUPTED -> 2;
        };
  }

  static void config(Path file, Map<String, String> environment) {
    DataConfig config = DataConfig.defaults();
    config = DataConfig.sandbox();
    config = DataConfig.auto();
    config = DataConfig.auto(file);
    config = DataConfig.auto(null, environment);
    S3Config s3 = config.s3();
    GCSConfig gcs = config.gcs();
    AzureBlobStorageConfig azure = config.azure();
    GenericPersistenceConfig generic = config.generic();
    config = new DataConfig(s3, gcs, azure, generic);
    config = DataConfig.builder().s3(s3).gcs(gcs).azure(azure).generic(generic).build();
    config = config.toBuilder().build();
    s3 = S3Config.builder().build().toBuilder().build();
    boolean debug = s3.enableDebug();
    String endpoint = s3.endpoint();
    int retries = s3.retries();
    Duration backoff = s3.backoff();
    String id = s3.accessKeyId();
    Secret secret = s3.secretAccessKey();
    AddressingStyle style = s3.addressingStyle();
    String region = s3.region();
    Secret token = s3.sessionToken();
    gcs = GCSConfig.builder().build().toBuilder().build();
    boolean parallel = gcs.gsutilParallelism();
    String text = gcs.projectId() + gcs.endpoint() + gcs.serviceAccountKeyFile();
    azure = AzureBlobStorageConfig.builder().build().toBuilder().build();
    text = azure.accountName() + azure.tenantId() + azure.clientId() + azure.endpoint();
    Secret key = azure.accountKey();
    key = azure.clientSecret();
    key = azure.sasToken();
    generic = GenericPersistenceConfig.builder().build().toBuilder().build();
    boolean attach = generic.attachExecutionMetadata();
    text = secret.reveal();
    int all =
        switch (style) {
          case AUTO, PATH, VIRTUAL -> 1;
        };
  }

  static void hadoop(DataConfig config, Configuration base) {
    FileSystemOptions options = new FileSystemOptions(Access.CREDENTIALS, Map.of());
    options = FileSystemOptions.anonymous();
    options = FileSystemOptions.with(Map.of("fs.s3a.threads.max", "8"));
    Access access = options.access();
    Map<String, String> overrides = options.overrides();
    Configuration conf = HadoopConfigurations.of(config, base);
    Map<String, String> keys = StorageOptions.forProtocol("s3", config, options);
    keys = StorageOptions.forCall("s3", "put");
    int all =
        switch (access) {
          case CREDENTIALS, ANONYMOUS -> 1;
        };
    all =
        switch (AnonymousAccess.NEVER) {
          case NEVER, ON_AUTH_FAILURE, ALWAYS -> 1;
        };
  }

  static void rawData(Path path, byte[] bytes, InputStream in, Reader reader, Charset charset) {
    RawData data = RawData.path(path);
    data = RawData.bytes(bytes);
    data = RawData.stream(in);
    data = RawData.text(reader, charset);
    data = RawData.text("x");
    RawDataOptions options =
        RawDataOptions.defaults()
            .withUploadPrefix("x")
            .withFileName("y")
            .withReadChunkSizeBytes(1)
            .skipRawDataPrefix();
  }

  static void transfer(TransferReport report, ObjectStatus status, PendingOutput out)
      throws IOException {
    CopyOptions options =
        CopyOptions.defaults()
            .withEngine(Engine.AUTO)
            .withShape(BlobDimensionality.MULTIPART)
            .withOnExisting(OnExisting.SKIP_IDENTICAL)
            .withInclude("*.csv", "a/**")
            .withExclude("*.tmp")
            .withDeleteExtra(DeleteExtra.never())
            .withDryRun()
            .withJobId("job")
            .withLimits(TransferLimits.defaults())
            .withTasks(4);
    String text = report.uri() + report.jobId() + report.toJson();
    long count = report.files() + report.bytes() + report.skipped();
    List<PathFailure> failures = report.failures();
    Verification verification = report.verification();
    Engine engine = report.engine();
    Duration elapsed = report.elapsed();
    Map<String, Long> requests = report.requests();
    text = status.uri() + status.etag() + status.checksum() + status.kind();
    count = status.length();
    Instant modified = status.modified();
    Map<String, String> metadata = status.metadata();
    OutputStream stream = out;
    out.commit();
    out.abort();
    out.close();
    int all =
        switch (verification) {
          case LENGTH, CHECKSUM -> 1;
        };
    all =
        switch (engine) {
          case AUTO, LOCAL, MAPREDUCE, SPARK -> 1;
        };
    all =
        switch (options.onExisting()) {
          case FAIL, OVERWRITE, SKIP_IDENTICAL -> 1;
        };
    all =
        switch (status.kind()) {
          case FILE, DIRECTORY -> 1;
        };
  }

  abstract static class OwnEngine implements TransferEngine {
    @Override
    public abstract Collection<Receipt> run(TransferPlan plan, EngineContext context)
        throws IOException;
  }

  static final class OwnListener implements ProgressListener {
    @Override
    public void planned(long files, long bytes) {}

    @Override
    public void started(String path, long bytes) {}

    @Override
    public void advanced(long bytes) {}

    @Override
    public void finished(String path, long bytes) {}

    @Override
    public void failed(PathFailure failure) {}
  }
}
