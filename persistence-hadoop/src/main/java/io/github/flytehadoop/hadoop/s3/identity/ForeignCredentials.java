/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3.identity;

import java.lang.reflect.InvocationTargetException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/** A source of credentials that somebody has written for another AWS SDK than the one here. */
public final class ForeignCredentials implements AwsCredentialsProvider {
  private static final String RESOLVE = "resolveCredentials";

  private final Object source;

  private ForeignCredentials(Object source) {
    this.source = source;
  }

  /** Itself where it is of this SDK, and null where it is of none. */
  public static @Nullable AwsCredentialsProvider adapt(@Nullable Object source) {
    if (source instanceof AwsCredentialsProvider ours) {
      return ours;
    }
    if (!SdkNames.areRelocated() || source == null) {
      return null;
    }
    try {
      source.getClass().getMethod(RESOLVE);
      return new ForeignCredentials(source);
    } catch (NoSuchMethodException ofNone) {
      return null;
    }
  }

  @Override
  public AwsCredentials resolveCredentials() {
    Object found = call(source, RESOLVE);
    String id = text(found, "accessKeyId");
    String secret = text(found, "secretAccessKey");
    if (found == null || id == null || secret == null) {
      throw new S3CredentialsException(source.getClass().getName() + " gave no credentials", null);
    }
    String token = hasToken(found) ? text(found, "sessionToken") : null;
    return token == null
        ? AwsBasicCredentials.create(id, secret)
        : AwsSessionCredentials.create(id, secret, token);
  }

  private static boolean hasToken(Object credentials) {
    try {
      credentials.getClass().getMethod("sessionToken");
      return true;
    } catch (NoSuchMethodException lasting) {
      return false;
    }
  }

  private static @Nullable String text(@Nullable Object credentials, String name) {
    Object value = credentials == null ? null : call(credentials, name);
    if (value instanceof Optional<?> optional) {
      value = optional.orElse(null);
    }
    return value == null ? null : value.toString();
  }

  private static @Nullable Object call(Object target, String name) {
    try {
      // of an interface: the class itself may be hidden
      for (Class<?> type = target.getClass(); type != null; type = type.getSuperclass()) {
        for (Class<?> each : type.getInterfaces()) {
          if (has(each, name)) {
            return each.getMethod(name).invoke(target);
          }
        }
      }
      return target.getClass().getMethod(name).invoke(target);
    } catch (InvocationTargetException failed) {
      if (failed.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new S3CredentialsException(target.getClass().getName() + " failed", failed.getCause());
    } catch (ReflectiveOperationException none) {
      throw new S3CredentialsException(target.getClass().getName() + " has no " + name, none);
    }
  }

  private static boolean has(Class<?> type, String name) {
    try {
      return type.getMethod(name).getParameterCount() == 0;
    } catch (NoSuchMethodException none) {
      return false;
    }
  }

  /** The class of somebody else; what it knows may be secret. */
  @Override
  public String toString() {
    return "ForeignCredentials[" + source.getClass().getName() + "]";
  }
}
