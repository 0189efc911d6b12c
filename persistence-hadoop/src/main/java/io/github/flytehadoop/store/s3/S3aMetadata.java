/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.s3;

import io.github.flytehadoop.hadoop.s3.check.MetadataEncoding;
import io.github.flytehadoop.store.hadoop.ContentHeaders;
import io.github.flytehadoop.store.s3.request.S3Metadata;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * What an object carries beside its bytes, as extended attributes of S3A show it: headers by their
 * own names, and metadata without the prefix that tells it apart.
 */
final class S3aMetadata {
  private static final String PREFIX = "header.";
  private static final String METADATA = "x-amz-meta-";
  private static final String OF_THE_STORE = "x-amz-";

  /** As S3A spells them; metadata of these names is spelled in small letters. */
  private static final Set<String> HEADERS =
      Set.of(
          "Cache-Control",
          "Content-Disposition",
          "Content-Encoding",
          "Content-Language",
          "Content-Length",
          "Content-MD5",
          "Content-Range",
          "Content-Type",
          "ETag",
          "Expires",
          "Last-Modified");

  private S3aMetadata() {}

  /** All of it, the mark of the writer too. */
  static Map<String, String> of(FileSystem fileSystem, Path path) throws IOException {
    Map<String, String> found = new TreeMap<>();
    fileSystem
        .getXAttrs(path)
        .forEach((name, value) -> add(found, name, new String(value, StandardCharsets.UTF_8)));
    return found;
  }

  private static void add(Map<String, String> found, String attribute, String value) {
    String name = attribute.startsWith(PREFIX) ? attribute.substring(PREFIX.length()) : attribute;
    if (name.startsWith(METADATA)) {
      found.put(name.substring(METADATA.length()), MetadataEncoding.decode(value));
      return;
    }
    if (!HEADERS.contains(name) && !name.toLowerCase(Locale.ROOT).startsWith(OF_THE_STORE)) {
      found.put(name, MetadataEncoding.decode(value));
      return;
    }
    String lower = name.toLowerCase(Locale.ROOT);
    boolean described =
        ContentHeaders.of(Map.of(lower, value)).headers().containsKey(lower)
            && !value.isEmpty()
            && !S3Metadata.NO_TYPE.contains(value);
    if (described) {
      found.put(lower, value);
    }
  }
}
