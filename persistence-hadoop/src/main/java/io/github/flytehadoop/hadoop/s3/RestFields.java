/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * The members of requests and answers as the SDK's model describes them: which are headers, which
 * are parameters, and what they are called.
 */
final class RestFields {
  private RestFields() {}

  /**
   * Writes members into a request, but for those in its path; false where one cannot be written.
   */
  static boolean write(SdkPojo members, SdkHttpFullRequest.Builder request) {
    for (SdkField<?> field : members.sdkFields()) {
      Object value = field.getValueOrDefault(members);
      if (value != null && !write(field, value, request)) {
        return false;
      }
    }
    return true;
  }

  private static boolean write(
      SdkField<?> field, Object value, SdkHttpFullRequest.Builder request) {
    boolean header = field.location() == MarshallLocation.HEADER;
    if (value instanceof Map<?, ?> texts && header) {
      texts.forEach((name, one) -> request.putHeader(field.locationName() + name, text(one)));
      return true;
    }
    boolean plain = value instanceof String || value instanceof Number || value instanceof Boolean;
    if (!plain || field.location() == MarshallLocation.PAYLOAD) {
      return value instanceof List<?> list && list.isEmpty();
    }
    if (header) {
      request.putHeader(field.locationName(), text(value));
    } else if (field.location() == MarshallLocation.QUERY_PARAM) {
      request.putRawQueryParameter(field.locationName(), text(value));
    }
    return true;
  }

  private static String text(Object value) {
    return String.valueOf(value);
  }

  /** Reads the members that are headers of an answer. */
  static void read(SdkHttpResponse response, SdkPojo builder) {
    Map<String, List<String>> headers = new HashMap<>();
    response.headers().forEach((name, all) -> headers.put(name.toLowerCase(Locale.ROOT), all));
    for (SdkField<?> field : builder.sdkFields()) {
      if (field.location() == MarshallLocation.HEADER) {
        String name = field.locationName().toLowerCase(Locale.ROOT);
        Object value =
            field.marshallingType() == MarshallingType.MAP
                ? withPrefix(headers, name)
                : parsed(field, first(headers.get(name)));
        if (value != null) {
          field.set(builder, value);
        }
      }
    }
  }

  private static @Nullable String first(@Nullable List<String> values) {
    return values == null || values.isEmpty() ? null : values.get(0);
  }

  private static Map<String, String> withPrefix(Map<String, List<String>> headers, String prefix) {
    Map<String, String> found = new HashMap<>();
    headers.forEach(
        (name, values) -> {
          String value = first(values);
          if (name.startsWith(prefix) && value != null) {
            found.put(name.substring(prefix.length()), value);
          }
        });
    return found;
  }

  /** A header that is not what it should be is no header. */
  private static @Nullable Object parsed(SdkField<?> field, @Nullable String text) {
    MarshallingType<?> type = field.marshallingType();
    try {
      if (text == null || type == MarshallingType.STRING) {
        return text;
      }
      if (type == MarshallingType.LONG) {
        return Long.valueOf(text.strip());
      }
      if (type == MarshallingType.INTEGER) {
        return Integer.valueOf(text.strip());
      }
      if (type == MarshallingType.BOOLEAN) {
        return Boolean.valueOf(text.strip());
      }
      return type == MarshallingType.INSTANT
          ? DateTimeFormatter.RFC_1123_DATE_TIME.parse(text.strip(), Instant::from)
          : null;
    } catch (NumberFormatException | DateTimeException unreadable) {
      return null;
    }
  }
}
