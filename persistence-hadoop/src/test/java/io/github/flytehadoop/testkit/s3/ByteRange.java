/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit.s3;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A range of an object's bytes, already cut to its length. */
record ByteRange(long start, long length) {
  private static final Pattern SINGLE = Pattern.compile("bytes=(\\d*)-(\\d*)");

  /** Resolves a Range header; as in S3, one that is not a single range is ignored. */
  static Optional<ByteRange> resolve(String header, long total) {
    Matcher range = SINGLE.matcher(header);
    if (!range.matches() || header.equals("bytes=-")) {
      return Optional.empty();
    }
    boolean suffix = range.group(1).isEmpty();
    long last = range.group(2).isEmpty() ? Long.MAX_VALUE : Long.parseLong(range.group(2));
    long start = suffix ? Math.max(total - last, 0) : Long.parseLong(range.group(1));
    long end = suffix ? total : Math.min(last, total - 1) + 1;
    if (start >= total || (suffix && last == 0)) {
      throw new S3Error(416, "InvalidRange", "The requested range is not satisfiable");
    }
    if (end <= start) {
      return Optional.empty();
    }
    return Optional.of(new ByteRange(start, end - start));
  }

  String contentRange(long total) {
    return "bytes " + start + "-" + (start + length - 1) + "/" + total;
  }
}
