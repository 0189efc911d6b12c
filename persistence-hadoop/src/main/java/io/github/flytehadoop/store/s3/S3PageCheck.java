/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.s3;

import io.github.flytehadoop.error.Printable;
import io.github.flytehadoop.location.ListedKey;
import io.github.flytehadoop.location.RelativePath;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Refuses pages of a listing that contradict themselves or each other (F28), and says which keys no
 * path names (B10 to B16). One checks all pages of a listing, in their order.
 */
final class S3PageCheck {
  /** Of clients before S3A, which it still leaves out. */
  private static final String OLD_MARKER = "_$folder$";

  /** Directory buckets of Amazon have no order. */
  private static final String UNORDERED = "--x-s3";

  private final boolean ordered;
  private final String prefix;
  private final S3Listing.Depth depth;
  private @Nullable String last;
  private @Nullable String firstPrefix;

  S3PageCheck(String bucket, String prefix, S3Listing.Depth depth) {
    this.ordered = !bucket.endsWith(UNORDERED);
    this.prefix = prefix;
    this.depth = depth;
  }

  /** Whether an object stands for a directory and has nothing else to say. */
  static boolean isMarker(S3Object object) {
    return size(object) == 0 && (object.key().endsWith("/") || object.key().endsWith(OLD_MARKER));
  }

  private static long size(S3Object object) {
    return object.size() == null ? 0 : object.size();
  }

  /**
   * Why a page cannot be believed, as a clause; null when it can.
   *
   * @param asked the token that the page was asked for with, null for the first
   */
  @Nullable String problemOf(@Nullable String asked, ListObjectsV2Response page) {
    String contradiction = contradiction(asked, page);
    if (contradiction != null) {
      return contradiction;
    }
    for (S3Object object : page.contents()) {
      String problem = problemOfPlace(object.key());
      if (problem != null) {
        return problem;
      }
    }
    String first = page.commonPrefixes().isEmpty() ? null : page.commonPrefixes().get(0).prefix();
    if (first != null && first.equals(firstPrefix)) {
      return "the store gives the same page again and again: the listing is inconsistent";
    }
    firstPrefix = first;
    for (CommonPrefix below : page.commonPrefixes()) {
      if (!isBelow(below.prefix())) {
        return outside(below.prefix());
      }
    }
    return null;
  }

  private static @Nullable String contradiction(
      @Nullable String asked, ListObjectsV2Response page) {
    if (!Boolean.TRUE.equals(page.isTruncated())) {
      return null;
    }
    String next = page.nextContinuationToken();
    if (next == null || next.isEmpty()) {
      return "the store says that the listing goes on and does not say where"
          + " (no continuation token): the listing is inconsistent";
    }
    return next.equals(asked)
        ? "the store gives the same page again and again: the listing is inconsistent"
        : null;
  }

  private @Nullable String problemOfPlace(String key) {
    if (!key.startsWith(prefix)) {
      return outside(key);
    }
    String before = last;
    if (before != null && ordered && !follows(before, key)) {
      return "the store names "
          + Printable.of(key)
          + " after "
          + Printable.of(before)
          + ": the listing is inconsistent";
    }
    last = key;
    return null;
  }

  private boolean isBelow(String directory) {
    return directory.startsWith(prefix) && directory.endsWith("/") && depth != S3Listing.Depth.TREE;
  }

  private static String outside(String key) {
    return "the store names "
        + Printable.of(key)
        + ", which is outside: the listing is inconsistent";
  }

  /** Why no path names an object, as a clause; null when one does. */
  @Nullable String problemOfName(S3Object object) {
    String key = object.key();
    if (key.endsWith(OLD_MARKER) && size(object) > 0) {
      return ListedKey.isLikeMarker(key);
    }
    String problem = ListedKey.problemOf(key, size(object), prefix);
    return problem == null && !isMarker(object)
        ? problemOfName(key.substring(prefix.length()), key)
        : problem;
  }

  /** Why no path names a directory, as a clause; null when one does. */
  @Nullable String problemOfName(CommonPrefix below) {
    String key = below.prefix();
    String problem = ListedKey.problemOf(key, 0, prefix);
    return problem == null
        ? problemOfName(key.substring(prefix.length(), key.length() - 1), key)
        : problem;
  }

  private static @Nullable String problemOfName(String name, String key) {
    String problem = RelativePath.problemOf(name);
    if (problem == null) {
      return null;
    }
    String printed = Printable.of(key);
    String outside = name.contains("..") ? "the key " + printed + " leads outside of it: " : "";
    return outside
        + "of the key "
        + printed
        + " no path can be made, as "
        + problem.replaceAll("\\.$", "");
  }

  /** In the order of UTF-8, as S3 lists, or of UTF-16, as some servers do. */
  private static boolean follows(String before, String key) {
    return key.compareTo(before) > 0
        || Arrays.compareUnsigned(
                key.getBytes(StandardCharsets.UTF_8), before.getBytes(StandardCharsets.UTF_8))
            > 0;
  }
}
