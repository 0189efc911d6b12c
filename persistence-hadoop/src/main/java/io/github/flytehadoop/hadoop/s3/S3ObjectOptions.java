/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3;

import io.github.flytehadoop.error.ConfigException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;

/**
 * Headers that writes and reads of objects carry, as the configuration of a bucket asks for.
 *
 * @param created headers of requests that create an object: ACL, storage class, encryption
 * @param keyed headers of every request that touches the bytes of an object under a key of the user
 * @param paid headers of every request to a bucket whose readers pay
 * @param checksum sent with the bytes for the store to compare, or null
 * @param contentEncoding of objects that say nothing of their own, or null
 */
public record S3ObjectOptions(
    Map<String, String> created,
    Map<String, String> keyed,
    Map<String, String> paid,
    @Nullable ChecksumAlgorithm checksum,
    @Nullable String contentEncoding) {
  private static final String ALGORITHM = "fs.s3a.encryption.algorithm";
  private static final String OLD_ALGORITHM = "fs.s3a.server-side-encryption-algorithm";
  private static final String CONTEXT = "fs.s3a.encryption.context";
  private static final String ACL = "fs.s3a.acl.default";
  private static final String STORAGE_CLASS = "fs.s3a.create.storage.class";
  private static final String REQUESTER_PAYS = "fs.s3a.requester.pays.enabled";
  private static final String SSE = "x-amz-server-side-encryption";
  private static final String CUSTOMER = SSE + "-customer-";
  private static final String COPY_SOURCE = "x-amz-copy-source-server-side-encryption-customer-";

  /** Copies the headers. */
  public S3ObjectOptions {
    created = Map.copyOf(created);
    keyed = Map.copyOf(keyed);
    paid = Map.copyOf(paid);
  }

  static S3ObjectOptions of(BucketConfiguration options) {
    Map<String, String> created = new TreeMap<>();
    Map<String, String> keyed = new TreeMap<>();
    String acl = options.text(ACL);
    if (!acl.isEmpty()) {
      created.put("x-amz-acl", hyphenated(acl));
    }
    String storageClass = options.text(STORAGE_CLASS);
    if (!storageClass.isEmpty()) {
      created.put("x-amz-storage-class", storageClass.toUpperCase(Locale.ROOT));
    }
    encryption(options, created, keyed);
    String encoding = options.text("fs.s3a.object.content.encoding");
    return new S3ObjectOptions(
        created,
        keyed,
        options.flag(REQUESTER_PAYS, false) ? Map.of("x-amz-request-payer", "requester") : Map.of(),
        checksum(options),
        encoding.isEmpty() ? null : encoding);
  }

  private static void encryption(
      BucketConfiguration options, Map<String, String> created, Map<String, String> keyed) {
    String algorithm = options.text(ALGORITHM, OLD_ALGORITHM).toUpperCase(Locale.ROOT);
    String key = options.secret(S3Key.ENCRYPTION_KEY.key(), S3Key.LEGACY_ENCRYPTION_KEY.key());
    switch (algorithm) {
      case "", "CSE-KMS", "CSE-CUSTOM" -> {}
      case "AES256", "SSE-S3" -> created.put(SSE, "AES256");
      case "SSE-KMS" -> managed(created, "aws:kms", key, options.text(CONTEXT));
      case "DSSE-KMS" -> managed(created, "aws:kms:dsse", key, options.text(CONTEXT));
      case "SSE-C" -> customer(keyed, key);
      default ->
          throw new ConfigException(
              ALGORITHM,
              "the Hadoop configuration",
              "nobody knows the encryption "
                  + algorithm
                  + ". Write SSE-S3, SSE-KMS, DSSE-KMS or SSE-C.");
    }
  }

  private static void managed(
      Map<String, String> created, String algorithm, @Nullable String key, String context) {
    created.put(SSE, algorithm);
    if (key != null) {
      created.put(SSE + "-aws-kms-key-id", key);
    }
    if (!context.isEmpty()) {
      created.put(SSE + "-context", base64(json(context).getBytes(StandardCharsets.UTF_8)));
    }
  }

  /** Pairs as S3A takes them, {@code a=b,c=d}, in the JSON that KMS takes. */
  private static String json(String context) {
    StringBuilder json = new StringBuilder("{");
    for (String pair : context.split(",", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        json.append(json.length() > 1 ? "," : "")
            .append(quoted(pair.substring(0, equals).strip()))
            .append(':')
            .append(quoted(pair.substring(equals + 1).strip()));
      }
    }
    return json.append('}').toString();
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static void customer(Map<String, String> keyed, @Nullable String key) {
    if (key == null) {
      throw new ConfigException(
          S3Key.ENCRYPTION_KEY.key(),
          "the Hadoop configuration",
          "SSE-C needs a key. Set it to 32 bytes in Base64.");
    }
    keyed.put(CUSTOMER + "algorithm", "AES256");
    keyed.put(CUSTOMER + "key", key);
    keyed.put(CUSTOMER + "key-MD5", digest(key));
  }

  private static String digest(String key) {
    try {
      return base64(MessageDigest.getInstance("MD5").digest(Base64.getDecoder().decode(key)));
    } catch (IllegalArgumentException noBase64) {
      throw new ConfigException(
          S3Key.ENCRYPTION_KEY.key(),
          "the Hadoop configuration",
          "it is no Base64. Encode the 32 bytes of the key.");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** {@code BucketOwnerFullControl} as the header has it. */
  private static String hyphenated(String acl) {
    return acl.contains("-")
        ? acl.toLowerCase(Locale.ROOT)
        : acl.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }

  private static @Nullable ChecksumAlgorithm checksum(BucketConfiguration options) {
    String name = options.text(S3Key.CHECKSUM_ALGORITHM.key()).toUpperCase(Locale.ROOT);
    return switch (name.replace("_", "")) {
      case "", "NONE" -> null;
      case "CRC32" -> ChecksumAlgorithm.CRC32;
      case "CRC32C" -> ChecksumAlgorithm.CRC32_C;
      case "SHA1" -> ChecksumAlgorithm.SHA1;
      case "SHA256" -> ChecksumAlgorithm.SHA256;
      case "CRC64NVME" -> ChecksumAlgorithm.CRC64_NVME;
      default ->
          throw new ConfigException(
              S3Key.CHECKSUM_ALGORITHM.key(),
              "the Hadoop configuration",
              "nobody knows the checksum " + name + ". Write CRC32C or NONE.");
    };
  }

  /** Whether objects are under a key of the user, without which nobody reads them. */
  public boolean hasCustomerKey() {
    return !keyed.isEmpty();
  }

  /** The key of the user for the original of a copy. */
  public Map<String, String> copySource() {
    Map<String, String> source = new TreeMap<>();
    keyed.forEach((name, value) -> source.put(name.replace(CUSTOMER, COPY_SOURCE), value));
    return source;
  }
}
