/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.hadoop;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.store.WriteOptions;
import java.util.HashMap;
import java.util.Map;

/**
 * Who wrote an object, in its metadata. A writer whose answer was lost is told on its next try that
 * the upload is unknown or that the name is taken; only this tells its own object from one that
 * somebody else wrote, be it byte for byte the same (F20, F21). It is sent where such a question
 * can come up, and hidden from those who ask for metadata.
 */
public final class WriterToken {
  static final String KEY = "flyte-writer";

  private WriterToken() {}

  /** The metadata to send with an object. */
  public static Map<String, String> addTo(WriteOptions options) {
    Map<String, String> marked = new HashMap<>(options.metadata());
    marked.put(KEY, options.writer());
    return marked;
  }

  /** The metadata to send where a writer that replaces never has to ask. */
  public static Map<String, String> addToRefusing(WriteOptions options) {
    return options.existing() == WriteOptions.Existing.REFUSE ? addTo(options) : options.metadata();
  }

  /** Whether a write that failed like this may have been carried out all the same (F21). */
  public static boolean mayBeDone(WriteOptions options, FailureKind kind) {
    return options.existing() == WriteOptions.Existing.REFUSE
        && switch (kind) {
          case CONFLICT, NETWORK, TIMEOUT -> true;
          default -> false;
        };
  }

  /** Whether the object with this metadata is this writer's. */
  public static boolean isOn(Map<String, String> metadata, WriteOptions options) {
    return options.writer().equals(metadata.get(KEY));
  }

  /** Without the mark. */
  public static Map<String, String> hidden(Map<String, String> metadata) {
    metadata.remove(KEY);
    return metadata;
  }
}
