/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3.check;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * Sends metadata named like headers of content as these headers: S3A has no way to give them to one
 * object, and would send {@code x-amz-meta-content-type}. Other values go as {@link
 * MetadataEncoding}. S3A makes an instance of its own.
 */
public final class ContentHeaderInterceptor implements ExecutionInterceptor {
  /** For S3A. */
  public ContentHeaderInterceptor() {}

  @Override
  public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
    SdkRequest request = context.request();
    if (request instanceof PutObjectRequest put) {
      return modified(put);
    }
    if (request instanceof CreateMultipartUploadRequest create && create.hasMetadata()) {
      return modified(create);
    }
    if (request instanceof CopyObjectRequest copy && copy.hasMetadata()) {
      return copy.toBuilder().metadata(new Fields(copy.metadata()).left).build();
    }
    return request;
  }

  /** With the fields of content where they belong. */
  public static PutObjectRequest modified(PutObjectRequest put) {
    if (!put.hasMetadata()) {
      return put;
    }
    Fields fields = new Fields(put.metadata());
    return put.toBuilder()
        .contentType(fields.take("content-type", put.contentType()))
        .contentEncoding(fields.take("content-encoding", put.contentEncoding()))
        .contentLanguage(fields.take("content-language", put.contentLanguage()))
        .contentDisposition(fields.take("content-disposition", put.contentDisposition()))
        .cacheControl(fields.take("cache-control", put.cacheControl()))
        .metadata(fields.left)
        .build();
  }

  private static SdkRequest modified(CreateMultipartUploadRequest create) {
    Fields fields = new Fields(create.metadata());
    return create.toBuilder()
        .contentType(fields.take("content-type", create.contentType()))
        .contentEncoding(fields.take("content-encoding", create.contentEncoding()))
        .contentLanguage(fields.take("content-language", create.contentLanguage()))
        .contentDisposition(fields.take("content-disposition", create.contentDisposition()))
        .cacheControl(fields.take("cache-control", create.cacheControl()))
        .metadata(fields.left)
        .build();
  }

  /** Metadata, less what was taken as a field. */
  private static final class Fields {
    private final Map<String, String> given;
    private final Map<String, String> left;

    Fields(Map<String, String> given) {
      this.given = given;
      this.left = new HashMap<>(given);
      left.replaceAll((name, value) -> MetadataEncoding.encode(value));
    }

    @Nullable String take(String field, @Nullable String otherwise) {
      String found = otherwise;
      for (Map.Entry<String, String> entry : given.entrySet()) {
        if (entry.getKey().toLowerCase(Locale.ROOT).equals(field)) {
          found = entry.getValue();
          left.remove(entry.getKey());
        }
      }
      return found;
    }
  }
}
