/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A real S3 server in this JVM, in memory: S3Proxy, which checks signatures. One for all tests of a
 * JVM, started by the first that asks and stopped with the JVM.
 *
 * <p>It has a class loader of its own, because its AWS SDK is newer than ours. Where it differs
 * from S3: no key {@code x} beside {@code x/y}, no key with {@code //}.
 */
public final class S3Server {
  /** The file that holds its class path. */
  public static final String CLASS_PATH_PROPERTY = "flyte.s3proxy.classpath";

  /** The region that its clients name. */
  public static final String REGION = "us-east-1";

  private static final AtomicInteger BUCKETS = new AtomicInteger();

  private final URI uri;
  private final S3Client client;

  private static final class Shared {
    static final S3Server SERVER = start("transient", new Properties());
  }

  private S3Server(URI uri) {
    this.uri = uri;
    this.client =
        S3Client.builder()
            .endpointOverride(uri)
            .region(Region.of(REGION))
            .forcePathStyle(true)
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(accessKey(), secretKey())))
            .build();
  }

  /** The server of this JVM. */
  public static S3Server shared() {
    return Shared.SERVER;
  }

  /** Why there is no server on this machine, or empty when there is. */
  public static Optional<String> whyUnavailable() {
    return Files.isReadable(classPathFile())
        ? Optional.empty()
        : Optional.of(
            classPathFile()
                + " is missing; 'mvn generate-resources' in servers/s3proxy writes it, or name"
                + " another with -D"
                + CLASS_PATH_PROPERTY);
  }

  /** Where it listens: a free port of the loopback interface. */
  public URI uri() {
    return uri;
  }

  /** The identity that it knows. */
  public String accessKey() {
    return TestSecrets.S3_ACCESS_KEY;
  }

  /** The secret of that identity. */
  public String secretKey() {
    return TestSecrets.S3_SECRET_KEY;
  }

  /** A new, empty bucket. */
  public String newBucket() {
    String bucket = "test-" + ProcessHandle.current().pid() + "-" + BUCKETS.incrementAndGet();
    client.createBucket(request -> request.bucket(bucket));
    return bucket;
  }

  /** A client of the server that shares nothing with the code under test. */
  public S3Client client() {
    return client;
  }

  /** The keys of uploads that were started and neither completed nor aborted. */
  public List<String> pendingUploads(String bucket) {
    return client.listMultipartUploads(request -> request.bucket(bucket)).uploads().stream()
        .map(upload -> upload.key() + " (pending upload)")
        .toList();
  }

  private static Path classPathFile() {
    String given = System.getProperty(CLASS_PATH_PROPERTY);
    if (given != null) {
      return Path.of(given);
    }
    Path inModule = Path.of("servers/s3proxy/target/classpath.txt");
    Path inSibling = Path.of("../persistence-hadoop").resolve(inModule);
    return Files.isReadable(inModule) ? inModule : inSibling;
  }

  /** A server of one's own that keeps its data below a directory, until all tests have run. */
  public static S3Server startOnDisk(Path directory) {
    Properties properties = new Properties();
    properties.setProperty("jclouds.filesystem.basedir", directory.toString());
    return start("filesystem", properties);
  }

  private static S3Server start(String provider, Properties properties) {
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    try {
      ClassLoader loader = loader();
      Thread.currentThread().setContextClassLoader(loader);
      Object proxy = launch(loader, provider, properties);
      AtEnd.stop(() -> stop(proxy));
      Object port = proxy.getClass().getMethod("getPort").invoke(proxy);
      return new S3Server(URI.create("http://127.0.0.1:" + port));
    } catch (IOException | ReflectiveOperationException failure) {
      throw new IllegalStateException("Cannot start the S3 server: " + failure, failure);
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }

  private static Object launch(ClassLoader loader, String provider, Properties properties)
      throws ReflectiveOperationException {
    Class<?> builderType = loader.loadClass("org.gaul.s3proxy.S3Proxy$Builder");
    Class<?> storeType = loader.loadClass("org.gaul.s3proxy.blobstore.BlobStore");
    Class<?> authentication = loader.loadClass("org.gaul.s3proxy.auth.AuthenticationType");
    Object store =
        loader
            .loadClass("org.gaul.s3proxy.BlobStores")
            .getMethod("create", String.class, Properties.class)
            .invoke(null, provider, properties);
    Object builder = loader.loadClass("org.gaul.s3proxy.S3Proxy").getMethod("builder").invoke(null);
    builderType.getMethod("blobStore", storeType).invoke(builder, store);
    builderType.getMethod("endpoint", URI.class).invoke(builder, URI.create("http://127.0.0.1:0"));
    builderType
        .getMethod("awsAuthentication", authentication, String.class, String.class)
        .invoke(
            builder,
            authentication.getField("AWS_V4").get(null),
            TestSecrets.S3_ACCESS_KEY,
            TestSecrets.S3_SECRET_KEY);
    builderType.getMethod("ignoreUnknownHeaders", boolean.class).invoke(builder, true);
    builderType.getMethod("stopTimeout", long.class).invoke(builder, 0L);
    Object proxy = builderType.getMethod("build").invoke(builder);
    proxy.getClass().getMethod("start").invoke(proxy);
    return proxy;
  }

  private static ClassLoader loader() throws IOException {
    List<URL> urls = new ArrayList<>();
    urls.add(quietLogging().toUri().toURL());
    for (String entry : Files.readString(classPathFile()).strip().split(File.pathSeparator)) {
      urls.add(Path.of(entry).toUri().toURL());
    }
    return new URLClassLoader(
        "s3-server", urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
  }

  /** Its logging starts at DEBUG and on standard output unless a file on its class path says so. */
  private static Path quietLogging() throws IOException {
    Path directory = TestDirectories.create("s3proxy");
    String file = directory.resolve("s3proxy.log").toString();
    String format =
        """
        <configuration>
          <appender name="FILE" class="ch.qos.logback.core.FileAppender">
            <file>%s</file>
            <encoder><pattern>%%d %%level %%logger{0} %%msg%%n</pattern></encoder>
          </appender>
          <root level="WARN"><appender-ref ref="FILE"/></root>
        </configuration>
        """;
    Files.writeString(directory.resolve("logback.xml"), String.format(Locale.ROOT, format, file));
    return directory;
  }

  private static void stop(Object proxy) {
    try {
      proxy.getClass().getMethod("stop").invoke(proxy);
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException ignored) {
      // the JVM is about to end anyway
    }
  }
}
