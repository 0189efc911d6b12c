/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit.s3;

import io.github.flytehadoop.testkit.s3.Delivery.Cut;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What goes wrong with one request: here with its connection or its answer, in {@link Corruption}
 * with what it carries. Offsets are bytes of the body, from 0. A reset may overtake bytes sent
 * before it: the client has got at most as many as the fault says.
 */
public abstract class Fault {
  static final Fault NONE = new Fault("none") {};

  private final String name;

  Fault(String name) {
    this.name = name;
  }

  // ---- The connection ----

  /** Resets the connection before anything of the body is read; the request is not carried out. */
  public static Fault refuse() {
    return resetRequest(0);
  }

  /** Resets the connection inside the request's body; the request is not carried out. */
  public static Fault resetRequest(long afterBytes) {
    return new Fault("reset request at " + afterBytes) {
      @Override
      long requestLimit() {
        return afterBytes;
      }
    };
  }

  /** Carries the request out and resets the connection inside the reply's body. */
  public static Fault resetResponse(long afterBytes) {
    return delivering("reset reply at " + afterBytes, Delivery.cutAt(afterBytes, Cut.RESET));
  }

  /** Carries the request out and closes in an orderly way inside the reply's body. */
  public static Fault shortBody(long afterBytes) {
    return delivering("short body at " + afterBytes, Delivery.cutAt(afterBytes, Cut.CLOSE));
  }

  /** Carries the request out and resets the connection instead of a reply. */
  public static Fault loseReply() {
    return delivering("lost reply", Delivery.cutAt(Delivery.BEFORE_HEAD, Cut.RESET));
  }

  /** Carries the request out and lets the client wait for the reply's first byte. */
  public static Fault stall(Duration time) {
    return delivering("stall " + time, Delivery.stallingAt(Delivery.BEFORE_HEAD, time));
  }

  /** Carries the request out and lets the client wait inside the reply's body. */
  public static Fault stall(Duration time, long afterBytes) {
    return delivering("stall " + time + " at " + afterBytes, Delivery.stallingAt(afterBytes, time));
  }

  // ---- Other answers; the request is not carried out ----

  /** Answers with this status and S3 error code, such as 403 and ExpiredToken. */
  public static Fault status(int status, String code) {
    return answering(status + " " + code, Reply.error(status, code, "scripted fault"));
  }

  /** Answers 500 InternalError. */
  public static Fault internalError() {
    return status(500, "InternalError");
  }

  /** Answers 503 SlowDown. */
  public static Fault slowDown() {
    return status(503, "SlowDown");
  }

  /** Answers 503 SlowDown and says when to come back. */
  public static Fault slowDown(Duration retryAfter) {
    Reply reply = Reply.error(503, "SlowDown", "scripted fault");
    return answering(
        "503 after " + retryAfter,
        reply.withHeader("Retry-After", Long.toString(retryAfter.toSeconds())));
  }

  /** Answers 400 RequestTimeout, as S3 does when the request's body comes too slowly. */
  public static Fault requestTimeout() {
    return status(400, "RequestTimeout");
  }

  /** Answers 301 and says that the bucket is in that region. */
  public static Fault wrongRegion(String region) {
    Reply reply = Reply.error(301, "PermanentRedirect", "The bucket is in another region");
    return answering("301 " + region, reply.withHeader("x-amz-bucket-region", region));
  }

  /** Answers 307 and names the same object of another server. */
  public static Fault redirect(URI server) {
    return new Fault("307 to " + server) {
      @Override
      Optional<Reply> insteadOf(S3Request request) {
        String query = request.head().rawQuery();
        return Optional.of(
            Reply.error(307, "TemporaryRedirect", "Please re-send this request elsewhere")
                .withHeader(
                    "Location",
                    server + request.head().rawPath() + (query.isEmpty() ? "" : "?" + query)));
      }
    };
  }

  /** Answers 200 with an error document, as Complete and Copy do when they fail late. */
  public static Fault errorInOk(String code) {
    return answering("200 with " + code, Reply.error(200, code, "scripted fault"));
  }

  /** Answers 200 with a page for people, as proxies do. */
  public static Fault html() {
    Content page = Content.of("<html><body>Please log in</body></html>");
    return answering("html", Reply.of(200, Map.of("Content-Type", "text/html"), page));
  }

  @Override
  public String toString() {
    return name;
  }

  /** Faults that a patient client gets over, whatever the request of this kind was. */
  static List<Fault> transientOf(RequestKind kind) {
    Stream<Fault> common = Stream.of(internalError(), slowDown(), refuse(), resetRequest(100));
    Stream<Fault> own =
        switch (kind) {
          case GET_OBJECT -> Stream.of(resetResponse(100), shortBody(100));
          case PUT_OBJECT, UPLOAD_PART -> Stream.of(requestTimeout());
          default -> Stream.of();
        };
    return Stream.concat(common, own).toList();
  }

  // ---- What the endpoint asks, in this order ----

  /** How much of the request's body is read before the connection is reset. */
  long requestLimit() {
    return Delivery.NEVER;
  }

  /** The answer in place of carrying the request out. */
  Optional<Reply> insteadOf(S3Request request) {
    return Optional.empty();
  }

  /** The request that is carried out. */
  S3Request request(S3Request request) {
    return request;
  }

  /** The page that is listed. */
  ListPage page(S3Request request, ListPage page) {
    return page;
  }

  /** Whether a bulk delete fails for the key. */
  boolean refusesToDelete(String key) {
    return false;
  }

  /** The reply that is sent. */
  Reply reply(Reply reply) {
    return reply;
  }

  private static Fault delivering(String name, Delivery delivery) {
    return new Fault(name) {
      @Override
      Reply reply(Reply reply) {
        return reply.withDelivery(delivery);
      }
    };
  }

  private static Fault answering(String name, Reply reply) {
    return new Fault(name) {
      @Override
      Optional<Reply> insteadOf(S3Request request) {
        return Optional.of(reply);
      }
    };
  }
}
