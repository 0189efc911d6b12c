/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3.check;

import io.github.flytehadoop.hadoop.request.UnusableListingException;
import io.github.flytehadoop.location.ListedKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Refuses, or takes keys out of, a page of a listing that S3A would turn into another one in
 * silence: it drops a key that is named like a directory marker although it has data (B14), makes
 * one path of {@code a//b} and {@code a/b} (B12), follows a token that leads back (F28), and hands
 * on keys that come twice or out of order. Only whole trees are checked that a listing of ours
 * walks; deleting still reaches every key.
 */
public final class ListingValidator implements ExecutionInterceptor {
  /** Of clients before S3A, which it still leaves out. */
  private static final String OLD_MARKER = "_$folder$";

  /** Directory buckets of Amazon have no order. */
  private static final String UNORDERED = "--x-s3";

  /** For S3A. */
  public ListingValidator() {}

  @Override
  public void afterUnmarshalling(
      Context.AfterUnmarshalling context, ExecutionAttributes attributes) {
    if (context.response() instanceof ListObjectsV2Response page
        && context.request() instanceof ListObjectsV2Request request
        && isTree(request)) {
      String problem = problemOf(request, page);
      if (problem != null) {
        throw new UnusableListingException(problem);
      }
    }
  }

  /** Whether a listing of ours walks it, which collects what S3A cannot name. */
  private static boolean isTree(ListObjectsV2Request request) {
    return request.delimiter() == null
        && UnnameableKeys.areCollected(
            String.valueOf(request.bucket()), String.valueOf(request.prefix()));
  }

  private static @Nullable String problemOf(
      ListObjectsV2Request request, ListObjectsV2Response page) {
    String token = page.nextContinuationToken();
    if (token != null && token.equals(request.continuationToken())) {
      return "the store gives the same page again and again: the listing is inconsistent";
    }
    boolean ordered = !String.valueOf(request.bucket()).endsWith(UNORDERED);
    String before = null;
    for (S3Object object : page.contents()) {
      String key = object.key();
      if (before != null && ordered && !follows(before, key)) {
        return "the store names " + key + " after " + before + ": the listing is inconsistent";
      }
      before = key;
    }
    return null;
  }

  private static @Nullable String problemOf(ListObjectsV2Request request, S3Object object) {
    String key = object.key();
    return key.endsWith(OLD_MARKER) && object.size() > 0
        ? ListedKey.isLikeMarker(key)
        : ListedKey.problemOf(key, object.size(), String.valueOf(request.prefix()));
  }

  /** Takes out the keys that a listing of ours collects: S3A would drop or rename them. */
  @Override
  public SdkResponse modifyResponse(
      Context.ModifyResponse context, ExecutionAttributes attributes) {
    return context.response() instanceof ListObjectsV2Response page
            && context.request() instanceof ListObjectsV2Request request
            && isTree(request)
        ? nameable(request, page)
        : context.response();
  }

  private static ListObjectsV2Response nameable(
      ListObjectsV2Request request, ListObjectsV2Response page) {
    List<S3Object> kept = new ArrayList<>();
    for (S3Object object : page.contents()) {
      String problem = problemOf(request, object);
      if (problem == null) {
        kept.add(object);
      } else {
        UnnameableKeys.found(
            String.valueOf(request.bucket()),
            String.valueOf(request.prefix()),
            object.key(),
            problem);
      }
    }
    return kept.size() == page.contents().size() ? page : page.toBuilder().contents(kept).build();
  }

  /** In the order of UTF-8, as S3 lists, or of UTF-16, as some servers do. */
  private static boolean follows(String before, String key) {
    return key.compareTo(before) > 0
        || Arrays.compareUnsigned(
                key.getBytes(StandardCharsets.UTF_8), before.getBytes(StandardCharsets.UTF_8))
            > 0;
  }
}
