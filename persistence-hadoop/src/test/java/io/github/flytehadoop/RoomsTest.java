/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Set;

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
          .layer("concurrent")
          .definedBy(ROOT + ".concurrent..")
          .layer("doctor")
          .definedBy(ROOT + ".doctor..")
          .layer("root")
          .definedBy(ROOT)
          .layer("task")
          .definedBy(ROOT + ".task..")
          .layer("cli")
          .definedBy(ROOT + ".cli..")
          .whereLayer("cli")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("root")
          .mayOnlyBeAccessedByLayers("cli", "task")
          .whereLayer("task")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("doctor")
          .mayOnlyBeAccessedByLayers("cli", "task")
          .whereLayer("transfer")
          .mayOnlyBeAccessedByLayers("root", "cli", "task")
          .whereLayer("store")
          .mayOnlyBeAccessedByLayers("transfer", "doctor", "root", "cli", "task")
          .whereLayer("hadoop")
          .mayOnlyBeAccessedByLayers("store", "doctor", "root", "cli", "task")
          .whereLayer("config")
          .mayOnlyBeAccessedByLayers("hadoop", "doctor", "root", "cli", "task")
          .whereLayer("location")
          .mayOnlyBeAccessedByLayers("hadoop", "store", "transfer", "doctor", "root", "cli", "task")
          .whereLayer("literal")
          .mayOnlyBeAccessedByLayers("root", "cli", "task")
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
  static final ArchRule noCycles = slices().assignedFrom(new Packages()).should().beFreeOfCycles();

  /**
   * Every package is a slice of its own, but for {@code literal}: its public values read and write
   * themselves, so the packages that do so are one slice with it. The wire below them is not.
   */
  private static final class Packages implements SliceAssignment {
    private static final Set<String> ONE_SLICE =
        Set.of(ROOT + ".literal.codec", ROOT + ".literal.mapping");

    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      String name = type.getPackageName();
      return SliceIdentifier.of(ONE_SLICE.contains(name) ? ROOT + ".literal" : name);
    }

    @Override
    public String getDescription() {
      return "packages";
    }
  }

  /** The binding of stores is the registry's: a store that knows another is two decisions. */
  @ArchTest
  static final ArchRule storesDoNotSeeEachOther =
      slices()
          .matching("io.github.flytehadoop.store.(azure|gcs|hdfs|http|local|memory|s3)..")
          .should()
          .notDependOnEachOther();

  @ArchTest
  static final ArchRule nobodyBelowTransferSeesAStoreByName =
      ArchRuleDefinition.noClasses()
          .that()
          .resideInAnyPackage(ROOT + ".transfer..", ROOT + ".cli..", ROOT + ".doctor..", ROOT)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              ROOT + ".store.azure..",
              ROOT + ".store.gcs..",
              ROOT + ".store.hdfs..",
              ROOT + ".store.http..",
              ROOT + ".store.local..",
              ROOT + ".store.memory..",
              ROOT + ".store.s3..");

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
