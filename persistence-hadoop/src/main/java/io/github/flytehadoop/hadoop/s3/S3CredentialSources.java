/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3;

import io.github.flytehadoop.hadoop.s3.identity.ForeignCredentials;
import io.github.flytehadoop.hadoop.s3.identity.S3CredentialChain;
import io.github.flytehadoop.hadoop.s3.identity.S3CredentialsException;
import io.github.flytehadoop.hadoop.s3.identity.SdkNames;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.InstanceProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.auth.credentials.WebIdentityTokenFileCredentialsProvider;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.utils.SystemSetting;

/**
 * Makes the sources of credentials that {@code fs.s3a.aws.credentials.provider} names. Those that
 * S3A brings are made here, under S3A's names; any other class is made as S3A would make it.
 */
final class S3CredentialSources {
  static final String S3A = "org.apache.hadoop.fs.s3a.";
  private static final String SDK = SdkNames.OWN;
  private static final String OLD = "com.amazonaws.auth.";

  private enum Source {
    STATIC,
    SESSION,
    ENVIRONMENT,
    WEB_IDENTITY,
    PROFILE,
    MACHINE
  }

  private static final String ANONYMOUS = S3A + "AnonymousAWSCredentialsProvider";
  private static final Map<String, Source> KNOWN =
      Map.ofEntries(
          Map.entry(S3A + "SimpleAWSCredentialsProvider", Source.STATIC),
          Map.entry(S3A + "TemporaryAWSCredentialsProvider", Source.SESSION),
          Map.entry(SDK + "EnvironmentVariableCredentialsProvider", Source.ENVIRONMENT),
          Map.entry(OLD + "EnvironmentVariableCredentialsProvider", Source.ENVIRONMENT),
          Map.entry(SDK + "WebIdentityTokenFileCredentialsProvider", Source.WEB_IDENTITY),
          Map.entry(OLD + "WebIdentityTokenCredentialsProvider", Source.WEB_IDENTITY),
          Map.entry(SDK + "ProfileCredentialsProvider", Source.PROFILE),
          Map.entry(S3A + "auth.ProfileAWSCredentialsProvider", Source.PROFILE),
          Map.entry(OLD + "profile.ProfileCredentialsProvider", Source.PROFILE),
          Map.entry(S3A + "auth.IAMInstanceCredentialsProvider", Source.MACHINE),
          Map.entry(SDK + "InstanceProfileCredentialsProvider", Source.MACHINE),
          Map.entry(SDK + "ContainerCredentialsProvider", Source.MACHINE),
          Map.entry(OLD + "EC2ContainerCredentialsProviderWrapper", Source.MACHINE),
          Map.entry(OLD + "InstanceProfileCredentialsProvider", Source.MACHINE));

  private final BucketConfiguration options;

  S3CredentialSources(BucketConfiguration options) {
    this.options = options;
  }

  /** The provider of a bucket; that of anonymous access signs nothing. */
  AwsCredentialsProvider provider() {
    return named(options.hadoop().getTrimmedStringCollection(S3Key.CREDENTIALS_PROVIDER.key()));
  }

  /** The provider that asks these in turn. */
  AwsCredentialsProvider named(Collection<String> settings) {
    List<String> names = settings.stream().map(SdkNames::own).toList();
    if (names.stream().anyMatch(S3CredentialSources::isAnonymous)) {
      return AnonymousCredentialsProvider.create();
    }
    List<S3CredentialChain.Link> links = new ArrayList<>();
    for (String name : names) {
      links.add(link(name));
    }
    return new S3CredentialChain(links);
  }

  private static boolean isAnonymous(String name) {
    return name.equals(ANONYMOUS)
        || name.equals(SDK + "AnonymousCredentialsProvider")
        || name.equals(OLD + "AnonymousAWSCredentials");
  }

  private S3CredentialChain.Link link(String name) {
    String shown = name.substring(name.lastIndexOf('.') + 1);
    Source source = KNOWN.get(name);
    if (source == null) {
      return new S3CredentialChain.Link(shown, true, () -> made(name));
    }
    return switch (source) {
      case STATIC -> new S3CredentialChain.Link(shown, false, this::fixed);
      case SESSION -> new S3CredentialChain.Link(shown, false, this::session);
      case ENVIRONMENT ->
          new S3CredentialChain.Link(shown, false, EnvironmentVariableCredentialsProvider::create);
      case PROFILE -> new S3CredentialChain.Link(shown, false, ProfileCredentialsProvider::create);
      case WEB_IDENTITY ->
          new S3CredentialChain.Link(
              "the web identity of " + name(SdkSystemSetting.AWS_WEB_IDENTITY_TOKEN_FILE),
              isSet(SdkSystemSetting.AWS_WEB_IDENTITY_TOKEN_FILE),
              WebIdentityTokenFileCredentialsProvider::create);
      case MACHINE -> machine(shown);
    };
  }

  private static S3CredentialChain.Link machine(String shown) {
    boolean container =
        isSet(SdkSystemSetting.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI)
            || isSet(SdkSystemSetting.AWS_CONTAINER_CREDENTIALS_FULL_URI);
    Supplier<AwsCredentialsProvider> make =
        container
            ? () -> ContainerCredentialsProvider.create()
            : () -> InstanceProfileCredentialsProvider.create();
    return new S3CredentialChain.Link(
        container ? "the identity of this container or pod" : shown, container, make);
  }

  private static boolean isSet(SystemSetting setting) {
    return setting.getStringValue().filter(value -> !value.isBlank()).isPresent();
  }

  private static String name(SystemSetting setting) {
    return setting.environmentVariable();
  }

  private AwsCredentialsProvider fixed() {
    return StaticCredentialsProvider.create(
        AwsBasicCredentials.create(required(S3Key.ACCESS_KEY), required(S3Key.SECRET_KEY)));
  }

  private AwsCredentialsProvider session() {
    return StaticCredentialsProvider.create(
        AwsSessionCredentials.create(
            required(S3Key.ACCESS_KEY), required(S3Key.SECRET_KEY), required(S3Key.SESSION_TOKEN)));
  }

  private String required(S3Key key) {
    String value = options.secret(key.key());
    if (value == null) {
      throw new S3CredentialChain.Absent(key.key() + " is not set");
    }
    return value;
  }

  /** As S3A makes a class of others: from the bucket and its options, or from nothing. */
  private AwsCredentialsProvider made(String name) {
    URI bucket = URI.create(S3Settings.HADOOP_PREFIX + options.bucket());
    Configuration conf = options.hadoop();
    try {
      Class<?> type = conf.getClassByName(name);
      Object made = constructed(type, new Object[] {bucket, conf}, URI.class, Configuration.class);
      if (made == null) {
        made = constructed(type, new Object[] {conf}, Configuration.class);
      }
      if (made == null) {
        made = created(type);
      }
      if (made == null) {
        made = constructed(type, new Object[0]);
      }
      AwsCredentialsProvider provider = ForeignCredentials.adapt(made);
      if (provider != null) {
        return provider;
      }
      throw unusable(name, "it is no " + AwsCredentialsProvider.class.getName(), null);
    } catch (InvocationTargetException failed) {
      throw unusable(name, String.valueOf(failed.getCause()), failed.getCause());
    } catch (ReflectiveOperationException missing) {
      throw unusable(name, String.valueOf(missing), missing);
    }
  }

  private static @Nullable Object constructed(
      Class<?> type, Object[] arguments, Class<?>... parameters)
      throws ReflectiveOperationException {
    try {
      return type.getConstructor(parameters).newInstance(arguments);
    } catch (NoSuchMethodException another) {
      return null;
    }
  }

  private static @Nullable Object created(Class<?> type) throws ReflectiveOperationException {
    try {
      return type.getMethod("create").invoke(null);
    } catch (NoSuchMethodException another) {
      return null;
    }
  }

  private static S3CredentialsException unusable(
      String name, String why, @Nullable Throwable cause) {
    return new S3CredentialsException(
        S3Key.CREDENTIALS_PROVIDER.key() + " names " + name + ", which cannot be made: " + why,
        cause);
  }
}
