/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.s3.request;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flytehadoop.hadoop.s3.S3ClientSettings;
import io.github.flytehadoop.hadoop.s3.S3Connection;
import io.github.flytehadoop.hadoop.s3.message.S3Answer;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.s3.Fault;
import io.github.flytehadoop.testkit.s3.FaultPlan;
import io.github.flytehadoop.testkit.s3.FaultRule;
import io.github.flytehadoop.testkit.s3.RequestKind;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import io.github.flytehadoop.testkit.s3.S3aKeys;
import io.github.flytehadoop.testkit.s3.SeenHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/** Pages as native code reads them are those of the SDK. */
class S3ListPageTest {
  private static final String BUCKET = "b";
  private static final List<String> KEYS =
      List.of(
          "d/a b",
          "d/x&y<z>\"'",
          "d/100%/%41+c",
          "d/\u0001\u001f",
          "d/\u00fc/\ud83d\ude00",
          "d/]]>",
          "d/e//f",
          "d/g/",
          "other");

  private static S3Connection connection(S3Endpoint s3) {
    return new S3Connection(S3ClientSettings.of(BUCKET, S3aKeys.of(s3.uri(), "alice")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/"})
  void aPageIsThatOfTheSdk(String delimiter) throws Exception {
    List<SeenHead> seen = new CopyOnWriteArrayList<>();
    try (S3Endpoint s3 = S3Endpoint.start();
        S3Connection connection = connection(s3)) {
      s3.createBucket(BUCKET);
      s3.verifyingSignature(identity -> identity + "-secret");
      KEYS.forEach(key -> s3.putDirectly(BUCKET, key, key.getBytes(UTF_8)));
      s3.onHead(seen::add);
      List<String> found = new ArrayList<>();
      String token = null;
      int pages = 0;
      do {
        ListObjectsV2Request request =
            ListObjectsV2Request.builder()
                .bucket(BUCKET)
                .prefix("d/")
                .delimiter(delimiter.isEmpty() ? null : delimiter)
                .continuationToken(token)
                .encodingType(EncodingType.URL)
                .maxKeys(3)
                .build();
        ListObjectsV2Response page = new S3SmallObjects(connection).list(request);
        ListObjectsV2Response sdk = connection.call(client -> client.listObjectsV2(request));
        assertThat(page.contents())
            .usingRecursiveFieldByFieldElementComparatorOnFields("key", "size", "eTag")
            .isEqualTo(sdk.contents());
        assertThat(page.contents())
            .extracting(object -> object.lastModified())
            .isEqualTo(sdk.contents().stream().map(object -> object.lastModified()).toList());
        assertThat(page.commonPrefixes()).isEqualTo(sdk.commonPrefixes());
        assertThat(page.isTruncated()).isEqualTo(sdk.isTruncated());
        assertThat(page.nextContinuationToken()).isEqualTo(sdk.nextContinuationToken());
        assertThat(page.name()).isEqualTo(sdk.name());
        assertThat(page.keyCount()).isEqualTo(sdk.keyCount());
        page.contents().forEach(object -> found.add(object.key()));
        token = page.nextContinuationToken();
        pages++;
      } while (token != null);
      if (delimiter.isEmpty()) {
        assertThat(found).containsExactlyInAnyOrderElementsOf(KEYS.subList(0, 8));
      }
      assertThat(connection.requests()).isEqualTo(Map.of("LIST", 2L * pages));
      assertThat(seen)
          .filteredOn(head -> head.header("user-agent").orElse("").contains("aws-sdk-java"))
          .hasSize(pages);
    }
  }

  private static S3Answer answer(String body) {
    return new S3Answer(SdkHttpResponse.builder().statusCode(200).build(), body.getBytes(UTF_8));
  }

  /** A gateway may have said 200 before it found that it cannot. */
  @Test
  @Rule("F10")
  void anErrorIn200IsAnError() throws Exception {
    try (S3Endpoint s3 = S3Endpoint.start();
        S3Connection connection = connection(s3)) {
      s3.createBucket(BUCKET);
      s3.putDirectly(BUCKET, "k", new byte[1]);
      s3.faults(
          FaultPlan.of(FaultRule.on(RequestKind.LIST).first(2).gives(Fault.errorInOk("SlowDown"))));
      ListObjectsV2Request request = ListObjectsV2Request.builder().bucket(BUCKET).build();
      assertThat(new S3SmallObjects(connection).list(request).contents()).hasSize(1);
      assertThat(s3.count(RequestKind.LIST)).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<ListBucketResult><Contents><Key>k</Key><LastModified/></Contents></ListBucketResult>",
        "<html><p>log in",
        "<ListBucketResult><Contents><Key>k</Key><Size>many</Size></Contents></ListBucketResult>",
        "<ListBucketResult><Contents><Key>k</Key></Contents>"
      })
  void whatIsNoPageIsRefused(String body) {
    assertThatThrownBy(() -> S3ListPage.of(answer(body))).isInstanceOf(SdkClientException.class);
  }

  /** Nothing of this machine is read for a listing. */
  @Test
  void entitiesAreNotFollowed() {
    String body =
        "<!DOCTYPE r [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>"
            + "<ListBucketResult><Name>&e;</Name></ListBucketResult>";
    try {
      assertThat(S3ListPage.of(answer(body)).name()).doesNotContain("root");
    } catch (SdkClientException refused) {
      assertThat(refused).hasMessageContaining("XML");
    }
  }
}
