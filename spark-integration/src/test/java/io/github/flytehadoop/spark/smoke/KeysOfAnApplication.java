/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark.smoke;

import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/**
 * A source of credentials that a user has written for S3A, on the AWS SDK of the user's cluster.
 */
public final class KeysOfAnApplication implements AwsCredentialsProvider {
  private final AwsCredentials credentials;

  /** As S3A makes it. */
  public KeysOfAnApplication(URI bucket, Configuration options) {
    this.credentials =
        AwsBasicCredentials.create(
            options.get("application.key.id"), options.get("application.key.secret"));
  }

  @Override
  public AwsCredentials resolveCredentials() {
    return credentials;
  }
}
