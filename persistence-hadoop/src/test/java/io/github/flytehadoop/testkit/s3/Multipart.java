/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit.s3;

import io.github.flytehadoop.testkit.s3.Bucket.Upload;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.w3c.dom.Element;

/** The operations on multipart uploads. */
final class Multipart {
  private static final long MIN_PART_BYTES = 5L << 20;
  private static final int MAX_PARTS = 10_000;

  private Multipart() {}

  static Reply create(Bucket bucket, S3Request request) {
    Upload upload = bucket.begin(request.key(), StoredObject.headersOf(request));
    return Reply.xml(
        200,
        new Xml("InitiateMultipartUploadResult")
            .leaf("Bucket", bucket.name())
            .leaf("Key", request.key())
            .leaf("UploadId", upload.id()));
  }

  static Reply uploadPart(Bucket bucket, S3Request request) {
    Upload upload = bucket.requireUpload(request);
    Checksums.verify(request);
    Map<String, String> checksums = Checksums.of(request);
    StoredObject part = StoredObject.of(request.body(), Map.of(), checksums);
    upload.parts().put(partNumber(request), part);
    return Reply.of(200, checksums, Content.EMPTY).withHeader("ETag", part.quotedEtag());
  }

  static Reply copyPart(StoredObject source, Bucket bucket, S3Request request) {
    Upload upload = bucket.requireUpload(request);
    long total = source.content().length();
    ByteRange range =
        request
            .header("x-amz-copy-source-range")
            .flatMap(header -> ByteRange.resolve(header, total))
            .orElse(new ByteRange(0, total));
    Content copied = source.content().slice(range.start(), range.length());
    StoredObject part = StoredObject.of(copied, Map.of(), Map.of());
    upload.parts().put(partNumber(request), part);
    return Reply.xml(
        200,
        new Xml("CopyPartResult")
            .leaf("LastModified", part.lastModified())
            .leaf("ETag", part.quotedEtag()));
  }

  static Reply complete(Bucket bucket, S3Request request) {
    Upload upload = bucket.requireUpload(request);
    List<StoredObject> parts =
        chosen(upload, Xml.elements(Xml.parse(request.body().toBytes()), "Part"));
    Content whole = Content.concat(parts.stream().map(StoredObject::content).toList());
    Checksums.verifyWhole(request, whole);
    Map<String, String> checksums = Checksums.of(request);
    if (checksums.isEmpty()) {
      checksums = Checksums.composite(parts.stream().map(StoredObject::checksums).toList());
    }
    StoredObject object = StoredObject.of(whole, etag(parts), upload.headers(), checksums);
    bucket.complete(request, upload, object);
    return Reply.xml(
        200,
        new Xml("CompleteMultipartUploadResult")
            .leaf("Bucket", bucket.name())
            .leaf("Key", request.key())
            .leaf("ETag", object.quotedEtag()));
  }

  static Reply abort(Bucket bucket, S3Request request) {
    bucket.abort(bucket.requireUpload(request));
    return Reply.empty(204);
  }

  /** All uploads under the prefix on one page. */
  static Reply list(Bucket bucket, S3Request request) {
    String prefix = request.parameter("prefix").orElse("");
    Optional<String> encoding = request.parameter("encoding-type");
    Xml result = new Xml("ListMultipartUploadsResult").leaf("Bucket", bucket.name());
    encoding.ifPresent(type -> result.leaf("EncodingType", type));
    result.leaf("Prefix", Listing.encoded(prefix, encoding)).leaf("IsTruncated", false);
    for (Upload upload : bucket.uploads()) {
      if (upload.key().startsWith(prefix)) {
        result
            .open("Upload")
            .leaf("Key", Listing.encoded(upload.key(), encoding))
            .leaf("UploadId", upload.id())
            .leaf("Initiated", upload.initiated())
            .close("Upload");
      }
    }
    return Reply.xml(200, result);
  }

  /** All parts on one page. */
  static Reply listParts(Bucket bucket, S3Request request) {
    Upload upload = bucket.requireUpload(request);
    Xml result =
        new Xml("ListPartsResult")
            .leaf("Bucket", bucket.name())
            .leaf("Key", upload.key())
            .leaf("UploadId", upload.id())
            .leaf("IsTruncated", false);
    upload
        .parts()
        .forEach(
            (number, part) ->
                result
                    .open("Part")
                    .leaf("PartNumber", number)
                    .leaf("LastModified", part.lastModified())
                    .leaf("ETag", part.quotedEtag())
                    .leaf("Size", part.content().length())
                    .close("Part"));
    return Reply.xml(200, result);
  }

  private static List<StoredObject> chosen(Upload upload, List<Element> elements) {
    if (elements.isEmpty()) {
      throw S3Error.malformedXml();
    }
    List<StoredObject> parts = new ArrayList<>();
    int previous = 0;
    for (Element element : elements) {
      int number = number(Xml.textOf(element, "PartNumber"));
      if (number <= previous) {
        throw new S3Error(400, "InvalidPartOrder", "The parts were not in ascending order");
      }
      previous = number;
      String etag = Xml.textOf(element, "ETag");
      parts.add(
          Optional.ofNullable(upload.parts().get(number))
              .filter(part -> part.matches(etag))
              .orElseThrow(() -> invalidPart()));
    }
    boolean tooSmall =
        parts.subList(0, parts.size() - 1).stream()
            .anyMatch(part -> part.content().length() < MIN_PART_BYTES);
    if (tooSmall) {
      throw new S3Error(400, "EntityTooSmall", "A part but the last is smaller than 5 MiB");
    }
    return parts;
  }

  private static S3Error invalidPart() {
    return new S3Error(400, "InvalidPart", "A part was not found or has another entity tag");
  }

  private static String etag(List<StoredObject> parts) {
    List<Content> digests =
        parts.stream().map(part -> Content.of(HexFormat.of().parseHex(part.etag()))).toList();
    byte[] digest = Checksums.digest("MD5", Content.concat(digests));
    return Checksums.hex(digest) + "-" + parts.size();
  }

  private static int partNumber(S3Request request) {
    return number(request.parameter("partNumber").orElse(""));
  }

  private static int number(String text) {
    int number = text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
    if (number < 1 || number > MAX_PARTS) {
      throw new S3Error(400, "InvalidArgument", "Part number must be from 1 to 10000");
    }
    return number;
  }
}
