/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3;

import io.github.flytehadoop.config.AddressingStyle;
import io.github.flytehadoop.config.S3Config;
import io.github.flytehadoop.error.ConfigException;
import io.github.flytehadoop.hadoop.overlay.Overlay;
import io.github.flytehadoop.hadoop.overlay.Profile;
import io.github.flytehadoop.hadoop.overlay.RetryPlan;
import io.github.flytehadoop.hadoop.s3.identity.SdkNames;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@link S3Config} as settings of S3A: a pure function of the configuration, the environment and
 * the profile. Source: OPT-S3; fixes W-1 and W-2.
 */
public final class S3Settings {
  /** What Hadoop's URIs of buckets begin with. */
  static final String HADOOP_PREFIX = "s3a://";

  private static final String FILE_SYSTEM = "org.apache.hadoop.fs.s3a.S3AFileSystem";
  private static final String FILE_CONTEXT = "org.apache.hadoop.fs.s3a.S3A";
  private static final String COMMITTERS = "org.apache.hadoop.fs.s3a.commit.S3ACommitterFactory";

  /**
   * Not {@code bytebuffer}: an abort hands a buffer on while its part is still being sent, and the
   * next file is published with bytes of the one that was given up.
   */
  private static final String SAFE_BUFFER = "array";

  /** Of a connection on which a byte is due; a slow one is as long as it takes (F05). */
  private static final String LONGEST_SILENCE = "60s";

  private static final int PATIENT_THROTTLE_LIMIT = 8;
  private static final String REGION_OF_OTHER_STORES = "us-east-1";
  private static final List<String> AMAZON =
      List.of(".amazonaws.com", ".amazonaws.com.cn", ".amazonaws.eu", ".api.aws");

  private S3Settings() {}

  /**
   * Settings that sign requests.
   *
   * @throws io.github.flytehadoop.error.ConfigException if only one half of a key pair is there
   */
  public static Overlay withCredentials(
      S3Config config, Map<String, String> environment, Profile profile) {
    Overlay overlay = common(config, environment, profile);
    S3Credentials.write(overlay, config, environment);
    return overlay;
  }

  /**
   * Settings that sign nothing.
   *
   * @param bucket the bucket whose own settings in {@code core-site.xml} would otherwise win
   */
  public static Overlay anonymous(
      S3Config config, Map<String, String> environment, Profile profile, @Nullable String bucket) {
    Overlay overlay = common(config, environment, profile);
    S3Credentials.writeAnonymous(overlay, bucket);
    return overlay;
  }

  /** What must hold even where a bucket has settings of its own, in our own instances. */
  public static Overlay ofBucket(String bucket) {
    return new Overlay().set(S3Key.UPLOAD_BUFFER.forBucket(bucket), SAFE_BUFFER);
  }

  private static Overlay common(S3Config config, Map<String, String> environment, Profile profile) {
    Overlay overlay = new Overlay();
    AwsEnvironment aws = AwsEnvironment.of(environment);
    AwsEnvironment.Found ambient = config.endpoint() == null ? aws.endpoint() : null;
    implementations(overlay);
    if (ambient != null) {
      ambientEndpoint(overlay, config, ambient);
    } else {
      endpoint(overlay, config);
    }
    region(overlay, config, aws, ambient);
    addressing(overlay, config);
    retries(overlay, RetryPlan.of(config));
    if (profile == Profile.ENGINE) {
      engine(overlay, isForeign(ambient == null ? config.endpoint() : ambient.value()));
    }
    return overlay;
  }

  /**
   * The endpoint of AWS's variables or profile, or null when {@code DataConfig} names one or
   * nothing does. One of the Hadoop configuration wins over it too.
   */
  public static AwsEnvironment.@Nullable Found ambientEndpoint(
      S3Config config, Map<String, String> environment) {
    return config.endpoint() == null ? AwsEnvironment.of(environment).endpoint() : null;
  }

  private static void implementations(Overlay overlay) {
    List.of(S3Key.S3A_IMPL, S3Key.S3_IMPL, S3Key.S3N_IMPL)
        .forEach(key -> overlay.suggest(key, FILE_SYSTEM));
    List.of(S3Key.S3A_ABSTRACT, S3Key.S3_ABSTRACT, S3Key.S3N_ABSTRACT)
        .forEach(key -> overlay.suggest(key, FILE_CONTEXT));
    List.of(S3Key.S3_COMMITTER, S3Key.S3N_COMMITTER)
        .forEach(key -> overlay.suggest(key, COMMITTERS));
  }

  private static void endpoint(Overlay overlay, S3Config config) {
    String endpoint = config.endpoint();
    if (endpoint != null) {
      overlay.set(S3Key.ENDPOINT, endpoint);
      overlay.set(S3Key.SSL_ENABLED, Boolean.toString(isSecure(endpoint)));
    }
  }

  /** Gives way, with all that follows from it, to an endpoint of the user's own configuration. */
  private static void ambientEndpoint(
      Overlay overlay, S3Config config, AwsEnvironment.Found ambient) {
    String endpoint = ambient.value();
    if (!endpoint.contains("://") || URI.create(endpoint).getHost() == null) {
      throw new ConfigException(
          ambient.source(), "environment", "it is no URL. Write https://host:port.");
    }
    List<String> own = List.of(S3Key.ENDPOINT.key());
    overlay.suggest(S3Key.ENDPOINT, endpoint);
    overlay.suggest(S3Key.SSL_ENABLED.key(), Boolean.toString(isSecure(endpoint)), own);
    if (isForeign(endpoint) && config.addressingStyle() == AddressingStyle.AUTO) {
      overlay.suggest(S3Key.PATH_STYLE.key(), "true", own);
    }
  }

  private static boolean isSecure(String endpoint) {
    return !"http".equalsIgnoreCase(URI.create(endpoint).getScheme());
  }

  private static void region(
      Overlay overlay,
      S3Config config,
      AwsEnvironment aws,
      AwsEnvironment.@Nullable Found ambient) {
    String region = config.region();
    String endpoint = ambient == null ? config.endpoint() : ambient.value();
    if (region != null) {
      overlay.set(S3Key.REGION, region);
    } else if (isForeign(config.endpoint())) {
      overlay.suggest(S3Key.REGION, REGION_OF_OTHER_STORES);
    } else if (endpoint == null
        || isForeign(endpoint)
        || hostOf(endpoint).equals("s3.amazonaws.com")) {
      AwsEnvironment.Found known = aws.region();
      if (known != null) {
        // without it S3A asks us-east-2 first, is redirected, and asks for the bucket's region
        overlay.suggest(S3Key.REGION, known.value());
      } else if (isForeign(endpoint)) {
        overlay.suggest(S3Key.REGION, REGION_OF_OTHER_STORES);
      }
    }
  }

  private static void addressing(Overlay overlay, S3Config config) {
    AddressingStyle style = config.addressingStyle();
    if (style != AddressingStyle.AUTO) {
      overlay.set(S3Key.PATH_STYLE, Boolean.toString(style == AddressingStyle.PATH));
    } else if (config.endpoint() != null) {
      overlay.set(S3Key.PATH_STYLE, Boolean.toString(isForeign(config.endpoint())));
    }
  }

  private static void retries(Overlay overlay, RetryPlan plan) {
    plan.write(overlay, S3Key.SDK_RETRIES, plan.sdkRetries(), "");
    plan.write(overlay, S3Key.RETRY_LIMIT, plan.limit(), "");
    plan.write(overlay, S3Key.THROTTLE_LIMIT, throttleLimit(plan), "");
    if (plan.retries() > 0) {
      plan.write(overlay, S3Key.RETRY_INTERVAL, plan.firstWaitMillis(), "ms");
    }
    if (plan.retries() > 0 && plan.choice() == RetryPlan.Choice.EXPLICIT) {
      plan.write(overlay, S3Key.THROTTLE_INTERVAL, plan.firstWaitMillis(), "ms");
    }
  }

  /** S3A's own 20 tries, each wait twice the last, would take days. */
  private static int throttleLimit(RetryPlan plan) {
    return plan.choice() == RetryPlan.Choice.DEFAULT ? PATIENT_THROTTLE_LIMIT : plan.limit();
  }

  private static void engine(Overlay overlay, boolean foreign) {
    List.of(S3Key.S3A_UNCACHED, S3Key.S3_UNCACHED, S3Key.S3N_UNCACHED)
        .forEach(key -> overlay.set(key, "true"));
    overlay.set(S3Key.INPUT_STREAM, "classic");
    overlay.set(S3Key.PERFORMANCE_FLAGS, "create,mkdir");
    overlay.suggest(S3Key.DELETE_PAGE, "1000");
    overlay.set(S3Key.UPLOAD_BUFFER, SAFE_BUFFER);
    overlay.suggest(S3Key.IDLE_TIMEOUT, LONGEST_SILENCE);
    overlay.suggest(S3Key.EXPECT_CONTINUE, "false");
    overlay.suggest(S3Key.CHANGE_DETECTION, "server");
    overlay.suggest(S3Key.USER_AGENT, "flyte-java");
    overlay.suggest(S3Key.CLASSLOADER_ISOLATION, "false");
    interceptors(overlay);
    if (foreign) {
      overlay.suggest(S3Key.CROSS_REGION, "false");
    } else {
      // older servers of others refuse uploads with a checksum behind them
      overlay.suggest(S3Key.CHECKSUM_ALGORITHM, "CRC32C");
    }
  }

  /** An S3A with an SDK of its own cannot call ours. */
  private static void interceptors(Overlay overlay) {
    if (SdkNames.areThoseOfS3a()) {
      overlay.suggest(
          S3Key.INTERCEPTORS,
          Stream.of(
                  "check.ResponseValidator",
                  "check.ListingValidator",
                  "check.ContentHeaderInterceptor",
                  "http.ThrottlingInterceptor") // loads none of them
              .map((S3Settings.class.getPackageName() + ".")::concat)
              .collect(Collectors.joining(",")));
    }
  }

  /** Whether requests go to a store that is not Amazon's. */
  private static boolean isForeign(@Nullable String endpoint) {
    return endpoint != null && AMAZON.stream().noneMatch(hostOf(endpoint)::endsWith);
  }

  private static String hostOf(String endpoint) {
    String host = URI.create(endpoint).getHost();
    return host == null ? "" : host.toLowerCase(Locale.ROOT);
  }
}
