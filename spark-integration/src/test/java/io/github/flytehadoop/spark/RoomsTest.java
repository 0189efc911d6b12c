/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;

/** Spark may use the library, and the library knows nothing of Spark. */
@AnalyzeClasses(
    packages = "io.github.flytehadoop",
    importOptions = ImportOption.DoNotIncludeTests.class)
class RoomsTest {
  private static final String MODULE = "io.github.flytehadoop.spark..";

  @ArchTest
  static final ArchRule nothingElseKnowsSpark =
      ArchRuleDefinition.noClasses()
          .that()
          .resideOutsideOfPackage(MODULE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.spark..", MODULE, "scala..");
}
