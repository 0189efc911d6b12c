/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.task;

import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.literal.ContainerError;
import io.github.flytehadoop.literal.ErrorDocument;
import java.io.IOException;
import java.time.Instant;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the platform why a task failed. */
final class FailureReport {
  private static final Logger LOG = LoggerFactory.getLogger(FailureReport.class);

  private final FlyteGeneration generation;
  private final TaskVariables variables;
  private final MetadataFiles files;
  private final FailureText text;

  FailureReport(
      FlyteGeneration generation, TaskVariables variables, MetadataFiles files, FailureText text) {
    this.generation = generation;
    this.variables = variables;
    this.files = files;
    this.text = text;
  }

  /** The failure in words, for the log. */
  String text(Throwable failure) {
    return text.of(failure);
  }

  /**
   * Writes {@code error.pb}, and takes back outputs that an earlier process of this attempt wrote.
   * One of several workers writes a file of its own, and the platform takes the earliest.
   *
   * @param randomName for the file of a worker
   */
  void write(Throwable thrown, String randomName) throws IOException {
    ContainerError error = errorOf(thrown);
    if (isWorker()) {
      String worker = Objects.requireNonNullElse(variables.first(TaskVariables.WORKER), "");
      files.write(
          "error-" + randomName + ".pb",
          new ErrorDocument(error.ofWorker(worker, Instant.now())).toBytes());
      return;
    }
    files.write(MetadataFiles.ERROR, new ErrorDocument(error).toBytes());
    try {
      files.deleteIfExists(MetadataFiles.OUTPUTS);
    } catch (TransferException refused) {
      // the platform reads the failure first
      LOG.warn("Outputs of an earlier process stay: {}", refused.getMessage());
    }
  }

  private boolean isWorker() {
    return generation == FlyteGeneration.FLYTE_1
        && variables.first(TaskVariables.ERROR_STRATEGY) != null;
  }

  private ContainerError errorOf(Throwable thrown) {
    FailureRules rules = FailureRules.of(thrown, generation);
    return new ContainerError(rules.code(), text.of(rules.failure()), rules.kind(), rules.origin());
  }
}
