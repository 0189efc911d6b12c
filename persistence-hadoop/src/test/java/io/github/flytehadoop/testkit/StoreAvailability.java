/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Decides what {@link RequireStores} asks for. */
final class StoreAvailability implements ExecutionCondition {
  static final String REQUIRED = "FLYTE_REQUIRE_STORES";

  /** Why a store is not to be had, by its name; empty when it is. */
  private static final Map<String, Supplier<Optional<String>>> REASONS =
      Map.of(
          "hdfs",
          Optional::empty,
          "s3",
          S3Server::whyUnavailable,
          "azure",
          AzureServer::whyUnavailable,
          "gcs",
          GcsServer::whyUnavailable,
          "mapreduce",
          YarnCluster::whyUnavailable,
          "spark",
          StoreAvailability::whyNoSpark,
          "python",
          PythonEnvironment::whyUnavailable,
          "flyte2",
          PythonEnvironment::whyFlyte2Unavailable);

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    String required = System.getenv().getOrDefault(REQUIRED, "");
    return AnnotationSupport.findAnnotation(context.getElement(), RequireStores.class)
        .map(stores -> evaluate(context.getDisplayName(), stores.value(), required, REASONS))
        .orElseGet(() -> ConditionEvaluationResult.enabled("needs no store"));
  }

  private static Optional<String> whyNoSpark() {
    try {
      Class.forName("org.apache.spark.deploy.master.Master", false, contextLoader());
      return Optional.empty();
    } catch (ClassNotFoundException missing) {
      return Optional.of("Spark is on the class path of spark-integration alone");
    }
  }

  private static ClassLoader contextLoader() {
    return Thread.currentThread().getContextClassLoader();
  }

  static ConditionEvaluationResult evaluate(
      String test,
      String[] stores,
      String required,
      Map<String, Supplier<Optional<String>>> reasons) {
    for (String store : stores) {
      Optional<String> reason =
          reasons.getOrDefault(store, () -> Optional.of("no server of this name is known")).get();
      if (reason.isPresent()) {
        String skip = test + " needs the store " + store + ": " + reason.get();
        if (Arrays.asList(required.split("\\s*,\\s*")).contains(store)) {
          throw new IllegalStateException(REQUIRED + " does not let this be skipped: " + skip);
        }
        System.out.println("Skipped: " + skip);
        return ConditionEvaluationResult.disabled(skip);
      }
    }
    return ConditionEvaluationResult.enabled("its stores are there");
  }
}
