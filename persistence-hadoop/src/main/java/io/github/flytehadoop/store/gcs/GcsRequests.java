/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.gcs;

import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.HttpResponseException;
import com.google.api.services.storage.Storage;
import com.google.api.services.storage.model.ComposeRequest;
import com.google.api.services.storage.model.Objects;
import com.google.api.services.storage.model.RewriteResponse;
import com.google.api.services.storage.model.StorageObject;
import io.github.flytehadoop.concurrent.DaemonThreads;
import io.github.flytehadoop.hadoop.gcs.GcsConnection;
import io.github.flytehadoop.hadoop.gcs.GcsSession;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** The requests to one bucket, each asking for no more than is read of its answer. */
final class GcsRequests {
  /** What an object that was made is asked for. */
  private static final String MADE = "name,size,generation,crc32c,updated";

  private static final String DESCRIBED =
      MADE
          + ",contentType,contentEncoding,contentLanguage,contentDisposition,cacheControl,metadata";
  private static final String LISTED =
      "nextPageToken,prefixes,items(name,size,generation,crc32c,updated,timeCreated)";

  private static final int NOT_FOUND = 404;
  private static final int DELETED_AT_ONCE = 16;

  /**
   * A page of a listing.
   *
   * @param prefix that the keys begin with
   * @param delimiter behind which they are one entry, or null
   * @param token of the page before, or null
   */
  record Page(String prefix, @Nullable String delimiter, @Nullable String token) {}

  /**
   * One version of an object.
   *
   * @param generation null where it does not matter
   */
  record Version(String key, @Nullable Long generation) {}

  private final GcsConnection connection;
  private final String bucket;

  GcsRequests(GcsConnection connection, String bucket) {
    this.connection = connection;
    this.bucket = bucket;
  }

  GcsConnection connection() {
    return connection;
  }

  String bucket() {
    return bucket;
  }

  /** What the store says of the newest version of an object. */
  StorageObject get(String key) throws IOException {
    return connection.call(
        bucket,
        client ->
            connection
                .object(client.objects().get(bucket, key), bucket)
                .setFields(DESCRIBED)
                .execute());
  }

  /** Whether there is an object. */
  boolean exists(String key) throws IOException {
    try {
      get(key);
      return true;
    } catch (HttpResponseException told) {
      if (told.getStatusCode() == NOT_FOUND) {
        return false;
      }
      throw told;
    }
  }

  /** The bytes of a version from an offset on, up to an end. */
  HttpResponse read(Storage client, Version version, long offset, long end) throws IOException {
    Storage.Objects.Get get = connection.object(client.objects().get(bucket, version.key), bucket);
    get.setGeneration(version.generation).setReturnRawInputStream(true);
    // bytes as they are kept: the store would unpack what it knows to be packed
    get.getRequestHeaders().setAcceptEncoding("gzip").setRange("bytes=" + offset + "-" + (end - 1));
    return get.executeMedia();
  }

  Objects list(Page page, long most) throws IOException {
    try {
      return connection.call(
          bucket,
          client ->
              connection
                  .bucket(client.objects().list(bucket), bucket)
                  .setPrefix(page.prefix.isEmpty() ? null : page.prefix)
                  .setDelimiter(page.delimiter)
                  .setPageToken(page.token)
                  .setMaxResults(Math.min(most, connection.settings().sizes().page()))
                  .setFields(LISTED)
                  .execute());
    } catch (HttpResponseException told) {
      if (told.getStatusCode() == NOT_FOUND) {
        throw new FileNotFoundException("the bucket does not exist");
      }
      throw told;
    }
  }

  /** One request: the store compares the digest in the object with the bytes. */
  StorageObject put(StorageObject object, GcsChunk bytes, @Nullable Long generation)
      throws IOException {
    return connection.call(
        bucket,
        client -> {
          Storage.Objects.Insert insert =
              connection.object(
                  client.objects().insert(bucket, object, bytes.whole(object.getContentType())),
                  bucket);
          insert.getMediaHttpUploader().setDirectUploadEnabled(true);
          return insert.setIfGenerationMatch(generation).setFields(MADE).execute();
        });
  }

  GcsSession start(StorageObject object, @Nullable Long generation) throws IOException {
    return GcsSession.start(connection, new GcsSession.Target(bucket, object, generation));
  }

  /** Makes one object of up to 32, at once. */
  StorageObject compose(List<Version> parts, StorageObject object, @Nullable Long generation)
      throws IOException {
    List<ComposeRequest.SourceObjects> sources = new ArrayList<>();
    for (Version part : parts) {
      sources.add(
          new ComposeRequest.SourceObjects().setName(part.key).setGeneration(part.generation));
    }
    ComposeRequest content = new ComposeRequest().setDestination(object).setSourceObjects(sources);
    return connection.call(
        bucket,
        client ->
            connection
                .object(client.objects().compose(bucket, object.getName(), content), bucket)
                .setIfGenerationMatch(generation)
                .setFields(MADE)
                .execute());
  }

  /** Copies one version of an object to this bucket; large ones take several requests. */
  StorageObject rewrite(
      GcsRequests from, Version source, StorageObject object, @Nullable Long generation)
      throws IOException {
    CopyProgress progress = new CopyProgress();
    String payer = from.connection.payerOf(from.bucket);
    while (true) {
      RewriteResponse answer =
          connection.call(
              bucket,
              client ->
                  connection
                      .copy(
                          client
                              .objects()
                              .rewrite(from.bucket, source.key, bucket, object.getName(), object),
                          bucket,
                          payer)
                      .setSourceGeneration(source.generation)
                      .setIfGenerationMatch(generation)
                      .setMaxBytesRewrittenPerCall(rewriteBytes())
                      .setRewriteToken(progress.token())
                      .execute());
      if (Boolean.TRUE.equals(answer.getDone())) {
        return answer.getResource();
      }
      progress.add(answer);
    }
  }

  private @Nullable Long rewriteBytes() {
    long bytes = connection.settings().sizes().rewriteBytes();
    return bytes <= 0 ? null : bytes;
  }

  /** False when there was nothing, unless an earlier try of this request removed it. */
  boolean delete(Version version) throws IOException {
    int[] tries = {0};
    try {
      connection.call(
          bucket,
          client -> {
            tries[0]++;
            return connection
                .bucket(client.objects().delete(bucket, version.key), bucket)
                .setGeneration(version.generation)
                .execute();
          });
      return true;
    } catch (HttpResponseException told) {
      if (told.getStatusCode() == NOT_FOUND) {
        return tries[0] > 1;
      }
      throw told;
    }
  }

  /** Removes several at once; what is gone already is no failure. */
  void delete(Collection<String> keys) throws IOException {
    if (keys.size() <= 1) {
      for (String key : keys) {
        delete(new Version(key, null));
      }
      return;
    }
    ExecutorService threads =
        Executors.newFixedThreadPool(
            Math.min(DELETED_AT_ONCE, keys.size()), DaemonThreads.named("gcs-delete"));
    try {
      List<Future<Boolean>> all = new ArrayList<>();
      for (String key : keys) {
        all.add(threads.submit(() -> delete(new Version(key, null))));
      }
      for (Future<Boolean> each : all) {
        await(each);
      }
    } finally {
      threads.shutdownNow();
      DaemonThreads.awaitEnd(threads); // else one that is on its way meets what comes next
    }
  }

  private static void await(Future<Boolean> deletion) throws IOException {
    try {
      deletion.get();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while deleting");
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof IOException told) {
        throw told;
      }
      throw new IOException(failure.getCause());
    }
  }
}
