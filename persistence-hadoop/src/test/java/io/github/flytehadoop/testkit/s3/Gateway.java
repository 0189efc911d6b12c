/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit.s3;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What stands before the store: it looks at heads and answers some requests by itself. */
final class Gateway {
  private static final Duration MOST_SKEW = Duration.ofMinutes(15);
  private static final DateTimeFormatter AMZ_DATE =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final Pattern REGION = Pattern.compile("Credential=[^/]+/\\d+/([^/]+)/");

  private volatile Consumer<SeenHead> hook = head -> {};
  private volatile Duration clock = Duration.ZERO;
  private volatile String region = "";
  private volatile boolean refusesChunks;

  void hook(Consumer<SeenHead> next) {
    Consumer<SeenHead> before = hook;
    hook =
        head -> {
          before.accept(head);
          next.accept(head);
        };
  }

  void clock(Duration ahead) {
    clock = ahead;
  }

  void region(String name) {
    region = name;
  }

  void refuseChunks() {
    refusesChunks = true;
  }

  /** The answer in place of the store's. */
  Optional<Reply> answer(HttpHead head) {
    hook.accept(new SeenHead(head.method(), head.rawPath(), head.query(), head.headers()));
    if (!clock.isZero() && isSkewed(head)) {
      return Optional.of(Reply.error(403, "RequestTimeTooSkewed", "The clocks differ too much"));
    }
    Matcher signed = REGION.matcher(head.header("authorization").orElse(""));
    if (!region.isEmpty() && signed.find() && !signed.group(1).equals(region)) {
      return Optional.of(
          Reply.error(301, "PermanentRedirect", "The bucket is in another region")
              .withHeader("x-amz-bucket-region", region));
    }
    boolean chunks = head.header("x-amz-content-sha256").orElse("").startsWith("STREAMING-");
    return refusesChunks && chunks
        ? Optional.of(Reply.error(501, "NotImplemented", "Transfer in chunks is not implemented"))
        : Optional.empty();
  }

  private boolean isSkewed(HttpHead head) {
    Instant signed = AMZ_DATE.parse(head.header("x-amz-date").orElseThrow(), Instant::from);
    return Duration.between(signed, Instant.now().plus(clock)).abs().compareTo(MOST_SKEW) > 0;
  }

  /** The reply with the time of this clock. */
  Reply dated(Reply reply) {
    return clock.isZero()
        ? reply
        : reply.withHeader(
            "Date",
            DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Instant.now().plus(clock).atZone(ZoneOffset.UTC)));
  }
}
