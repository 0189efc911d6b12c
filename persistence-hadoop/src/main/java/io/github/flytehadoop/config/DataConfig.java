/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.config;

import io.github.flytehadoop.error.ConfigException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Everything that Flyte configures about data, for every store. Immutable; two with equal values
 * are equal. Source: flyte-behaviour A.4, CFG-1 to CFG-18.
 *
 * @param s3 S3 and stores that speak its protocol
 * @param gcs Google Cloud Storage
 * @param azure Azure Blob Storage
 * @param generic what holds for every store
 */
public record DataConfig(
    S3Config s3, GCSConfig gcs, AzureBlobStorageConfig azure, GenericPersistenceConfig generic) {

  /** Refuses {@code null}. */
  public DataConfig {
    Objects.requireNonNull(s3, "s3");
    Objects.requireNonNull(gcs, "gcs");
    Objects.requireNonNull(azure, "azure");
    Objects.requireNonNull(generic, "generic");
  }

  /** The defaults alone: no environment, no file. */
  public static DataConfig defaults() {
    return builder().build();
  }

  /**
   * Flyte's sandbox as {@code flytectl demo start} sets it up: MinIO on port 30002 of this machine.
   */
  public static DataConfig sandbox() {
    return builder()
        .s3(
            S3Config.builder()
                .endpoint("http://localhost:30002")
                .accessKeyId("minio")
                .secretAccessKey("miniostorage")
                .build())
        .build();
  }

  /**
   * What this process's environment and the discovered file say. Read anew at each call (CFG-15).
   *
   * @throws ConfigException if a value or the file cannot be used; it names the key and where it
   *     came from
   */
  public static DataConfig auto() {
    return auto(null, System.getenv());
  }

  /**
   * What this process's environment and this file say.
   *
   * @throws ConfigException as {@link #auto()}, and if a YAML file is missing (CFG-13)
   */
  public static DataConfig auto(Path configFile) {
    return auto(Objects.requireNonNull(configFile, "configFile"), System.getenv());
  }

  /**
   * What an environment and a file say: environment, then the file, then the defaults (CFG-2).
   *
   * @param configFile INI, or YAML if its name ends so; {@code null} to discover one (CFG-14)
   * @param environment the variables to read instead of the process's
   * @throws ConfigException as {@link #auto(Path)}
   */
  public static DataConfig auto(@Nullable Path configFile, Map<String, String> environment) {
    return ResolvedConfig.resolve(configFile, environment).config();
  }

  /** A builder that holds the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder that holds these values. */
  public Builder toBuilder() {
    return new Builder().s3(s3).gcs(gcs).azure(azure).generic(generic);
  }

  /** Collects the parts of a {@link DataConfig}. */
  public static final class Builder {
    private S3Config s3 = S3Config.defaults();
    private GCSConfig gcs = GCSConfig.defaults();
    private AzureBlobStorageConfig azure = AzureBlobStorageConfig.defaults();
    private GenericPersistenceConfig generic = GenericPersistenceConfig.defaults();

    private Builder() {}

    /** S3 and stores that speak its protocol. */
    public Builder s3(S3Config value) {
      s3 = value;
      return this;
    }

    /** Google Cloud Storage. */
    public Builder gcs(GCSConfig value) {
      gcs = value;
      return this;
    }

    /** Azure Blob Storage. */
    public Builder azure(AzureBlobStorageConfig value) {
      azure = value;
      return this;
    }

    /** What holds for every store. */
    public Builder generic(GenericPersistenceConfig value) {
      generic = value;
      return this;
    }

    /** The record. */
    public DataConfig build() {
      return new DataConfig(s3, gcs, azure, generic);
    }
  }
}
