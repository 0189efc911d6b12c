/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark.submit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * A test that needs the jars of a Spark that Maven resolves on demand: {@code -Pspark-VERSION}.
 * Without them it is skipped with a reason, or fails when {@code FLYTE_REQUIRE_STORES} has {@code
 * spark-VERSION}.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RequireSpark.Condition.class)
@interface RequireSpark {
  /** Such as {@code 4.0}. */
  String value();

  /** Decides it. */
  final class Condition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      String version =
          AnnotationSupport.findAnnotation(context.getElement(), RequireSpark.class)
              .orElseThrow()
              .value();
      Optional<String> reason = SparkHome.whyUnavailable(version);
      if (reason.isEmpty()) {
        return ConditionEvaluationResult.enabled("Spark " + version + " is there");
      }
      String skip = context.getDisplayName() + " needs Spark " + version + ": " + reason.get();
      String required = System.getenv().getOrDefault("FLYTE_REQUIRE_STORES", "");
      if (List.of(required.split(",")).contains("spark-" + version)) {
        throw new IllegalStateException(skip);
      }
      System.out.println("Skipped: " + skip);
      return ConditionEvaluationResult.disabled(skip);
    }
  }
}
