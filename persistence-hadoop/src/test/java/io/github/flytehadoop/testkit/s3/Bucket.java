/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit.s3;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The objects and the pending uploads of one bucket. Keys are literal strings: no path rules. */
final class Bucket {
  private static final AtomicInteger UPLOADS = new AtomicInteger();

  private final NavigableMap<String, StoredObject> objects =
      new ConcurrentSkipListMap<>(Bucket::compareKeys);
  private final Map<String, Upload> uploads = new ConcurrentHashMap<>();
  private final String name;
  private final boolean open;

  /** A bucket that everyone may read when it is open. */
  Bucket(String name, boolean open) {
    this.name = name;
    this.open = open;
  }

  String name() {
    return name;
  }

  boolean isOpen() {
    return open;
  }

  NavigableMap<String, StoredObject> objects() {
    return objects;
  }

  StoredObject require(String key) {
    return find(key).orElseThrow(S3Error::noSuchKey);
  }

  Optional<StoredObject> find(String key) {
    return Optional.ofNullable(objects.get(key));
  }

  /** Stores the object if the conditions of the request hold, in one step. */
  synchronized void put(S3Request request, StoredObject object) {
    checkConditions(request);
    objects.put(request.key(), object);
  }

  synchronized void delete(S3Request request) {
    checkConditions(request);
    objects.remove(request.key());
  }

  /** Turns an upload into an object, in one step. */
  synchronized void complete(S3Request request, Upload upload, StoredObject object) {
    checkConditions(request);
    if (!uploads.remove(upload.id(), upload)) {
      throw S3Error.noSuchUpload();
    }
    objects.put(request.key(), object);
  }

  Upload begin(String key, Map<String, String> headers) {
    String id = String.format("upload-%06d", UPLOADS.incrementAndGet());
    Upload upload =
        new Upload(id, key, Map.copyOf(headers), Instant.now(), new ConcurrentSkipListMap<>());
    uploads.put(id, upload);
    return upload;
  }

  Upload requireUpload(S3Request request) {
    return request
        .parameter("uploadId")
        .flatMap(id -> Optional.ofNullable(uploads.get(id)))
        .filter(upload -> upload.key().equals(request.key()))
        .orElseThrow(S3Error::noSuchUpload);
  }

  void abort(Upload upload) {
    uploads.remove(upload.id());
  }

  void abortAll() {
    uploads.clear();
  }

  /** By key, then age. */
  List<Upload> uploads() {
    return uploads.values().stream()
        .sorted(Comparator.comparing(Upload::key, Bucket::compareKeys).thenComparing(Upload::id))
        .toList();
  }

  /** An upload that is not yet an object. */
  record Upload(
      String id,
      String key,
      Map<String, String> headers,
      Instant initiated,
      NavigableMap<Integer, StoredObject> parts) {}

  /** The order of the keys' UTF-8 bytes, which for strings is that of their code points. */
  static int compareKeys(String a, String b) {
    int common = Math.min(a.length(), b.length());
    for (int i = 0; i < common; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean sameKind = Character.isSurrogate(x) == Character.isSurrogate(y);
        return sameKind ? Character.compare(x, y) : Character.isSurrogate(x) ? 1 : -1;
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  private void checkConditions(S3Request request) {
    Optional<StoredObject> present = find(request.key());
    Optional<String> ifMatch = request.header("if-match");
    if (ifMatch.isPresent() && present.isEmpty()) {
      throw S3Error.noSuchKey();
    }
    Optional<String> ifNoneMatch = request.header("if-none-match");
    present.ifPresent(
        object -> {
          boolean other = ifMatch.isPresent() && !object.matches(ifMatch.get());
          boolean same = ifNoneMatch.isPresent() && object.matches(ifNoneMatch.get());
          if (other || same) {
            throw S3Error.preconditionFailed();
          }
        });
  }
}
