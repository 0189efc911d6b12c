/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;

/** Arrows between rooms go one way only. */
@AnalyzeClasses(
    packages = "io.github.flytehadoop",
    importOptions = ImportOption.DoNotIncludeTests.class)
class RoomsTest {
  private static final String ROOT = "io.github.flytehadoop";

  @ArchTest
  static final ArchRule rooms =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("error")
          .definedBy(ROOT + ".error..")
          .layer("literal")
          .definedBy(ROOT + ".literal..")
          .layer("location")
          .definedBy(ROOT + ".location..")
          .layer("config")
          .definedBy(ROOT + ".config..")
          .layer("hadoop")
          .definedBy(ROOT + ".hadoop..")
          .layer("store")
          .definedBy(ROOT + ".store..")
          .layer("transfer")
          .definedBy(ROOT + ".transfer..")
          .layer("doctor")
          .definedBy(ROOT + ".doctor..")
          .layer("root")
          .definedBy(ROOT)
          .layer("cli")
          .definedBy(ROOT + ".cli..")
          .whereLayer("cli")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("root")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("doctor")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("transfer")
          .mayOnlyBeAccessedByLayers("root", "cli")
          .whereLayer("store")
          .mayOnlyBeAccessedByLayers("transfer", "doctor", "root", "cli")
          .whereLayer("hadoop")
          .mayOnlyBeAccessedByLayers("store", "doctor", "root", "cli")
          .whereLayer("config")
          .mayOnlyBeAccessedByLayers("hadoop", "doctor", "root", "cli")
          .whereLayer("location")
          .mayOnlyBeAccessedByLayers("hadoop", "store", "transfer", "doctor", "root", "cli")
          .whereLayer("literal")
          .mayOnlyBeAccessedByLayers("root", "cli")
          .withOptionalLayers(true);

  @ArchTest
  static final ArchRule literalsUseErrorAlone =
      ArchRuleDefinition.classes()
          .that()
          .resideInAPackage(ROOT + ".literal..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              ROOT + ".literal..",
              ROOT + ".error..",
              "java..",
              "org.jspecify.annotations..",
              "org.msgpack..");

  @ArchTest
  static final ArchRule noCycles =
      slices().matching("io.github.flytehadoop.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule sparkStaysInItsModule =
      ArchRuleDefinition.noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.spark..");

  @ArchTest
  static final ArchRule hadoopStaysInItsRooms =
      ArchRuleDefinition.noClasses()
          .that()
          .resideInAnyPackage(ROOT + ".error..", ROOT + ".location..", ROOT + ".config..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.hadoop..");
}
