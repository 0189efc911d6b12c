/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop;

import io.github.flytehadoop.location.StoreKind.Family;
import org.jspecify.annotations.Nullable;

/** What whoever sets up a store is told: which jar it needs, and where its settings are made. */
public final class StoreSetup {
  private StoreSetup() {}

  /** The jar that serves a store, or null where Hadoop's own client does. */
  public static @Nullable String jar(Family family) {
    return switch (family) {
      case S3 -> "org.apache.hadoop:hadoop-aws with software.amazon.awssdk:s3";
      case GCS -> "com.google.cloud.bigdataoss:gcs-connector, classifier shaded";
      case AZURE -> "org.apache.hadoop:hadoop-azure";
      case HDFS, LOCAL, WEB, FTP, OTHER -> null;
    };
  }

  /** Where the address of a store is set. */
  public static String endpoint(Family family) {
    return switch (family) {
      case S3 -> "FLYTE_AWS_ENDPOINT, or fs.s3a.endpoint";
      case GCS -> "FLYTE_GCP_ENDPOINT, or fs.gs.storage.root.url";
      case AZURE ->
          "the account in the URI, FLYTE_AZURE_STORAGE_ACCOUNT_NAME or FLYTE_AZURE_ENDPOINT";
      case HDFS -> "the URI, or hdfs-site.xml in HADOOP_CONF_DIR";
      case LOCAL, WEB, FTP, OTHER -> "the URI";
    };
  }

  /** How the credentials of a store are set, as a sentence. */
  public static String credentials(Family family) {
    return switch (family) {
      case S3 ->
          "Set FLYTE_AWS_ACCESS_KEY_ID and FLYTE_AWS_SECRET_ACCESS_KEY, or the keys of"
              + " storage.connection.";
      case GCS ->
          "Set GOOGLE_APPLICATION_CREDENTIALS, FLYTE_GCP_SERVICE_ACCOUNT_KEY_FILE, or"
              + " fs.gs.auth.type.";
      case AZURE ->
          "Set AZURE_STORAGE_ACCOUNT_NAME with AZURE_STORAGE_ACCOUNT_KEY, AZURE_STORAGE_SAS_TOKEN,"
              + " or AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET.";
      case HDFS ->
          "Get a ticket (kinit) or log in from a keytab; without Kerberos set HADOOP_USER_NAME.";
      case LOCAL, WEB, FTP, OTHER -> "Use a URL that needs no login.";
    };
  }
}
