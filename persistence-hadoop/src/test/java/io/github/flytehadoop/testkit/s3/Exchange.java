/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit.s3;

import io.github.flytehadoop.testkit.s3.HttpConnection.Dropped;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.ObjIntConsumer;

/** The course of a request: logged, hooked, delayed, then carried out with its fault. */
final class Exchange implements HttpConnection.Handler {
  private final RequestLog log;
  private final AccessControl access;
  private final S3Service service;
  private final Gateway gateway = new Gateway();

  private volatile FaultPlan plan = FaultPlan.none();
  private volatile Duration latency = Duration.ZERO;
  private volatile long bandwidth = Long.MAX_VALUE;
  private volatile ObjIntConsumer<RequestKind> hook = (kind, ordinal) -> {};

  Exchange(RequestLog log, AccessControl access, S3Service service) {
    this.log = log;
    this.access = access;
    this.service = service;
  }

  Gateway gateway() {
    return gateway;
  }

  void plan(FaultPlan next) {
    plan = next;
  }

  void latency(Duration next) {
    latency = next;
  }

  void bandwidth(long bytesPerSecond) {
    bandwidth = bytesPerSecond;
  }

  void hook(ObjIntConsumer<RequestKind> next) {
    hook = next;
  }

  @Override
  public Reply handle(HttpHead head, RequestBody wire) throws IOException {
    S3Request request = S3Request.of(head);
    String identity = AccessControl.identityOf(head);
    RequestLog.Entry entry = log.add(request, identity);
    callHook(request.kind(), entry.ordinal());
    sleep(latency.toNanos());
    Fault fault = plan.next(request.kind(), request.key());
    try {
      if (fault.requestLimit() < Delivery.NEVER) {
        wire.discard(fault.requestLimit());
        throw new Dropped();
      }
      Content body = Content.of(wire.read());
      log.received(entry, wire.bytesRead());
      sleep(onTheWay(wire.bytesRead()));
      S3Request whole = request.withHead(head.withHeaders(wire.trailers())).withBody(body);
      Reply reply = gateway.dated(fault.reply(replyTo(whole.withFault(fault), head, identity)));
      boolean lost = reply.delivery().cutAt() == Delivery.BEFORE_HEAD;
      log.replying(entry, lost ? 0 : reply.status(), bytesOut(head, reply));
      sleep(onTheWay(bytesOut(head, reply)));
      return reply;
    } finally {
      log.received(entry, wire.bytesRead());
    }
  }

  @Override
  public void begin() {
    log.begin();
  }

  @Override
  public void end() {
    log.end();
  }

  private Reply replyTo(S3Request request, HttpHead signed, String identity) {
    Fault fault = request.fault();
    try {
      Optional<Reply> before = gateway.answer(signed);
      if (before.isPresent()) {
        return before.get();
      }
      access.authenticate(identity, signed);
      return fault
          .insteadOf(request)
          .orElseGet(() -> service.answer(fault.request(request), identity));
    } catch (S3Error e) {
      return e.toReply();
    } catch (IllegalArgumentException e) {
      return Reply.error(400, "InvalidArgument", String.valueOf(e.getMessage()));
    }
  }

  private static long bytesOut(HttpHead head, Reply reply) {
    long length = head.method().equals("HEAD") ? 0 : reply.body().length();
    return Math.max(Math.min(length, reply.delivery().cutAt()), 0);
  }

  private void callHook(RequestKind kind, int ordinal) throws Dropped {
    try {
      hook.accept(kind, ordinal);
    } catch (RuntimeException e) {
      // Documented: a hook that throws is a way to drop the request.
      throw new Dropped();
    }
  }

  private long onTheWay(long bytes) {
    return (long) ((double) bytes / bandwidth * TimeUnit.SECONDS.toNanos(1));
  }

  private static void sleep(long nanos) throws Dropped {
    try {
      TimeUnit.NANOSECONDS.sleep(nanos);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Dropped();
    }
  }
}
