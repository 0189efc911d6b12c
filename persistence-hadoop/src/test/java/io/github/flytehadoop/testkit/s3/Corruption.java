/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit.s3;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Faults that leave the connection alone and make an answer untrue. */
public final class Corruption {
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d*)");

  private static final Pattern TIME = Pattern.compile("(<(?:Initiated|LastModified)>)([^<]*)");

  private Corruption() {}

  /** Tells all times as a store does whose clock is ahead; behind, when that is negative. */
  public static Fault otherClock(Duration ahead) {
    return replying(
        "a clock that is ahead by " + ahead,
        reply -> {
          String date = reply.headers().get("Last-Modified");
          Reply told = date == null ? reply : reply.withHeader("Last-Modified", later(date, ahead));
          return "application/xml".equals(reply.headers().get("Content-Type"))
              ? told.withBody(Content.of(laterTimes(reply.body(), ahead)))
              : told;
        });
  }

  private static String later(String httpDate, Duration by) {
    ZonedDateTime date =
        ZonedDateTime.parse(httpDate, DateTimeFormatter.RFC_1123_DATE_TIME).plus(by);
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(date);
  }

  private static String laterTimes(Content xml, Duration by) {
    String text = new String(xml.toBytes(), StandardCharsets.UTF_8);
    return TIME.matcher(text)
        .replaceAll(
            time ->
                time.group(1)
                    + Instant.parse(time.group(2)).plus(by).truncatedTo(ChronoUnit.MILLIS));
  }

  // ---- Objects ----

  /** Answers a request for a range with the whole object and status 200. */
  public static Fault ignoredRange() {
    return changing(
        "ignored range", request -> request.withHead(request.head().withoutHeader("range")));
  }

  /** Answers a request for a range with another one, that its Content-Range tells truly. */
  public static Fault shiftedRange(long byBytes) {
    return changing(
        "range shifted by " + byBytes,
        request ->
            request.withHead(
                request
                    .header("range")
                    .map(range -> Map.of("range", shifted(range, byBytes)))
                    .map(request.head()::withHeaders)
                    .orElse(request.head())));
  }

  /** Sends the right bytes with a Content-Range that tells of others. */
  public static Fault wrongContentRange() {
    return replying(
        "wrong Content-Range",
        reply -> reply.withHeader("Content-Range", "bytes 1-" + reply.body().length() + "/*"));
  }

  /** Sends so many bytes too many, and a Content-Length that says so. */
  public static Fault extraBytes(int count) {
    Content extra = Content.of(new byte[count]);
    return replying(
        count + " extra bytes",
        reply -> reply.withBody(Content.concat(List.of(reply.body(), extra))));
  }

  /** Changes a bit of the reply's byte at that offset. */
  public static Fault flipDownloadedBit(long offset) {
    return replying(
        "bit flip down at " + offset, reply -> reply.withBody(reply.body().flipBit(offset)));
  }

  /** Changes a bit of the request's byte at that offset before it is checked and stored. */
  public static Fault flipUploadedBit(long offset) {
    return changing(
        "bit flip up at " + offset, request -> request.withBody(request.body().flipBit(offset)));
  }

  // ---- Listings and bulk deletes ----

  /** Says that there is more, with the token that leads to this very page. */
  public static Fault repeatedToken() {
    return listing(
        "repeated token",
        (request, page) ->
            page.withNextToken(
                request.parameter("continuation-token").orElse(Listing.tokenAfter(""))));
  }

  /** Lists nothing yet, and says where it goes on. */
  public static Fault emptyPage() {
    return listing(
        "empty page",
        (request, page) ->
            new ListPage(List.of(), List.of(), Optional.of(Listing.tokenAfter("!"))));
  }

  /** Says that there is more, and not where. */
  public static Fault missingToken() {
    return listing("missing token", (request, page) -> page.withNextToken(""));
  }

  /** Gives the first page again and again, each time with another token. */
  public static Fault samePage() {
    AtomicInteger pages = new AtomicInteger();
    return listing(
        "same page",
        (request, page) ->
            page.withNextToken(Listing.tokenAfter("!".repeat(pages.incrementAndGet()))));
  }

  /** Lists every key twice. */
  public static Fault duplicateKeys() {
    return listing(
        "duplicate keys",
        (request, page) ->
            page.withEntries(
                page.entries().stream().flatMap(e -> List.of(e, e).stream()).toList()));
  }

  /** Lists the keys of the page backwards. */
  public static Fault keysOutOfOrder() {
    return listing(
        "keys out of order",
        (request, page) -> {
          List<ListPage.Entry> entries = new ArrayList<>(page.entries());
          Collections.reverse(entries);
          return page.withEntries(entries);
        });
  }

  /** Lists these keys too, whatever they look like; no such objects exist. */
  public static Fault extraKeys(String... keys) {
    StoredObject ghost = StoredObject.of(Content.of("ghost"), Map.of(), Map.of());
    return listing(
        "extra keys " + Arrays.toString(keys),
        (request, page) -> {
          List<ListPage.Entry> entries = new ArrayList<>(page.entries());
          Arrays.stream(keys).forEach(key -> entries.add(new ListPage.Entry(key, ghost)));
          return page.withEntries(entries);
        });
  }

  /** Answers a bulk delete with an error for such keys and keeps them. */
  public static Fault undeletable(Predicate<String> keys) {
    return new Fault("undeletable keys") {
      @Override
      boolean refusesToDelete(String key) {
        return keys.test(key);
      }
    };
  }

  private static String shifted(String range, long byBytes) {
    Matcher matcher = RANGE.matcher(range);
    if (!matcher.matches()) {
      return range;
    }
    String end = matcher.group(2);
    return "bytes="
        + (Long.parseLong(matcher.group(1)) + byBytes)
        + "-"
        + (end.isEmpty() ? end : Long.toString(Long.parseLong(end) + byBytes));
  }

  private static Fault changing(String name, UnaryOperator<S3Request> change) {
    return new Fault(name) {
      @Override
      S3Request request(S3Request request) {
        return change.apply(request);
      }
    };
  }

  private static Fault listing(String name, BiFunction<S3Request, ListPage, ListPage> change) {
    return new Fault(name) {
      @Override
      ListPage page(S3Request request, ListPage page) {
        return change.apply(request, page);
      }
    };
  }

  private static Fault replying(String name, UnaryOperator<Reply> change) {
    return new Fault(name) {
      @Override
      Reply reply(Reply reply) {
        return change.apply(reply);
      }
    };
  }
}
