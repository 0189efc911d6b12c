/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.azure;

import io.github.flytehadoop.hadoop.azure.AzureKey;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.store.hadoop.WriterMark;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URL;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.azurebfs.AbfsConfiguration;
import org.apache.hadoop.fs.azurebfs.AbfsStatistic;
import org.apache.hadoop.fs.azurebfs.AzureBlobFileSystem;
import org.apache.hadoop.fs.azurebfs.constants.AbfsServiceType;
import org.apache.hadoop.fs.azurebfs.constants.FSOperationType;
import org.apache.hadoop.fs.azurebfs.contracts.exceptions.AbfsRestOperationException;
import org.apache.hadoop.fs.azurebfs.services.AbfsBlobClient;
import org.apache.hadoop.fs.azurebfs.services.AbfsClient;
import org.apache.hadoop.fs.azurebfs.services.AbfsHttpHeader;
import org.apache.hadoop.fs.azurebfs.services.AbfsJdkHttpOperation;
import org.apache.hadoop.fs.azurebfs.services.AbfsRestOperationType;
import org.apache.hadoop.fs.azurebfs.services.AbfsRetryPolicy;
import org.apache.hadoop.fs.azurebfs.utils.TracingContext;
import org.apache.hadoop.fs.azurebfs.utils.TracingHeaderFormat;

/**
 * The requests that ABFS itself cannot make: it creates a visible, empty blob before it sends a
 * byte, and sends neither metadata nor headers of the content. They go through its own client,
 * which signs them for every kind of credentials and says when one is tried again.
 */
final class AzureRequests {
  private static final int FIRST_FAILURE = 400;

  private final AzureBlobFileSystem fileSystem;
  private final AbfsBlobClient client;
  private final AbfsConfiguration configuration;
  private final String container;
  private final String id = UUID.randomUUID().toString();

  AzureRequests(AzureBlobFileSystem fileSystem) {
    this.fileSystem = fileSystem;
    this.client = (AbfsBlobClient) fileSystem.getAbfsStore().getClient(AbfsServiceType.BLOB);
    this.configuration = fileSystem.getAbfsStore().getAbfsConfiguration();
    this.container = containerUrl(fileSystem.getUri(), fileSystem.getConf());
  }

  AbfsBlobClient client() {
    return client;
  }

  /** The context that each call of the client wants, for its logs. */
  TracingContext tracing(FSOperationType operation) {
    return new TracingContext("", id, operation, true, TracingHeaderFormat.ALL_ID_FORMAT, null);
  }

  /** What the store tells of a blob, by header. */
  Map<String, List<String>> headers(Path path) throws IOException {
    return client
        .getPathStatus(path.toUri().getPath(), true, tracing(FSOperationType.GET_ATTR), null)
        .getResult()
        .getResponseHeaders();
  }

  /** Whether the blob is there, whole, by this writer. */
  boolean isWritten(Path path, WriteOptions options, long lengthBytes) throws IOException {
    boolean whole = fileSystem.getFileStatus(path).getLen() == lengthBytes;
    return whole && WriterMark.isOn(AzureMetadata.of(headers(path)), options);
  }

  /** As ABFS builds it: an emulator's accounts are paths of one host, all others hosts. */
  static String containerUrl(URI uri, Configuration conf) {
    String authority = uri.getRawAuthority();
    String name = authority.substring(0, authority.indexOf('@'));
    String host = authority.substring(name.length() + 1);
    boolean tls =
        uri.getScheme().equals("abfss") || conf.getBoolean(AzureKey.ALWAYS_HTTPS.key(), true);
    String endpoint =
        conf.get(AzureKey.ENDPOINT.forAccount(host), conf.get(AzureKey.ENDPOINT.key(), ""));
    String place =
        endpoint.contains(":")
            ? endpoint.strip() + "/" + host.substring(0, host.indexOf('.'))
            : host.replaceFirst("\\.dfs\\.", ".blob.");
    return (tls ? "https://" : "http://") + place + "/" + name;
  }

  /**
   * Sends a body and waits for the answer, as often as the client's policy allows.
   *
   * @param query without the signature that some credentials add
   * @param body with an array, and left as it is
   */
  void put(Path path, String query, Map<String, String> headers, ByteBuffer body)
      throws IOException {
    String key = path.toUri().getPath();
    URL url =
        URI.create(container + AbfsClient.urlEncode(key) + "?" + query + signature(key)).toURL();
    List<AbfsHttpHeader> all = new ArrayList<>(client.createDefaultHeaders());
    headers.forEach((name, value) -> all.add(new AbfsHttpHeader(name, value)));
    addCustomerKey(all);
    AbfsRetryPolicy policy = client.getRetryPolicy("");
    for (int attempt = 0; ; attempt++) {
      IOException failure;
      int status = -1;
      try {
        AbfsJdkHttpOperation operation = send(url, all, body);
        status = operation.getStatusCode();
        if (status > 0 && status < FIRST_FAILURE) {
          return;
        }
        failure =
            new AbfsRestOperationException(
                status,
                operation.getStorageErrorCode(),
                operation.getStorageErrorMessage(),
                null,
                operation);
      } catch (IOException broken) {
        failure = broken;
      }
      if (!policy.shouldRetry(attempt, status)) {
        throw failure;
      }
      pause(policy.getRetryInterval(attempt), failure);
    }
  }

  private AbfsJdkHttpOperation send(URL url, List<AbfsHttpHeader> headers, ByteBuffer body)
      throws IOException {
    AbfsJdkHttpOperation operation =
        new AbfsJdkHttpOperation(
            url,
            "PUT",
            headers,
            Duration.ofMillis(configuration.getHttpConnectionTimeout()),
            Duration.ofMillis(configuration.getHttpReadTimeout()),
            client);
    client
        .getAbfsRestOperation(AbfsRestOperationType.PutBlob, "PUT", url, headers)
        .signRequest(operation, body.remaining(), false);
    client.getAbfsCounters().incrementCounter(AbfsStatistic.HTTP_PUT_REQUEST, 1);
    operation.sendPayload(body.array(), body.arrayOffset() + body.position(), body.remaining());
    operation.processResponse(new byte[0], 0, 0);
    return operation;
  }

  private static void pause(long millis, IOException failure) throws IOException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      InterruptedIOException stopped = new InterruptedIOException("interrupted between attempts");
      stopped.initCause(failure);
      throw stopped;
    }
  }

  private String signature(String key) throws IOException {
    var provider = client.getSasTokenProvider();
    if (provider == null) {
      return "";
    }
    String host = fileSystem.getUri().getHost();
    String account = host.substring(0, host.indexOf('.')).toLowerCase(Locale.ROOT);
    String token = provider.getSASToken(account, client.getFileSystem(), key, "write");
    return "&" + (token.startsWith("?") ? token.substring(1) : token);
  }

  private void addCustomerKey(List<AbfsHttpHeader> headers) {
    String key = configuration.getEncodedClientProvidedEncryptionKey();
    if (key != null) {
      headers.add(new AbfsHttpHeader("x-ms-encryption-key", key));
      headers.add(
          new AbfsHttpHeader(
              "x-ms-encryption-key-sha256",
              configuration.getEncodedClientProvidedEncryptionKeySHA()));
      headers.add(new AbfsHttpHeader("x-ms-encryption-algorithm", "AES256"));
    }
  }
}
