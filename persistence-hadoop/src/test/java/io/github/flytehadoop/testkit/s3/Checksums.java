/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit.s3;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/** Digests of content, and the checks of those that a request carries. */
final class Checksums {
  static final String HEADER = "x-amz-checksum-";

  /** The checksum headers that carry a value, by the digest that they carry. */
  private static final Map<String, String> ALGORITHMS =
      Map.of(
          HEADER + "crc32", "CRC32",
          HEADER + "crc32c", "CRC32C",
          HEADER + "sha1", "SHA-1",
          HEADER + "sha256", "SHA-256",
          HEADER + "crc64nvme", "");

  private Checksums() {}

  /** The checksum headers of the request. */
  static Map<String, String> of(S3Request request) {
    return request.headers(ALGORITHMS::containsKey);
  }

  /** Refuses the body unless it has every digest that the request says it has. */
  static void verify(S3Request request) {
    verifyWhole(request, request.body());
    request
        .header("content-md5")
        .filter(md5 -> !md5.equals(base64(digest("MD5", request.body()))))
        .ifPresent(md5 -> refuse("Content-MD5"));
    request
        .header("x-amz-content-sha256")
        .filter(sha -> sha.length() == 64)
        .filter(sha -> !sha.equals(hex(digest("SHA-256", request.body()))))
        .ifPresent(
            sha -> {
              throw new S3Error(
                  400, "XAmzContentSHA256Mismatch", "The body does not match its SHA-256");
            });
  }

  /** Refuses the content unless it matches the request's checksum headers. */
  static void verifyWhole(S3Request request, Content content) {
    of(request)
        .forEach(
            (header, value) -> {
              String algorithm = ALGORITHMS.getOrDefault(header, "");
              if (!algorithm.isEmpty() && !base64(digest(algorithm, content)).equals(value)) {
                refuse(header);
              }
            });
  }

  /** What S3 gives to an object whose parts all carried the same kind of checksum. */
  static Map<String, String> composite(List<Map<String, String>> parts) {
    Optional<String> common =
        parts.get(0).keySet().stream()
            .filter(header -> parts.stream().allMatch(part -> part.containsKey(header)))
            .filter(header -> !ALGORITHMS.getOrDefault(header, "").isEmpty())
            .findFirst();
    if (common.isEmpty()) {
      return Map.of();
    }
    String header = common.get();
    List<Content> digests =
        parts.stream()
            .map(part -> Content.of(Base64.getDecoder().decode(part.getOrDefault(header, ""))))
            .toList();
    byte[] digest = digest(ALGORITHMS.getOrDefault(header, ""), Content.concat(digests));
    return Map.of(header, base64(digest) + "-" + parts.size());
  }

  static byte[] digest(String algorithm, Content content) {
    return switch (algorithm) {
      case "CRC32" -> crc(new CRC32(), content);
      case "CRC32C" -> crc(new CRC32C(), content);
      default -> {
        try {
          MessageDigest digest = MessageDigest.getInstance(algorithm);
          content.buffers().forEach(digest::update);
          yield digest.digest();
        } catch (NoSuchAlgorithmException e) {
          throw new IllegalStateException(e);
        }
      }
    };
  }

  static String hex(byte[] digest) {
    return HexFormat.of().formatHex(digest);
  }

  private static byte[] crc(Checksum checksum, Content content) {
    content.buffers().forEach(checksum::update);
    return ByteBuffer.allocate(4).putInt((int) checksum.getValue()).array();
  }

  private static String base64(byte[] digest) {
    return Base64.getEncoder().encodeToString(digest);
  }

  private static void refuse(String what) {
    throw new S3Error(400, "BadDigest", "The " + what + " you specified did not match the body");
  }
}
