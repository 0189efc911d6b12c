/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3;

import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/**
 * The sources of credentials that a user's settings name, for an S3A whose AWS SDK has another name
 * than theirs: in the jar of all both S3A and the SDK are relocated, settings and users' classes
 * are not.
 */
public final class RelocatedCredentials implements AwsCredentialsProvider {
  private final AwsCredentialsProvider sources;

  /** Makes what the options of a bucket name; S3A calls this. */
  public RelocatedCredentials(URI bucket, Configuration options) {
    this.sources =
        new S3CredentialSources(BucketConfiguration.of(bucket.getHost(), options))
            .named(options.getTrimmedStringCollection(RelocatedSettings.NAMED));
  }

  @Override
  public AwsCredentials resolveCredentials() {
    return sources.resolveCredentials();
  }

  /** Nothing that is secret. */
  @Override
  public String toString() {
    return "RelocatedCredentials[" + sources + "]";
  }
}
