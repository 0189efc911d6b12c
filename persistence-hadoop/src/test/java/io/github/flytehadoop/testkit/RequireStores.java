/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The stores that a test needs: {@code hdfs}, {@code s3}, {@code azure}, {@code gcs}; the clusters:
 * {@code mapreduce}, {@code spark}; and {@code python}, which reads and writes as Flyte's Python
 * tasks do. Where one is not to be had on this machine the test is skipped and says why, unless the
 * environment variable {@code FLYTE_REQUIRE_STORES} names it: then it fails.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
@Inherited
@ExtendWith(StoreAvailability.class)
public @interface RequireStores {
  /** Names of stores. */
  String[] value();
}
