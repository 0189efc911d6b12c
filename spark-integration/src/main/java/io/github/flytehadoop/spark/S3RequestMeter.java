/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark;

import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** Counts what S3A sends: made by S3A itself, for each of its clients. */
public final class S3RequestMeter implements ExecutionInterceptor {
  private static final ExecutionAttribute<Long> STARTED =
      new ExecutionAttribute<>("FlyteRequestStarted");

  /** For S3A. */
  public S3RequestMeter() {}

  /** Called at every try. */
  @Override
  public void beforeTransmission(
      Context.BeforeTransmission context, ExecutionAttributes attributes) {
    SparkMetrics.requestSent(attributes.getAttribute(STARTED) != null);
    attributes.putAttribute(STARTED, System.nanoTime());
  }

  @Override
  public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
    Long started = attributes.getAttribute(STARTED);
    if (started != null) {
      SparkMetrics.requestAnswered(System.nanoTime() - started);
    }
  }
}
