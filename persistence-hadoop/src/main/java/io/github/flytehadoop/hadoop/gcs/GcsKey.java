/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.gcs;

import io.github.flytehadoop.hadoop.overlay.HadoopKey;
import java.util.List;

/** The keys of the GCS connector that this library sets, and those it knows to be secret. */
public enum GcsKey implements HadoopKey {
  IMPL("fs.gs.impl", Kind.PLAIN, "file system of gs://; Hadoop names another one"),
  ABSTRACT("fs.AbstractFileSystem.gs.impl", Kind.PLAIN, "FileContext of gs://"),
  BLOCK_SIZE("fs.gs.block.size", Kind.PLAIN, "plain bytes: the connector cannot read Hadoop's 64m"),
  AUTH_TYPE(
      "fs.gs.auth.type",
      Kind.PLAIN,
      "where credentials come from",
      "GCSConfig.serviceAccountKeyFile",
      "GCSConfig.endpoint"),
  KEY_FILE(
      "fs.gs.auth.service.account.json.keyfile",
      Kind.PLAIN,
      "path of a service account's key",
      "GCSConfig.serviceAccountKeyFile"),
  IMPERSONATE(
      "fs.gs.auth.impersonation.service.account",
      Kind.PLAIN,
      "service account to act as",
      "GCSConfig.impersonateServiceAccount"),
  PROJECT("fs.gs.project.id", Kind.PLAIN, "project of new buckets", "GCSConfig.projectId"),
  ROOT_URL("fs.gs.storage.root.url", Kind.PLAIN, "URL of the store", "GCSConfig.endpoint"),
  SERVICE_PATH(
      "fs.gs.storage.service.path", Kind.PLAIN, "path of the JSON API", "GCSConfig.endpoint"),
  MOVE_ENABLE(
      "fs.gs.operation.move.enable",
      Kind.PLAIN,
      "rename by one call, which emulators lack",
      "GCSConfig.endpoint"),
  FOLDERS_ENABLE(
      "fs.gs.hierarchical.namespace.folders.enable",
      Kind.PLAIN,
      "folders, which emulators lack",
      "GCSConfig.endpoint"),
  MAX_RETRY("fs.gs.http.max.retry", Kind.PLAIN, "retries", "S3Config.retries"),
  UNCACHED("fs.gs.impl.disable.cache", Kind.PLAIN, "instances belong to this library"),
  CONFLICT_CHECK(
      "fs.gs.create.items.conflict.check.enable", Kind.PLAIN, "no probes before a write"),
  STATUS_PARALLEL("fs.gs.status.parallel.enable", Kind.PLAIN, "one request for a file's status"),
  DIR_REPAIR("fs.gs.implicit.dir.repair.enable", Kind.PLAIN, "no marker objects"),
  CHECKSUM("fs.gs.checksum.type", Kind.PLAIN, "checksum to compare with"),
  READ_TIMEOUT("fs.gs.http.read-timeout", Kind.PLAIN, "time without a byte"),
  UPLOAD_CHUNK("fs.gs.outputstream.upload.chunk.size", Kind.PLAIN, "bytes of a part of an upload"),
  ROLLING_CHECKSUM(
      "fs.gs.write.rolling.checksum.enable",
      Kind.PLAIN,
      "the digest of an upload in its last request"),
  BATCH(
      "fs.gs.max.requests.per.batch",
      Kind.PLAIN,
      "requests in one, which emulators lack",
      "GCSConfig.endpoint"),
  CLIENT_SECRET("fs.gs.auth.client.secret", Kind.SECRET, "user credentials"),
  REFRESH_TOKEN("fs.gs.auth.refresh.token", Kind.SECRET, "user credentials"),
  ENCRYPTION_KEY("fs.gs.encryption.key", Kind.SECRET, "encryption by a key of the user"),
  PROXY_USERNAME("fs.gs.proxy.username", Kind.SECRET, "proxy"),
  PROXY_PASSWORD("fs.gs.proxy.password", Kind.SECRET, "proxy");

  private final String key;
  private final Kind kind;
  private final String purpose;

  @SuppressWarnings("ImmutableEnumChecker") // List.of gives an immutable list
  private final List<String> components;

  GcsKey(String key, Kind kind, String purpose, String... components) {
    this.key = key;
    this.kind = kind;
    this.purpose = purpose;
    this.components = List.of(components);
  }

  @Override
  public String key() {
    return key;
  }

  @Override
  public Kind kind() {
    return kind;
  }

  @Override
  public String purpose() {
    return purpose;
  }

  @Override
  public List<String> components() {
    return components;
  }
}
