/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit;

import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobErrorCode;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobListDetails;
import com.azure.storage.blob.models.BlobProperties;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.Block;
import com.azure.storage.blob.models.BlockBlobItem;
import com.azure.storage.blob.models.BlockList;
import com.azure.storage.blob.models.BlockListType;
import com.azure.storage.blob.models.ListBlobsOptions;
import com.azure.storage.blob.options.BlockBlobCommitBlockListOptions;
import com.azure.storage.blob.specialized.BlockBlobClient;
import com.sun.net.httpserver.Headers;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A request of the {@code dfs} protocol, on an account whose directories are blobs that say so, or
 * prefixes of names.
 */
record DfsRequest(
    BlobContainerClient container, String path, Map<String, String> query, Headers headers) {
  private static final Map<String, String> FOLDER = Map.of("hdi_isfolder", "true");

  DfsAnswer answer(String method, byte[] body) {
    if ("filesystem".equals(query.get("resource"))) {
      return ofContainer(method);
    }
    return switch (method) {
      case "PUT" -> headers.containsKey("x-ms-rename-source") ? rename() : create();
      case "PATCH" -> change(body);
      case "DELETE" -> delete();
      case "HEAD" -> status();
      default -> DfsAnswer.error(400, "UnsupportedHttpVerb");
    };
  }

  private DfsAnswer ofContainer(String method) {
    switch (method) {
      case "PUT" -> container.create();
      case "DELETE" -> container.delete();
      case "GET" -> {
        return list(query.getOrDefault("directory", ""));
      }
      default -> {
        return DfsAnswer.of(container.exists() ? 200 : 404);
      }
    }
    return DfsAnswer.of(201);
  }

  private DfsAnswer create() {
    for (int end = path.indexOf('/'); end > 0; end = path.indexOf('/', end + 1)) {
      String parent = path.substring(0, end);
      if (!container.getBlobClient(parent).exists()) {
        put(parent, FOLDER, null);
      }
    }
    BlobRequestConditions conditions = new BlobRequestConditions();
    conditions.setIfNoneMatch(headers.getFirst("If-None-Match"));
    conditions.setIfMatch(headers.getFirst("If-Match"));
    boolean folder = "directory".equals(query.get("resource"));
    try {
      return changed(201, put(path, folder ? FOLDER : Map.of(), conditions));
    } catch (BlobStorageException failure) {
      boolean exists = failure.getErrorCode() == BlobErrorCode.BLOB_ALREADY_EXISTS;
      return DfsAnswer.error(
          failure.getStatusCode(), exists ? "PathAlreadyExists" : "ConditionNotMet");
    }
  }

  private BlockBlobItem put(
      String name, Map<String, String> metadata, BlobRequestConditions conditions) {
    return container
        .getBlobClient(name)
        .getBlockBlobClient()
        .commitBlockListWithResponse(
            new BlockBlobCommitBlockListOptions(List.of())
                .setMetadata(metadata)
                .setRequestConditions(conditions),
            null,
            Context.NONE)
        .getValue();
  }

  private static DfsAnswer changed(int status, BlockBlobItem item) {
    return DfsAnswer.of(status)
        .with("ETag", item.getETag())
        .with("Last-Modified", http(item.getLastModified()));
  }

  private static String http(OffsetDateTime time) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(time.withOffsetSameInstant(ZoneOffset.UTC));
  }

  private DfsAnswer change(byte[] body) {
    BlockBlobClient blob = container.getBlobClient(path).getBlockBlobClient();
    switch (query.get("action")) {
      case "append" -> {
        String id = "%020d".formatted(Long.parseLong(query.get("position")));
        String encoded = Base64.getEncoder().encodeToString(id.getBytes(StandardCharsets.UTF_8));
        blob.stageBlock(encoded, BinaryData.fromBytes(body));
        return DfsAnswer.of(202);
      }
      case "flush" -> {
        BlockList blocks = blob.listBlocks(BlockListType.ALL);
        List<String> ids = new ArrayList<>();
        blocks.getCommittedBlocks().stream().map(Block::getName).forEach(ids::add);
        blocks.getUncommittedBlocks().stream().map(Block::getName).sorted().forEach(ids::add);
        return changed(200, blob.commitBlockList(ids, true));
      }
      default -> {
        return DfsAnswer.of(200);
      }
    }
  }

  private DfsAnswer status() {
    if ("getAccessControl".equals(query.get("action"))) {
      // what tells ABFS that directories are no real ones
      return DfsAnswer.error(400, "HierarchicalNamespaceNotEnabled");
    }
    BlobClient blob = container.getBlobClient(path);
    if (!path.isEmpty() && blob.exists()) {
      BlobProperties properties = blob.getProperties();
      boolean folder = isFolder(properties.getMetadata());
      return DfsAnswer.of(200)
          .with("ETag", properties.getETag())
          .with("Last-Modified", http(properties.getLastModified()))
          .with("Content-Length", Long.toString(properties.getBlobSize()))
          .with("x-ms-resource-type", folder ? "directory" : "file");
    }
    return path.isEmpty() || !below(path).isEmpty()
        ? DfsAnswer.of(200)
            .with("Last-Modified", http(OffsetDateTime.now(ZoneOffset.UTC)))
            .with("Content-Length", "0")
            .with("x-ms-resource-type", "directory")
        : DfsAnswer.error(404, "PathNotFound");
  }

  private static boolean isFolder(Map<String, String> metadata) {
    return metadata != null && metadata.containsKey("hdi_isfolder");
  }

  private List<BlobItem> below(String directory) {
    ListBlobsOptions options =
        new ListBlobsOptions()
            .setPrefix(directory.isEmpty() ? "" : directory + "/")
            .setDetails(new BlobListDetails().setRetrieveMetadata(true));
    return container.listBlobs(options, null).stream().toList();
  }

  private DfsAnswer list(String directory) {
    List<BlobItem> items = below(directory);
    if (items.isEmpty() && !directory.isEmpty() && !container.getBlobClient(directory).exists()) {
      return DfsAnswer.error(404, "PathNotFound");
    }
    SortedMap<String, String> entries = new TreeMap<>();
    int start = directory.isEmpty() ? 0 : directory.length() + 1;
    for (BlobItem item : items) {
      String name = item.getName();
      // directories above it that are no blobs
      for (int end = name.indexOf('/', start); end > 0; end = name.indexOf('/', end + 1)) {
        entries.putIfAbsent(name.substring(0, end), entry(name.substring(0, end), item, true));
      }
      entries.put(name, entry(name, item, isFolder(item.getMetadata())));
    }
    if (!Boolean.parseBoolean(query.get("recursive"))) {
      entries.keySet().removeIf(name -> name.indexOf('/', start) > 0);
    }
    return DfsAnswer.json(200, "{\"paths\":[" + String.join(",", entries.values()) + "]}");
  }

  private static String entry(String name, BlobItem item, boolean folder) {
    return "{\"name\":\"%s\",\"isDirectory\":\"%s\",\"contentLength\":\"%d\",\"etag\":\"%s\",\"lastModified\":\"%s\"}"
        .formatted(
            name.replace("\\", "\\\\").replace("\"", "\\\""),
            folder,
            folder ? 0 : item.getProperties().getContentLength(),
            item.getProperties().getETag().replace("\"", ""),
            http(item.getProperties().getLastModified()));
  }

  private DfsAnswer rename() {
    String header = Objects.requireNonNull(headers.getFirst("x-ms-rename-source"));
    String source = URLDecoder.decode(header.replaceFirst("[?].*", ""), StandardCharsets.UTF_8);
    String from = source.split("/+", 3)[2];
    BlobClient old = container.getBlobClient(from);
    List<BlobItem> below = below(from);
    if (below.isEmpty() && !old.exists()) {
      return DfsAnswer.error(404, "SourcePathNotFound");
    }
    if (headers.containsKey("If-None-Match") && container.getBlobClient(path).exists()) {
      return DfsAnswer.error(409, "PathAlreadyExists");
    }
    if (old.exists()) {
      move(old, path);
    }
    for (BlobItem item : below) {
      move(container.getBlobClient(item.getName()), path + item.getName().substring(from.length()));
    }
    return DfsAnswer.of(201);
  }

  private void move(BlobClient source, String target) {
    Map<String, String> metadata = source.getProperties().getMetadata();
    BlobClient copy = container.getBlobClient(target);
    copy.upload(source.downloadContent(), true);
    copy.setMetadata(metadata);
    source.delete();
  }

  private DfsAnswer delete() {
    List<BlobItem> below = below(path);
    if (!below.isEmpty() && !Boolean.parseBoolean(query.get("recursive"))) {
      return DfsAnswer.error(409, "DirectoryNotEmpty");
    }
    below.forEach(item -> container.getBlobClient(item.getName()).delete());
    boolean deleted = container.getBlobClient(path).deleteIfExists() || !below.isEmpty();
    return deleted ? DfsAnswer.of(200) : DfsAnswer.error(404, "PathNotFound");
  }
}
