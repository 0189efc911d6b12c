/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.http;

import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.ByteRange;
import io.github.flytehadoop.store.Checksum;
import io.github.flytehadoop.store.Listing;
import io.github.flytehadoop.store.ObjectWrite;
import io.github.flytehadoop.store.ParallelWrite;
import io.github.flytehadoop.store.Store;
import io.github.flytehadoop.store.StoreTraits;
import io.github.flytehadoop.store.WriteOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Files of web servers, to be read. A location is the URL as it was written, with its query: what
 * may not stand in a URL is encoded, nothing else is touched. There are no listings and no writes.
 */
public final class HttpStore implements Store {
  private static final StoreTraits TRAITS =
      new StoreTraits(
          StoreTraits.Tree.PREFIXES,
          StoreTraits.Metadata.NONE,
          StoreTraits.ParallelWrites.NONE,
          StoreTraits.Checksums.NONE);

  private final HttpRequests http;

  /** A store whose requests end after this much silence. */
  public HttpStore(Duration silence) {
    this.http = new HttpRequests(silence);
  }

  @Override
  public StoreTraits traits() {
    return TRAITS;
  }

  /** Asks for the head; a server that refuses that is asked for the first byte instead. */
  @Override
  public Attributes stat(Location at) throws IOException {
    HttpResponse<InputStream> head = http.send("look up", at, HttpRequests.head(uri(at)));
    int status = head.statusCode();
    head.body().close();
    if (status == 200) {
      return attributes(head, HttpResponses.length(head));
    }
    if (status == 404 || status == 410) {
      throw HttpFailures.ofStatus("look up", at, head);
    }
    HttpResponse<InputStream> first =
        http.send("look up", at, HttpRequests.get(uri(at)).header("Range", "bytes=0-0"));
    first.body().close();
    return switch (first.statusCode()) {
      case 200 -> attributes(first, HttpResponses.length(first));
      case 206 -> attributes(first, HttpResponses.lengthOfWhole(first));
      case 416 -> attributes(first, 0);
      default -> throw HttpFailures.ofStatus("look up", at, first);
    };
  }

  private static Attributes attributes(HttpResponse<?> response, long length) {
    Instant modified = HttpResponses.modified(response);
    return new Attributes(
        Attributes.Kind.FILE,
        length,
        modified == null ? Instant.EPOCH : modified,
        HttpResponses.strongEtag(response),
        null);
  }

  @Override
  public InputStream open(Location at, Attributes attributes, ByteRange range) throws IOException {
    long length = attributes.lengthBytes();
    if (length != Attributes.UNKNOWN_LENGTH && range.offset() > length) {
      throw HttpFailures.beyondEnd(at, range.offset(), length);
    }
    if (range.lengthBytes() == 0 || (range.offset() > 0 && range.offset() == length)) {
      return InputStream.nullInputStream();
    }
    var request = pinned(at, attributes);
    if (!range.isWhole()) {
      request.header("Range", "bytes=" + range.offset() + "-" + lastByte(range));
    }
    HttpResponse<InputStream> response = http.send("read", at, request);
    try {
      return body(at, attributes, range, response);
    } catch (IOException refused) {
      response.body().close();
      throw refused;
    }
  }

  /** A request for the version that was planned. */
  private static HttpRequest.Builder pinned(Location at, Attributes attributes)
      throws TransferException {
    var request = HttpRequests.get(uri(at));
    if (attributes.etag() != null) {
      request.header("If-Match", attributes.etag());
    } else if (attributes.modified().isAfter(Instant.EPOCH)) {
      request.header("If-Unmodified-Since", HttpResponses.date(attributes.modified()));
    }
    return request;
  }

  /**
   * Asks for one byte: a server that sends the whole for it would send the whole for every range
   * (F97), and without a mark of the version ranges of two could not be told apart (F71).
   */
  @Override
  public boolean readsRanges(Location at, Attributes attributes) {
    try {
      HttpResponse<InputStream> first =
          http.send("read", at, pinned(at, attributes).header("Range", "bytes=0-0"));
      first.body().close();
      return first.statusCode() == 206 && HttpResponses.isPinned(first);
    } catch (IOException unanswered) {
      return false; // the read will say why
    }
  }

  private static String lastByte(ByteRange range) {
    return range.lengthBytes() < 0 ? "" : String.valueOf(range.offset() + range.lengthBytes() - 1);
  }

  private InputStream body(
      Location at, Attributes pinned, ByteRange range, HttpResponse<InputStream> response)
      throws IOException {
    int status = response.statusCode();
    refuse(at, pinned, range, response);
    if (status == 206 && HttpResponses.firstByte(response) != range.offset()) {
      throw HttpFailures.wrongRange(at, range.offset());
    }
    InputStream whole = HttpRequests.guarded(at, response);
    if (status == 206) {
      return BoundedBody.of(whole, range.lengthBytes());
    }
    // and servers that ignore Range: what precedes it has to be read past
    whole.skipNBytes(range.offset());
    return BoundedBody.of(whole, range.lengthBytes());
  }

  private static void refuse(
      Location at, Attributes pinned, ByteRange range, HttpResponse<InputStream> response)
      throws TransferException {
    switch (response.statusCode()) {
      case 200, 206 -> {
        // there are servers that ignore conditions
        if (isOther(pinned, response)) {
          throw HttpFailures.changed(at);
        }
      }
      case 412 -> throw HttpFailures.changed(at);
      case 416 -> throw HttpFailures.beyondEnd(at, range.offset(), pinned.lengthBytes());
      default -> throw HttpFailures.ofStatus("read", at, response);
    }
  }

  /** Whatever an answer says of its version must be what the plan has kept (F71). */
  private static boolean isOther(Attributes pinned, HttpResponse<InputStream> response) {
    String etag = HttpResponses.strongEtag(response);
    long length =
        response.statusCode() == 206
            ? HttpResponses.lengthOfWhole(response)
            : HttpResponses.length(response);
    boolean another =
        pinned.etag() == null
            ? isOfAnotherTime(pinned, HttpResponses.modified(response))
            : etag != null && !etag.equals(pinned.etag());
    return another || (pinned.lengthBytes() >= 0 && length >= 0 && length != pinned.lengthBytes());
  }

  private static boolean isOfAnotherTime(Attributes pinned, @Nullable Instant modified) {
    return pinned.modified().isAfter(Instant.EPOCH)
        && modified != null
        && !isSame(modified, pinned);
  }

  private static boolean isSame(Instant modified, Attributes pinned) {
    return modified.getEpochSecond() == pinned.modified().getEpochSecond();
  }

  private static URI uri(Location at) throws TransferException {
    try {
      return HttpResponses.encoded(at.text());
    } catch (IllegalArgumentException malformed) {
      throw HttpFailures.malformed(at, malformed);
    }
  }

  @Override
  public Listing children(Location directory) throws TransferException {
    throw HttpFailures.unsupported("list", directory);
  }

  @Override
  public Listing tree(Location directory) throws TransferException {
    throw HttpFailures.unsupported("list", directory);
  }

  @Override
  public ObjectWrite write(Location at, WriteOptions options) throws TransferException {
    throw HttpFailures.unsupported("write", at);
  }

  @Override
  public long writeBufferBytes(long lengthBytes, Sending sending) {
    return 0;
  }

  @Override
  public ParallelWrite writeParallel(Location at, WriteOptions options) {
    throw new UnsupportedOperationException("HTTP is for reading.");
  }

  @Override
  public void makeDirectory(Location directory) throws TransferException {
    throw HttpFailures.unsupported("make the directory", directory);
  }

  @Override
  public Map<String, String> metadata(Location at) {
    return Map.of();
  }

  @Override
  public @Nullable Checksum checksum(Location at, Attributes attributes) {
    return null;
  }

  @Override
  public void delete(Location at, Attributes attributes) throws TransferException {
    throw HttpFailures.unsupported("delete", at);
  }
}
