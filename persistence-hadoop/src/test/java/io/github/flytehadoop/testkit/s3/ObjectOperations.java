/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit.s3;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.w3c.dom.Element;

/** The operations on single objects, and the deletion of many. */
final class ObjectOperations {
  private static final int MAX_DELETES = 1000;

  private ObjectOperations() {}

  static Reply put(Bucket bucket, S3Request request) {
    Checksums.verify(request);
    Map<String, String> checksums = Checksums.of(request);
    StoredObject object =
        StoredObject.of(request.body(), StoredObject.headersOf(request), checksums);
    bucket.put(request, object);
    return Reply.of(200, checksums, Content.EMPTY).withHeader("ETag", object.quotedEtag());
  }

  /** GET and HEAD, which differ in what is sent only. */
  static Reply get(Bucket bucket, S3Request request) {
    StoredObject object = bucket.require(request.key());
    object.checkKey(request, StoredObject.CUSTOMER_KEY);
    Map<String, String> headers = new TreeMap<>(object.headers());
    headers.put("ETag", object.quotedEtag());
    headers.put("Last-Modified", object.httpDate());
    headers.put("Accept-Ranges", "bytes");
    if (request.header("if-match").filter(etag -> !object.matches(etag)).isPresent()) {
      throw S3Error.preconditionFailed();
    }
    if (request.header("if-none-match").filter(object::matches).isPresent()) {
      return Reply.of(304, headers, Content.EMPTY);
    }
    long total = object.content().length();
    Optional<ByteRange> range =
        request.header("range").flatMap(header -> ByteRange.resolve(header, total));
    if (range.isPresent()) {
      headers.put("Content-Range", range.get().contentRange(total));
      Content part = object.content().slice(range.get().start(), range.get().length());
      return Reply.of(206, headers, part);
    }
    if (request.header("x-amz-checksum-mode").isPresent()) {
      headers.putAll(object.checksums());
    }
    return Reply.of(200, headers, object.content());
  }

  static Reply copy(StoredObject source, Bucket target, S3Request request) {
    boolean replaces =
        request.header("x-amz-metadata-directive").orElse("COPY").equalsIgnoreCase("REPLACE");
    Map<String, String> headers = replaces ? StoredObject.headersOf(request) : source.headers();
    StoredObject copied = StoredObject.of(source.content(), headers, source.checksums());
    target.put(request, copied);
    return Reply.xml(
        200,
        new Xml("CopyObjectResult")
            .leaf("LastModified", copied.lastModified())
            .leaf("ETag", copied.quotedEtag()));
  }

  /** The object that a copy reads, if the copy's conditions on it hold. */
  static StoredObject copySource(Bucket bucket, String key, S3Request request) {
    StoredObject source = bucket.require(key);
    source.checkKey(request, "x-amz-copy-source-server-side-encryption-customer-key-md5");
    Optional<String> ifMatch = request.header("x-amz-copy-source-if-match");
    Optional<String> ifNoneMatch = request.header("x-amz-copy-source-if-none-match");
    if (ifMatch.filter(etag -> !source.matches(etag)).isPresent()
        || ifNoneMatch.filter(source::matches).isPresent()) {
      throw S3Error.preconditionFailed();
    }
    return source;
  }

  static Reply delete(Bucket bucket, S3Request request) {
    bucket.delete(request);
    return Reply.empty(204);
  }

  static Reply deleteMany(Bucket bucket, S3Request request) {
    Checksums.verify(request);
    Element root = Xml.parse(request.body().toBytes());
    var doomed = Xml.elements(root, "Object");
    if (doomed.isEmpty() || doomed.size() > MAX_DELETES) {
      throw S3Error.malformedXml();
    }
    boolean quiet = Xml.textOf(root, "Quiet").equals("true");
    Xml result = new Xml("DeleteResult");
    for (Element object : doomed) {
      String key = Xml.textOf(object, "Key");
      if (request.fault().refusesToDelete(key)) {
        result.open("Error").leaf("Key", key).leaf("Code", "InternalError");
        result.leaf("Message", "We encountered an internal error.").close("Error");
      } else {
        bucket.objects().remove(key);
        if (!quiet) {
          result.open("Deleted").leaf("Key", key).close("Deleted");
        }
      }
    }
    return Reply.xml(200, result);
  }
}
