/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;

/** ListObjectsV2. */
final class Listing {
  private static final int MAX_KEYS = 1000;

  private Listing() {}

  static Reply list(Bucket bucket, S3Request request) {
    ListPage page = request.fault().page(request, pageOf(bucket, request));
    Optional<String> encoding = request.parameter("encoding-type");
    Xml xml = new Xml("ListBucketResult").leaf("Name", bucket.name());
    for (String echoed : List.of("prefix", "delimiter", "start-after")) {
      request
          .parameter(echoed)
          .ifPresent(value -> xml.leaf(elementOf(echoed), encoded(value, encoding)));
    }
    encoding.ifPresent(type -> xml.leaf("EncodingType", type));
    request.parameter("continuation-token").ifPresent(t -> xml.leaf("ContinuationToken", t));
    page.nextToken()
        .filter(token -> !token.isEmpty())
        .ifPresent(token -> xml.leaf("NextContinuationToken", token));
    xml.leaf("IsTruncated", page.nextToken().isPresent());
    xml.leaf("MaxKeys", maxKeys(request));
    xml.leaf("KeyCount", page.entries().size() + page.prefixes().size());
    boolean owners = request.parameter("fetch-owner").orElse("").equals("true");
    page.entries().forEach(entry -> write(xml, entry, encoding, owners));
    for (String prefix : page.prefixes()) {
      xml.open("CommonPrefixes").leaf("Prefix", encoded(prefix, encoding)).close("CommonPrefixes");
    }
    return Reply.xml(200, xml);
  }

  /** The token that continues after an item, or from the start after an empty one. */
  static String tokenAfter(String item) {
    return Base64.getUrlEncoder().encodeToString(("after:" + item).getBytes(UTF_8));
  }

  /** The key as asked for: percent-encoded or as it is. */
  static String encoded(String key, Optional<String> encoding) {
    return encoding.isPresent() ? URLEncoder.encode(key, UTF_8).replace("%2F", "/") : key;
  }

  private static ListPage pageOf(Bucket bucket, S3Request request) {
    String prefix = request.parameter("prefix").orElse("");
    String delimiter = request.parameter("delimiter").orElse("");
    String after =
        request
            .parameter("continuation-token")
            .map(Listing::itemOf)
            .or(() -> request.parameter("start-after"))
            .orElse("");
    int maxKeys = maxKeys(request);
    List<ListPage.Entry> entries = new ArrayList<>();
    List<String> prefixes = new ArrayList<>();
    String last = after;
    boolean fromPrefix = Bucket.compareKeys(prefix, after) > 0;
    NavigableMap<String, StoredObject> rest =
        bucket.objects().tailMap(fromPrefix ? prefix : after, fromPrefix);
    for (Map.Entry<String, StoredObject> object : rest.entrySet()) {
      String key = object.getKey();
      if (!key.startsWith(prefix)) {
        break;
      }
      int end = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
      String item = end < 0 ? key : key.substring(0, end + delimiter.length());
      if (end >= 0 && item.equals(last)) {
        continue;
      }
      if (entries.size() + prefixes.size() == maxKeys) {
        return new ListPage(entries, prefixes, Optional.of(tokenAfter(last)));
      }
      if (end < 0) {
        entries.add(new ListPage.Entry(key, object.getValue()));
      } else {
        prefixes.add(item);
      }
      last = item;
    }
    return new ListPage(entries, prefixes, Optional.empty());
  }

  private static void write(
      Xml xml, ListPage.Entry entry, Optional<String> encoding, boolean owners) {
    xml.open("Contents")
        .leaf("Key", encoded(entry.key(), encoding))
        .leaf("LastModified", entry.object().lastModified())
        .leaf("ETag", entry.object().quotedEtag())
        .leaf("Size", entry.object().content().length())
        .leaf("StorageClass", "STANDARD");
    if (owners) {
      xml.open("Owner").leaf("ID", "owner").leaf("DisplayName", "owner").close("Owner");
    }
    xml.close("Contents");
  }

  private static int maxKeys(S3Request request) {
    int asked = request.parameter("max-keys").map(Integer::parseInt).orElse(MAX_KEYS);
    return Math.min(asked, MAX_KEYS);
  }

  private static String itemOf(String token) {
    try {
      return new String(Base64.getUrlDecoder().decode(token), UTF_8).substring(6);
    } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
      throw new S3Error(400, "InvalidArgument", "The continuation token provided is incorrect");
    }
  }

  private static String elementOf(String parameter) {
    return switch (parameter) {
      case "prefix" -> "Prefix";
      case "delimiter" -> "Delimiter";
      default -> "StartAfter";
    };
  }
}
