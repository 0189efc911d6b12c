/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3.identity;

import org.apache.hadoop.conf.Configuration;

/**
 * Names of the AWS SDK's sources of credentials. The jar of all holds the SDK below another name,
 * so that a cluster's own cannot get in its way; settings name its classes as everybody does.
 */
public final class SdkNames {
  /** Of the SDK that this class is linked to: the build rewrites it in the jar of all. */
  public static final String OWN = "software.amazon.awssdk.auth.credentials.";

  /** As settings have it; put together here, so that the build finds nothing to rewrite. */
  public static final String PUBLIC =
      String.join(".", "software", "amazon", "awssdk", "auth", "credentials", "");

  private static final String OF_S3A = "org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider";

  private SdkNames() {}

  /** Whether the SDK has another name here than in settings. */
  public static boolean areRelocated() {
    return !OWN.equals(PUBLIC);
  }

  /** Whether S3A is linked to the same SDK: that of a cluster is not, when ours is relocated. */
  public static boolean areThoseOfS3a() {
    return !areRelocated() || S3a.HAS_OURS;
  }

  /** How S3A calls a class of the SDK. */
  public static String forS3a(String simpleName) {
    return (areThoseOfS3a() ? OWN : PUBLIC) + simpleName;
  }

  /** The name here of a class that settings name. */
  public static String own(String name) {
    return areRelocated() && name.startsWith(PUBLIC) ? OWN + name.substring(PUBLIC.length()) : name;
  }

  private static final class S3a {
    static final boolean HAS_OURS = hasOurs();

    private static boolean hasOurs() {
      Class<?> type = new Configuration(false).getClassByNameOrNull(OF_S3A);
      return type != null
          && type.getInterfaces().length > 0
          && type.getInterfaces()[0].getName().startsWith(OWN);
    }
  }
}
