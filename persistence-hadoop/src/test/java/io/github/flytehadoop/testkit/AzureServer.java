/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit;

import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.common.StorageSharedKeyCredential;
import io.github.flytehadoop.config.AzureBlobStorageConfig;
import io.github.flytehadoop.config.DataConfig;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Azure's blob service, in memory: Azurite, which npm installs once a machine. It checks
 * signatures. One for all tests of a JVM, with two accounts of one key.
 *
 * <p>Where it differs from Azure: no hierarchical namespaces, no OAuth over http; it keeps a
 * backslash in a name only as a separator, as ABFS does.
 */
public final class AzureServer implements AutoCloseable {
  /** The account of {@link #dataConfig()}. */
  public static final String ACCOUNT = "flytetest1";

  /** Another account, with the same key. */
  public static final String OTHER_ACCOUNT = "flytetest2";

  private static final String VERSION = "3.37.0";
  private static final String MAIN = "node_modules/azurite/dist/src/blob/main.js";
  private static final Pattern REQUEST =
      Pattern.compile("\"((?:GET|HEAD|PUT|POST|DELETE) [^ ]+) HTTP");
  private static final AtomicInteger CONTAINERS = new AtomicInteger();
  private static final Installation INSTALLATION =
      new Installation(
          "azurite-" + VERSION,
          "npm",
          MAIN,
          List.of(
              "npm", "install", "--no-audit", "--no-fund", "--prefix", ".", "azurite@" + VERSION),
          Map.of());

  private final String scheme;
  private final ServerProcess process;

  private static final class Shared {
    static final AzureServer SERVER = start();
  }

  private AzureServer(String scheme, ServerProcess process) {
    this.scheme = scheme;
    this.process = process;
  }

  /** The server of this JVM. */
  public static AzureServer shared() {
    return Shared.SERVER;
  }

  /** Why there is no server on this machine, or empty when there is. */
  public static Optional<String> whyUnavailable() {
    return Installation.isOnPath("node")
        ? INSTALLATION.whyUnavailable()
        : Optional.of("'node' is not on the path, which runs Azurite");
  }

  private static AzureServer start() {
    whyUnavailable()
        .ifPresent(
            reason -> {
              throw new IllegalStateException(reason);
            });
    return launch("http", List.of());
  }

  /**
   * A server of one's own that speaks TLS and takes tokens, beside keys: those that say they are
   * Microsoft's and for storage, for it does not check who signed them. It has no container yet.
   */
  public static AzureServer startWithTokens(TlsKeys keys) {
    List<String> tls = List.of("--cert", keys.file().toString(), "--pwd", TlsKeys.PASSWORD);
    List<String> options = new ArrayList<>(tls);
    options.addAll(List.of("--oauth", "basic"));
    return launch("https", options);
  }

  private static AzureServer launch(String scheme, List<String> options) {
    int port = ServerProcess.freePort();
    String key = TestSecrets.AZURE_ACCOUNT_KEY;
    List<String> command =
        new ArrayList<>(
            List.of(
                "node",
                INSTALLATION.file().toString(),
                "--inMemoryPersistence",
                "--blobHost",
                "127.0.0.1",
                "--blobPort",
                Integer.toString(port),
                "--disableTelemetry",
                "--skipApiVersionCheck"));
    command.addAll(options);
    Map<String, String> accounts =
        Map.of("AZURITE_ACCOUNTS", ACCOUNT + ":" + key + ";" + OTHER_ACCOUNT + ":" + key);
    return new AzureServer(scheme, ServerProcess.start("azure", port, command, accounts));
  }

  /** Where it listens. */
  public URI uri() {
    return URI.create(scheme + "://127.0.0.1:" + process.port());
  }

  /** What a user configures to reach it, with a key that may be wrong. */
  public DataConfig dataConfig(String accountKey) {
    return dataConfig(azure -> azure.accountKey(accountKey));
  }

  /** What a user configures to reach it. */
  public DataConfig dataConfig() {
    return dataConfig(TestSecrets.AZURE_ACCOUNT_KEY);
  }

  /**
   * A signature that stands for the first account's key until it expires, and permits no more than
   * it says.
   *
   * @param permissions by their letters, such as {@code rwdlac}
   */
  public String newSignature(String permissions) {
    String expires = "2099-01-01T00:00:00Z";
    String version = "2021-06-08";
    String signed =
        String.join("\n", ACCOUNT, permissions, "b", "sco", "", expires, "", "", version, "", "");
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      byte[] key = Base64.getDecoder().decode(TestSecrets.AZURE_ACCOUNT_KEY);
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      byte[] hash = mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
      String encoded = Base64.getEncoder().encodeToString(hash);
      String signature = TestSecrets.remember(URLEncoder.encode(encoded, StandardCharsets.UTF_8));
      return "sv=%s&ss=b&srt=sco&sp=%s&se=%s&sig=%s"
          .formatted(version, permissions, expires, signature);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** What a user configures who has a signature and no key. */
  public DataConfig signedConfig(String signature) {
    return dataConfig(azure -> azure.sasToken(signature));
  }

  private DataConfig dataConfig(UnaryOperator<AzureBlobStorageConfig.Builder> identity) {
    AzureBlobStorageConfig.Builder azure =
        AzureBlobStorageConfig.builder().accountName(ACCOUNT).endpoint(uri().toString());
    return DataConfig.builder().azure(identity.apply(azure).build()).build();
  }

  /** A new, empty container of the first account. */
  public String newContainer() {
    return newContainer(ACCOUNT);
  }

  /** A new, empty container of an account, made without the code under test. */
  public String newContainer(String account) {
    String name = "test-" + ProcessHandle.current().pid() + "-" + CONTAINERS.incrementAndGet();
    new BlobServiceClientBuilder()
        .endpoint(uri() + "/" + account)
        .credential(new StorageSharedKeyCredential(account, TestSecrets.AZURE_ACCOUNT_KEY))
        .buildClient()
        .createBlobContainer(name);
    return name;
  }

  /** Every request so far, as method and target. */
  public List<String> requests() {
    return process.requests(REQUEST);
  }

  /** Ends one's own server. */
  @Override
  public void close() {
    process.close();
  }
}
