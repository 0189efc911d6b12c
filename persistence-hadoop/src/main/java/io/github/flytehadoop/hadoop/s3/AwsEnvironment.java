/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where AWS's own tools would look for S3: variables of the environment, then the profile. It says
 * nothing where {@code DataConfig} or the Hadoop configuration names an endpoint.
 */
public final class AwsEnvironment {
  private static final String SERVICE_ENDPOINT = "AWS_ENDPOINT_URL_S3";
  private static final String ENDPOINT = "AWS_ENDPOINT_URL";
  private static final String IGNORED = "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS";

  /**
   * A setting and where it was found.
   *
   * @param value never blank
   * @param source a variable, or a profile
   */
  public record Found(String value, String source) {}

  private final Map<String, String> environment;
  private final AwsProfileFile file;
  private final String profile;

  private AwsEnvironment(Map<String, String> environment) {
    this.environment = environment;
    this.file = AwsProfileFile.of(environment);
    String named = environment.getOrDefault("AWS_PROFILE", "").strip();
    this.profile = named.isEmpty() ? "default" : named;
  }

  /** Reads the environment, and the profile that it names. */
  public static AwsEnvironment of(Map<String, String> environment) {
    return new AwsEnvironment(environment);
  }

  /** The URL of S3, or null when nothing names one. */
  public @Nullable Found endpoint() {
    boolean ignored =
        environment
            .getOrDefault(IGNORED, ofProfile("ignore_configured_endpoint_urls"))
            .strip()
            .equalsIgnoreCase("true");
    if (ignored) {
      return null;
    }
    Found found = variable(SERVICE_ENDPOINT);
    found = found == null ? variable(ENDPOINT) : found;
    if (found == null) {
      String services = ofProfile("services");
      found = found(file.ofServices(services, "endpoint_url"), "services " + services);
    }
    return found == null
        ? found(ofProfile("endpoint_url"), "endpoint_url of profile " + profile)
        : found;
  }

  /** The region to sign for, or null when nothing names one. */
  public @Nullable Found region() {
    Found found = variable("AWS_REGION");
    found = found == null ? variable("AWS_DEFAULT_REGION") : found;
    return found == null ? found(ofProfile("region"), "region of profile " + profile) : found;
  }

  private String ofProfile(String key) {
    return file.ofProfile(profile, key);
  }

  private @Nullable Found variable(String name) {
    return found(environment.getOrDefault(name, ""), name);
  }

  private static @Nullable Found found(String value, String source) {
    return value.isBlank() ? null : new Found(value.strip(), source);
  }
}
