/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.azure;

import com.azure.core.http.rest.PagedIterable;
import com.azure.core.http.rest.PagedResponse;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobListDetails;
import com.azure.storage.blob.models.BlobProperties;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.ListBlobsOptions;
import io.github.flytehadoop.hadoop.azure.AzureConnection;
import io.github.flytehadoop.hadoop.request.PageTokens;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.store.hadoop.WriterToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one container. None holds more of a file in memory than the bytes which it is
 * given: bodies are sent from the array they are in, and an answer comes as its reader takes it.
 */
final class AzureRequests {
  /** How deep a page of a listing goes. */
  enum Depth {
    CHILDREN,
    TREE
  }

  private static final int GONE = 404;
  private static final String KIND = "x-ms-blob-type";
  private static final String BLOCKS = "BlockBlob";
  private static final String MD5 = "Content-MD5";

  private final AzureConnection connection;

  AzureRequests(AzureConnection connection) {
    this.connection = connection;
  }

  AzureConnection connection() {
    return connection;
  }

  /** The key of a path: the container is its root. */
  static String key(Path path) {
    return path.toUri().getPath().substring(1);
  }

  /** What the store tells of a blob. */
  BlobProperties properties(Path path) throws IOException {
    return connection.call(
        client ->
            client
                .container()
                .getBlobClient(key(path))
                .getPropertiesWithResponse(null, null, Context.NONE)
                .getValue());
  }

  /** Whether the blob is there, whole, by this writer. */
  boolean isWritten(Path path, WriteOptions options, long lengthBytes) throws IOException {
    BlobProperties blob = properties(path);
    return blob.getBlobSize() == lengthBytes
        && WriterToken.isOn(AzureMetadata.of(blob.getMetadata()), options);
  }

  /** Makes a blob of one body. */
  void upload(Path path, Map<String, String> headers, ByteBuffer body, byte[] md5)
      throws IOException {
    Map<String, String> all = new HashMap<>(headers);
    all.put(KIND, BLOCKS);
    all.put(MD5, base64(md5));
    put(path, "", all, body);
  }

  /** Sends a block, which is part of no blob yet. */
  void stage(Path path, String block, ByteBuffer body, byte[] md5) throws IOException {
    String name = block.replace("=", "%3D").replace("+", "%2B");
    put(path, "comp=block&blockid=" + name, Map.of(MD5, base64(md5)), body);
  }

  /** Makes a blob of blocks; its readers are told this digest of all. */
  void commit(Path path, Map<String, String> headers, List<String> blocks, byte[] md5)
      throws IOException {
    StringBuilder list = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?><BlockList>");
    blocks.forEach(name -> list.append("<Latest>").append(name).append("</Latest>"));
    byte[] xml = list.append("</BlockList>").toString().getBytes(StandardCharsets.UTF_8);
    Map<String, String> all = new HashMap<>(headers);
    all.put("x-ms-blob-content-md5", base64(md5));
    all.put("Content-Type", "application/xml; charset=utf-8");
    put(path, "comp=blocklist", all, ByteBuffer.wrap(xml));
  }

  /** Makes an empty blob that stands for a directory, and replaces none. */
  void mark(Path path) throws IOException {
    Map<String, String> headers =
        Map.of(KIND, BLOCKS, AzureMetadata.FOLDER_HEADER, "true", "If-None-Match", "*");
    put(path, "", headers, ByteBuffer.allocate(0));
  }

  private void put(Path path, String query, Map<String, String> headers, ByteBuffer body)
      throws IOException {
    connection.call(
        client -> {
          try (SentBytes bytes = new SentBytes(body)) {
            client.put(key(path), query, headers, bytes.data());
            return true;
          }
        });
  }

  private static String base64(byte[] digest) {
    return Base64.getEncoder().encodeToString(digest);
  }

  void delete(Path path) throws IOException {
    delete(key(path));
  }

  /** A blob that is gone at another try was deleted by the one whose answer was lost. */
  void delete(String key) throws IOException {
    int[] tries = {0};
    connection.call(
        client -> {
          tries[0]++;
          try {
            client
                .container()
                .getBlobClient(key)
                .deleteWithResponse(null, null, null, Context.NONE);
          } catch (BlobStorageException failure) {
            if (tries[0] == 1 || failure.getStatusCode() != GONE) {
              throw failure;
            }
          }
          return true;
        });
  }

  /** Whether anything is below a prefix; a page may have nothing and yet not be the last. */
  boolean isAnyBelow(String prefix) throws IOException {
    PageTokens pages = new PageTokens();
    PagedResponse<BlobItem> page;
    do {
      page = page(prefix, Depth.TREE, 1, pages.token());
      if (!page.getValue().isEmpty()) {
        return true;
      }
    } while (pages.turn(page.getContinuationToken()));
    return false;
  }

  /**
   * A page of a listing.
   *
   * @param token of the page before, null for the first
   */
  PagedResponse<BlobItem> page(String prefix, Depth depth, int most, @Nullable String token)
      throws IOException {
    ListBlobsOptions options =
        new ListBlobsOptions()
            .setPrefix(prefix.isEmpty() ? null : prefix)
            .setMaxResultsPerPage(most)
            .setDetails(new BlobListDetails().setRetrieveMetadata(true));
    return connection.call(
        client ->
            pages(client.container(), depth, options).iterableByPage(token).iterator().next());
  }

  private static PagedIterable<BlobItem> pages(
      BlobContainerClient container, Depth depth, ListBlobsOptions options) {
    return depth == Depth.TREE
        ? container.listBlobs(options, null)
        : container.listBlobsByHierarchy("/", options, null);
  }
}
