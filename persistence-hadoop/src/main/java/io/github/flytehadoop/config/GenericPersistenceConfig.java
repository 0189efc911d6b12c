/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.config;

/**
 * What holds for every store. Source: flyte-behaviour A.4.
 *
 * @param attachExecutionMetadata whether uploads carry the execution's project, domain, workflow
 *     and name
 */
public record GenericPersistenceConfig(boolean attachExecutionMetadata) {

  /** With execution metadata. */
  public static GenericPersistenceConfig defaults() {
    return builder().build();
  }

  /** A builder that holds the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder that holds these values. */
  public Builder toBuilder() {
    return new Builder().attachExecutionMetadata(attachExecutionMetadata);
  }

  /** Collects the values of a {@link GenericPersistenceConfig}. */
  public static final class Builder {
    private boolean attachExecutionMetadata = true;

    private Builder() {}

    /** Whether uploads carry the execution's project, domain, workflow and name. */
    public Builder attachExecutionMetadata(boolean value) {
      attachExecutionMetadata = value;
      return this;
    }

    /** The record. */
    public GenericPersistenceConfig build() {
      return new GenericPersistenceConfig(attachExecutionMetadata);
    }
  }
}
