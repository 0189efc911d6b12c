/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.gcs;

import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.client.http.ByteArrayContent;
import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpContent;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.HttpResponseException;
import com.google.api.client.http.json.JsonHttpContent;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.storage.Storage;
import com.google.api.services.storage.model.StorageObject;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A resumable upload. Nothing of it is visible before its last request is answered; that request
 * carries the digest of all bytes, and the store publishes no others. Where an answer is lost the
 * store is asked how far it got. Belongs to one thread.
 */
public final class GcsSession {
  private static final int RESUME = 308;
  private static final int ENDED = 499;
  private static final Pattern RANGE = Pattern.compile("(?:bytes[= ])?0-(\\d{1,18})");

  /** Bytes that can be sent again. */
  public interface Body {
    /** Content from an offset of the whole file on, up to the end of what is here. */
    HttpContent from(long offset);
  }

  /**
   * Where a file goes.
   *
   * @param bucket of the file
   * @param object name, metadata and headers
   * @param generation that is replaced, 0 for none, or null for whatever there is
   */
  public record Target(String bucket, StorageObject object, @Nullable Long generation) {}

  private final GcsConnection connection;
  private final String bucket;
  private final String url;
  private long confirmed;
  private long sent;
  private boolean uncertain;

  private GcsSession(GcsConnection connection, String bucket, String url) {
    this.connection = connection;
    this.bucket = bucket;
    this.url = url;
  }

  /** Begins one: a request without bytes. */
  public static GcsSession start(GcsConnection connection, Target target) throws IOException {
    String url = connection.call(target.bucket(), client -> begin(connection, client, target));
    return new GcsSession(connection, target.bucket(), url);
  }

  private static String begin(GcsConnection connection, Storage client, Target target)
      throws IOException {
    GenericUrl url =
        new GenericUrl(
            client.getRootUrl()
                + "upload/"
                + client.getServicePath()
                + "b/"
                + target.bucket()
                + "/o");
    url.put("uploadType", "resumable");
    url.put("name", target.object().getName());
    url.put("fields", "name,size,generation,crc32c,updated");
    if (target.generation() != null) {
      url.put("ifGenerationMatch", target.generation());
    }
    String payer = connection.payerOf(target.bucket());
    if (payer != null) {
      url.put("userProject", payer);
    }
    HttpRequest request =
        client
            .getRequestFactory()
            .buildPostRequest(
                url, new JsonHttpContent(GsonFactory.getDefaultInstance(), target.object()));
    connection.settings().encryption().headers().forEach(request.getHeaders()::set);
    request.getHeaders().set("X-Upload-Content-Type", target.object().getContentType());
    HttpResponse response = answered(request);
    try {
      if (!response.isSuccessStatusCode()) {
        throw refusal(response);
      }
      String location = response.getHeaders().getLocation();
      if (location == null) {
        throw new IOException("the store does not say where the upload goes");
      }
      return GcsAddress.ofSame(client.getRootUrl(), location);
    } finally {
      response.ignore(); // so that the connection serves the next request
    }
  }

  /**
   * Sends a part that is not the last.
   *
   * @param end behind its last byte, in the whole file
   */
  public void send(Body body, long end) throws IOException {
    connection.call(
        bucket,
        client -> {
          StorageObject early = upTo(client, body, end, new Rest("*", Map.of()));
          if (early != null) {
            throw new GcsUploadLostException("the store ended the upload before its end", null);
          }
          return end;
        });
  }

  /**
   * Sends the last part, and says what the store has.
   *
   * @param totalBytes of the whole file
   * @param crc32c of all of them, in base64
   */
  public StorageObject finish(Body body, long totalBytes, String crc32c) throws IOException {
    Rest rest = new Rest(Long.toString(totalBytes), Map.of("X-Goog-Hash", "crc32c=" + crc32c));
    return connection.call(
        bucket,
        client -> {
          uncertain |= confirmed >= totalBytes; // the store has all, and still owes its answer
          StorageObject made = upTo(client, body, totalBytes, rest);
          if (made == null) {
            throw new IOException("the store waits for more bytes than there are");
          }
          return made;
        });
  }

  /** The end of a Content-Range, and what the request carries beside the bytes. */
  private record Rest(String total, Map<String, String> headers) {}

  /** Sends what is missing up to an end; the object when that was the last. */
  private @Nullable StorageObject upTo(Storage client, Body body, long end, Rest rest)
      throws IOException {
    if (uncertain) {
      StorageObject made = put(client, null, "bytes */" + rest.total, rest.headers);
      if (made != null) {
        return made;
      }
    }
    while (confirmed < end) {
      uncertain = true;
      sent = Math.max(sent, end);
      String range = "bytes " + confirmed + "-" + (end - 1) + "/" + rest.total;
      long before = confirmed;
      StorageObject made = put(client, body.from(confirmed), range, rest.headers);
      if (made != null) {
        return made;
      }
      if (confirmed <= before) {
        throw new IOException("the store took none of the bytes");
      }
    }
    return null;
  }

  private @Nullable StorageObject put(
      Storage client, @Nullable HttpContent content, String range, Map<String, String> headers)
      throws IOException {
    HttpRequest request =
        client
            .getRequestFactory()
            .buildPutRequest(
                new GenericUrl(url),
                content == null ? new ByteArrayContent(null, new byte[0]) : content);
    request.getHeaders().setContentRange(range);
    headers.forEach(request.getHeaders()::set);
    request.setParser(client.getObjectParser());
    HttpResponse response = answered(request);
    try {
      if (response.getStatusCode() == RESUME) {
        resume(response.getHeaders().getRange());
        return null;
      }
      if (response.isSuccessStatusCode()) {
        StorageObject made = read(response);
        uncertain = false;
        return made;
      }
      throw ended(refusal(response));
    } finally {
      response.ignore(); // so that the connection serves the next request
    }
  }

  /** Else the store is asked again what it has. */
  private static StorageObject read(HttpResponse response) throws IOException {
    try {
      return Objects.requireNonNull(response.parseAs(StorageObject.class));
    } catch (RuntimeException unreadable) {
      throw new IOException("the store answers, and does not say what it has", unreadable);
    }
  }

  /** What is confirmed once is never taken back, and not held here any more. */
  private void resume(@Nullable String range) throws GcsUploadLostException {
    Matcher last = RANGE.matcher(range == null ? "" : range);
    long now = last.lookingAt() ? Long.parseLong(last.group(1)) + 1 : 0;
    if (now < confirmed) {
      throw new GcsUploadLostException("the store has lost bytes of the upload", null);
    }
    if (now > sent) {
      throw new GcsUploadLostException(
          "the store has bytes of the upload that were never sent", null);
    }
    confirmed = now;
    uncertain = false;
  }

  /** What of an upload arrived broken is not here any more, so nothing of it may be sent again. */
  private static IOException ended(HttpResponseException told) {
    int status = told.getStatusCode();
    if (GcsRetryRules.isBrokenBody(told)) {
      return new GcsBrokenBodyException(told);
    }
    return status == 404 || status == 410
        ? new GcsUploadLostException("the store no longer knows this upload", told)
        : told;
  }

  private static HttpResponse answered(HttpRequest request) throws IOException {
    return request.setThrowExceptionOnExecuteError(false).execute();
  }

  private static HttpResponseException refusal(HttpResponse response) {
    return GoogleJsonResponseException.from(GsonFactory.getDefaultInstance(), response);
  }

  /**
   * Ends the upload: nothing of it is published or kept.
   *
   * @throws IOException when the store does not answer; it forgets the upload by itself then
   */
  public void abandon() throws IOException {
    connection.call(
        bucket,
        client -> {
          HttpResponse response =
              answered(client.getRequestFactory().buildDeleteRequest(new GenericUrl(url)));
          try {
            int status = response.getStatusCode();
            if (status != ENDED
                && status != 404
                && status != 410
                && !response.isSuccessStatusCode()) {
              throw refusal(response);
            }
            return status;
          } finally {
            response.ignore(); // so that the connection serves the next request
          }
        });
  }
}
