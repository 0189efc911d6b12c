/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.s3.request;

import io.github.flytehadoop.hadoop.s3.S3Refusal;
import io.github.flytehadoop.hadoop.s3.message.S3Answer;
import java.io.ByteArrayInputStream;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.utils.DateUtils;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/** One page of a listing: how it is asked for, and what its XML says. Used once. */
final class S3ListPage {
  private static final XMLInputFactory XML = XMLInputFactory.newFactory();
  private static final int OF_PAGE = 2;
  private static final int OF_ENTRY = 3;

  static {
    XML.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    XML.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
  }

  private final ListObjectsV2Response.Builder page = ListObjectsV2Response.builder();
  private final List<S3Object.Builder> objects = new ArrayList<>();
  private final List<String> prefixes = new ArrayList<>();
  private String root = "";
  private boolean inObject;
  private boolean encoded;

  private S3ListPage() {}

  /** The parameters of the request for it. */
  static Map<String, String> query(ListObjectsV2Request request) {
    Map<String, String> query = new TreeMap<>();
    query.put("list-type", "2");
    put(query, "prefix", request.prefix());
    put(query, "delimiter", request.delimiter());
    put(query, "continuation-token", request.continuationToken());
    put(query, "start-after", request.startAfter());
    put(query, "encoding-type", request.encodingTypeAsString());
    put(query, "max-keys", request.maxKeys() == null ? null : request.maxKeys().toString());
    return query;
  }

  private static void put(Map<String, String> query, String name, @Nullable String value) {
    if (value != null) {
      query.put(name, value);
    }
  }

  /**
   * Reads an answer.
   *
   * @throws software.amazon.awssdk.awscore.exception.AwsServiceException when it is an error, of a
   *     store that had said 200 before
   * @throws SdkClientException when it is not the XML of a listing
   */
  static ListObjectsV2Response of(S3Answer answer) {
    ListObjectsV2Response page;
    S3ListPage reader = new S3ListPage();
    try {
      page = reader.read(XML.createXMLStreamReader(new ByteArrayInputStream(answer.body())));
    } catch (XMLStreamException | IllegalArgumentException | DateTimeException unreadable) {
      throw SdkClientException.create("Could not parse XML response.", unreadable);
    }
    if (reader.root.equals("Error")) {
      throw S3Refusal.of(SdkHttpMethod.GET, answer.response(), answer.body());
    }
    return page;
  }

  private ListObjectsV2Response read(XMLStreamReader xml) throws XMLStreamException {
    int depth = 0;
    StringBuilder text = new StringBuilder();
    while (xml.hasNext()) {
      switch (xml.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          depth++;
          text.setLength(0);
          begin(depth, xml.getLocalName());
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text.append(xml.getText());
        case XMLStreamConstants.END_ELEMENT -> {
          end(depth, xml.getLocalName(), text.toString());
          depth--;
        }
        default -> {}
      }
    }
    return page.contents(objects.stream().map(this::object).toList())
        .commonPrefixes(
            prefixes.stream()
                .map(prefix -> CommonPrefix.builder().prefix(decoded(prefix)).build())
                .toList())
        .build();
  }

  private void begin(int depth, String name) {
    if (depth == 1) {
      root = name;
    }
    if (depth == OF_PAGE) {
      inObject = name.equals("Contents");
      if (inObject) {
        objects.add(S3Object.builder());
      }
    }
  }

  private void end(int depth, String name, String text) {
    if (depth == OF_PAGE) {
      ofPage(name, text);
    } else if (depth == OF_ENTRY && inObject) {
      ofObject(objects.get(objects.size() - 1), name, text);
    } else if (depth == OF_ENTRY && name.equals("Prefix")) {
      prefixes.add(text);
    }
  }

  private void ofPage(String name, String text) {
    switch (name) {
      case "Name" -> page.name(text);
      case "IsTruncated" -> page.isTruncated(Boolean.valueOf(text.strip()));
      case "KeyCount" -> page.keyCount(Integer.valueOf(text.strip()));
      case "NextContinuationToken" -> page.nextContinuationToken(text);
      case "EncodingType" -> encoded = text.equals(EncodingType.URL.toString());
      default -> {}
    }
  }

  private static void ofObject(S3Object.Builder object, String name, String text) {
    switch (name) {
      case "Key" -> object.key(text);
      case "LastModified" -> object.lastModified(DateUtils.parseIso8601Date(text));
      case "ETag" -> object.eTag(text);
      case "Size" -> object.size(Long.valueOf(text.strip()));
      default -> {}
    }
  }

  private S3Object object(S3Object.Builder object) {
    S3Object listed = object.build();
    return encoded && listed.key() != null
        ? listed.toBuilder().key(decoded(listed.key())).build()
        : listed;
  }

  private String decoded(String key) {
    return encoded ? SdkHttpUtils.urlDecode(key) : key;
  }
}
