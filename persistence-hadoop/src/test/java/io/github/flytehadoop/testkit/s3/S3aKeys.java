/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit.s3;

import java.net.URI;
import org.apache.hadoop.conf.Configuration;

/** The keys of S3A for the tests' own servers. */
public final class S3aKeys {
  private S3aKeys() {}

  /** Path style, as an identity whose secret is its name and {@code -secret}. */
  public static Configuration of(URI endpoint, String identity) {
    Configuration conf = new Configuration();
    conf.set("fs.s3a.endpoint", endpoint.toString());
    conf.set("fs.s3a.path.style.access", "true");
    conf.set(
        "fs.s3a.aws.credentials.provider", "org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider");
    conf.set("fs.s3a.access.key", identity);
    conf.set("fs.s3a.secret.key", identity + "-secret");
    return conf;
  }
}
