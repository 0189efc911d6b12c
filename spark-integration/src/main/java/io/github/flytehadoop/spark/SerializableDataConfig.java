/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark;

import io.github.flytehadoop.config.AzureBlobStorageConfig;
import io.github.flytehadoop.config.ConfigKey;
import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.config.GCSConfig;
import io.github.flytehadoop.config.GenericPersistenceConfig;
import io.github.flytehadoop.config.S3Config;
import io.github.flytehadoop.config.Secret;
import io.github.flytehadoop.error.Problem;
import java.io.Serializable;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.EnumMap;
import org.jspecify.annotations.Nullable;

/**
 * A {@code DataConfig} on its way from the driver to the executors of one application. {@link
 * Secret} refuses to be serialised, so that it travels by intent alone; this is the intent.
 */
final class SerializableDataConfig implements Serializable {
  private static final long serialVersionUID = 1L;

  private record Revealed(String value) implements Serializable {
    @Override
    public String toString() {
      return "***";
    }
  }

  private final EnumMap<ConfigKey, Serializable> values = new EnumMap<>(ConfigKey.class);

  SerializableDataConfig(DataConfig config) {
    for (ConfigKey key : ConfigKey.values()) {
      Object value = key.valueIn(config);
      if (value instanceof Secret secret) {
        values.put(key, new Revealed(secret.reveal()));
      } else if (value instanceof Serializable plain) {
        values.put(key, plain);
      }
    }
  }

  DataConfig dataConfig() {
    return DataConfig.builder()
        .s3(record(S3Config.class))
        .gcs(record(GCSConfig.class))
        .azure(record(AzureBlobStorageConfig.class))
        .generic(record(GenericPersistenceConfig.class))
        .build();
  }

  private <R extends Record> R record(Class<R> type) {
    RecordComponent[] components = type.getRecordComponents();
    @Nullable Object[] arguments =
        Arrays.stream(components).map(each -> value(type, each.getName())).toArray();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      return type.getConstructor(types).newInstance(arguments);
    } catch (ReflectiveOperationException impossible) {
      throw Problem.cannot("rebuild", type.getSimpleName()).causedBy(impossible).state();
    }
  }

  private @Nullable Object value(Class<?> owner, String component) {
    for (ConfigKey key : ConfigKey.values()) {
      if (key.owner().equals(owner) && key.component().equals(component)) {
        Object value = values.get(key);
        return value instanceof Revealed secret ? Secret.of(secret.value()) : value;
      }
    }
    throw new IllegalStateException("no key for " + owner.getSimpleName() + "." + component);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SerializableDataConfig that && values.equals(that.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return "SerializableDataConfig" + values.keySet();
  }
}
