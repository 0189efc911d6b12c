/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3;

import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The exception of the SDK for an answer that is a refusal. */
public final class S3Refusal {
  private static final int NOT_FOUND = 404;
  private static final XMLInputFactory XML = XMLInputFactory.newFactory();

  static {
    XML.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    XML.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
  }

  private S3Refusal() {}

  /** The exception for an answer whose body has been read. */
  public static AwsServiceException of(
      SdkHttpMethod method, SdkHttpResponse response, byte[] body) {
    Map<String, String> told = new HashMap<>();
    read(body, told);
    String code = told.get("Code");
    boolean silent = method == SdkHttpMethod.HEAD && response.statusCode() == NOT_FOUND;
    AwsErrorDetails.Builder details =
        AwsErrorDetails.builder()
            .serviceName("S3")
            .errorCode(code)
            .errorMessage(told.get("Message"))
            .sdkHttpResponse(response);
    return builder(silent ? "NoSuchKey" : code)
        .awsErrorDetails(details.build())
        .statusCode(response.statusCode())
        .clockSkew(Duration.ZERO)
        .requestId(
            told.getOrDefault(
                "RequestId", response.firstMatchingHeader("x-amz-request-id").orElse(null)))
        .extendedRequestId(response.firstMatchingHeader("x-amz-id-2").orElse(null))
        .build();
  }

  private static AwsServiceException.Builder builder(@Nullable String code) {
    if ("NoSuchKey".equals(code)) {
      return NoSuchKeyException.builder();
    }
    return "NoSuchBucket".equals(code) ? NoSuchBucketException.builder() : S3Exception.builder();
  }

  /** A page of a proxy is no XML and says nothing. */
  private static void read(byte[] bytes, Map<String, String> told) {
    try {
      XMLStreamReader xml = XML.createXMLStreamReader(new ByteArrayInputStream(bytes));
      int depth = 0;
      String name = "";
      StringBuilder text = new StringBuilder();
      while (xml.hasNext()) {
        switch (xml.next()) {
          case XMLStreamConstants.START_ELEMENT -> {
            depth++;
            name = xml.getLocalName();
            text.setLength(0);
          }
          case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
              text.append(xml.getText());
          case XMLStreamConstants.END_ELEMENT -> {
            if (depth-- == 2 && name.equals(xml.getLocalName())) {
              told.putIfAbsent(name, text.toString());
            }
          }
          default -> {}
        }
      }
    } catch (XMLStreamException noXml) {
      told.clear();
    }
  }
}
