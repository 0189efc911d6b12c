/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit.s3;

import io.github.flytehadoop.testkit.TrustedKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import java.util.function.UnaryOperator;
import javax.net.ServerSocketFactory;

/**
 * An S3 endpoint in this JVM, path style, over plain HTTP or TLS on a free port of the loopback
 * address. Everything is in memory; every request is recorded; requests fail as a {@link FaultPlan}
 * says.
 *
 * <p>Real: keys are literal (so {@code a//b}, {@code x} beside {@code x/y}, {@code ../x} and {@code
 * d/} with data can all be), listings are in UTF-8 order and paged, writes are atomic and honour
 * If-Match and If-None-Match, Content-MD5 and the checksum headers are verified (all but
 * CRC64NVME), multipart rules hold (5 MiB, order, etags), etags and composite checksums are
 * computed as S3 does. Storage classes and encryption are headers that come back; a key of the user
 * has to be sent with each read.
 *
 * <p>Pretended: there are no regions, versions, ACLs, policies, tags, presigned URLs or virtual
 * hosts. Signatures are not verified unless asked for, and those of chunks never. Uploads and parts
 * are listed on one page, and ListObjects exists in version 2 only. CRC64NVME is stored and
 * returned unseen. There is no limit on sizes, and no object expires.
 */
public final class S3Endpoint implements AutoCloseable {
  /** The identity of requests that are not signed. */
  public static final String ANONYMOUS = "anonymous";

  /** The right to every bucket, for {@link #identities}. */
  public static final Set<String> ALL_BUCKETS = Set.of("*");

  private final RequestLog log = new RequestLog();
  private final AccessControl access = new AccessControl();
  private final S3Service service = new S3Service(access);
  private final Exchange exchange = new Exchange(log, access, service);
  private final HttpListener listener;
  private final String scheme;

  private S3Endpoint(ServerSocketFactory sockets, String scheme) throws IOException {
    InetAddress loopback = InetAddress.getByName("127.0.0.1");
    this.scheme = scheme;
    this.listener =
        new HttpListener(
            sockets.createServerSocket(0, HttpListener.MAX_CONNECTIONS, loopback), exchange);
  }

  /** Starts an endpoint without buckets; over TLS where {@code -Dtest.s3.tls=true} says so. */
  public static S3Endpoint start() {
    if (Boolean.getBoolean("test.s3.tls")) {
      return startTls();
    }
    try {
      return new S3Endpoint(ServerSocketFactory.getDefault(), "http");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same over TLS, whose certificate this JVM trusts from now on. */
  public static S3Endpoint startTls() {
    try {
      return new S3Endpoint(TrustedKeys.ofLoopback().context().getServerSocketFactory(), "https");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Where clients find it: {@code http://127.0.0.1:PORT}, or {@code https}. */
  public URI uri() {
    return URI.create(scheme + "://127.0.0.1:" + listener.port());
  }

  /** Stops it, ends every stall and cuts all connections; its records stay readable. */
  @Override
  public void close() {
    listener.close();
  }

  // ---- Set-up ----

  /** Makes a bucket that signed requests may use, as far as their identity has the right to it. */
  public void createBucket(String name) {
    service.create(new Bucket(name, false));
  }

  /** Makes a bucket that moreover anyone may read and list, unsigned requests included. */
  public void createPublicBucket(String name) {
    service.create(new Bucket(name, true));
  }

  /** Makes a bucket that only they may use who say that they pay. */
  public void createRequesterPaysBucket(String name) {
    createBucket(name);
    access.requesterPays(name);
  }

  /**
   * Names the access key ids that exist and their buckets. Without it every access key id has the
   * right to every bucket. Unknown ones get 403 InvalidAccessKeyId, others 403 AccessDenied.
   *
   * @param bucketsOf by access key id; {@link #ALL_BUCKETS} stands for all
   */
  public void identities(Map<String, Set<String>> bucketsOf) {
    access.identities(bucketsOf);
  }

  /** Verifies signatures from now on; a wrong one gets 403 SignatureDoesNotMatch. */
  public void verifyingSignature(UnaryOperator<String> secretOf) {
    access.secrets(secretOf);
  }

  /** Delays every request from now on by so much before it is carried out. */
  public void latency(Duration latency) {
    exchange.latency(latency);
  }

  /**
   * Makes each connection slow from now on: a body of so many bytes takes a second. Connections do
   * not share it, as those of a store do not whose clients are the bottleneck.
   */
  public void connectionBandwidth(long bytesPerSecond) {
    exchange.bandwidth(bytesPerSecond);
  }

  /** Lets requests fail from now on as the plan says; it replaces the plan before. */
  public void faults(FaultPlan plan) {
    exchange.plan(plan);
  }

  /**
   * Calls the hook at the arrival of each request, on the thread that serves it and before anything
   * is done, with the request's kind and its {@link Request#ordinal}. A hook that throws resets the
   * connection and the request is not carried out. It replaces the hook before.
   */
  public void onRequest(ObjIntConsumer<RequestKind> hook) {
    exchange.hook(hook);
  }

  /** Calls the hook with the head of each request, beside the hooks before. */
  public void onHead(Consumer<SeenHead> hook) {
    exchange.gateway().hook(hook);
  }

  /** Goes by a clock that is ahead from now on; 15 minutes more are refused, as S3 does. */
  public void clock(Duration ahead) {
    exchange.gateway().clock(ahead);
  }

  /** Answers 301 to requests that are signed for another region than this. */
  public void region(String name) {
    exchange.gateway().region(name);
  }

  /** Answers 501 to bodies that are signed chunk by chunk. */
  public void refusingChunks() {
    exchange.gateway().refuseChunks();
  }

  // ---- Requests ----

  /** All requests since the start or the last reset, in order of arrival. */
  public List<Request> requests() {
    return log.requests();
  }

  /** How many requests of the kind arrived. */
  public int count(RequestKind kind) {
    return log.counts().getOrDefault(kind, 0);
  }

  /** How many requests of each kind arrived; kinds without any are left out. */
  public Map<RequestKind, Integer> counts() {
    return log.counts();
  }

  /** The most requests that were in flight at once. */
  public int maxInFlight() {
    return log.maxInFlight();
  }

  /** Forgets the requests and the most in flight; ordinals start again at 1. */
  public void resetRequests() {
    log.reset();
  }

  // ---- State, read and changed behind the clients' back ----

  /** All keys in UTF-8 order. */
  public List<String> keys(String bucket) {
    return new ArrayList<>(service.bucket(bucket).objects().keySet());
  }

  /** The content of an object; throws if there is none. */
  public byte[] bytes(String bucket, String key) {
    return service.bucket(bucket).require(key).content().toBytes();
  }

  /**
   * An object's headers by lower-case name: Content-*, x-amz-meta-*, the storage class and the
   * encryption; throws if there is none.
   */
  public Map<String, String> metadata(String bucket, String key) {
    return service.bucket(bucket).require(key).headers();
  }

  /** The keys of the uploads neither completed nor aborted, one for each upload. */
  public List<String> pendingUploads(String bucket) {
    return service.bucket(bucket).uploads().stream().map(Bucket.Upload::key).toList();
  }

  /** Stores an object under any key, such as another writer would. */
  public void putDirectly(String bucket, String key, byte[] content) {
    StoredObject object =
        StoredObject.of(
            Content.of(content.clone()), Map.of("content-type", "binary/octet-stream"), Map.of());
    service.bucket(bucket).objects().put(key, object);
  }

  /** Deletes an object if it is there, such as another writer would. */
  public void deleteDirectly(String bucket, String key) {
    service.bucket(bucket).objects().remove(key);
  }

  /** Aborts all uploads, such as a lifecycle rule would. */
  public void abortDirectly(String bucket) {
    service.bucket(bucket).abortAll();
  }
}
