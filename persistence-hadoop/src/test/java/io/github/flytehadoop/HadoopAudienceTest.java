/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.lang.annotation.Annotation;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The rooms of the object stores use of Hadoop what its annotations call public, and the exceptions
 * named here; nobody uses what a connector has packed into its jar for itself.
 */
@AnalyzeClasses(
    packages = "io.github.flytehadoop",
    importOptions = ImportOption.DoNotIncludeTests.class)
class HadoopAudienceTest {
  private static final String HADOOP = "org.apache.hadoop.";
  private static final String PUBLIC = "org.apache.hadoop.classification.InterfaceAudience$Public";

  /** What is not public, and why it is used all the same. */
  private static final Map<String, String> EXCEPTIONS =
      Map.of(
          "org.apache.hadoop.fs.impl.OpenFileParameters",
          "FileSystem's own method that opens a file by a builder is overridden with it",
          "org.apache.hadoop.fs.RemoteIterator",
          "it has no annotation, and public methods of FileSystem return it",
          "org.apache.hadoop.fs.EtagSource",
          "it has no annotation, and the specification of FileSystem tells users of it",
          "org.apache.hadoop.fs.azurebfs.AzureBlobFileSystem",
          "it has no annotation; ShortUriFileSystem overrides methods of FileSystem alone",
          "org.apache.hadoop.fs.azurebfs.extensions.CustomTokenProviderAdaptee",
          "users write classes of it that give tokens, as the documentation of ABFS tells them",
          "org.apache.hadoop.fs.azurebfs.extensions.SASTokenProvider",
          "users write classes of it that give signatures, as the documentation of ABFS tells them");

  @ArchTest
  static final ArchRule ofHadoopOnlyWhatIsPublic =
      classes()
          .that()
          .resideInAnyPackage(
              "io.github.flytehadoop.store.s3..",
              "io.github.flytehadoop.hadoop.s3..",
              "io.github.flytehadoop.store.gcs..",
              "io.github.flytehadoop.hadoop.gcs..",
              "io.github.flytehadoop.store.azure..",
              "io.github.flytehadoop.hadoop.azure..")
          .should(useOnlyPublicClasses());

  @ArchTest static final ArchRule ofConnectorsNothingThatIsRepackaged = useNothingRepackaged();

  private static ArchRule useNothingRepackaged() {
    return noClasses().should().dependOnClassesThat().resideInAPackage("..repackaged..");
  }

  private static ArchCondition<JavaClass> useOnlyPublicClasses() {
    return new ArchCondition<>("use of Hadoop only what is public") {
      @Override
      public void check(JavaClass user, ConditionEvents events) {
        for (Dependency dependency : user.getDirectDependenciesFromSelf()) {
          JavaClass used = dependency.getTargetClass().getBaseComponentType();
          if (used.getName().startsWith(HADOOP) && !isAllowed(used.getName())) {
            events.add(SimpleConditionEvent.violated(used, dependency.getDescription()));
          }
        }
      }
    };
  }

  private static boolean isAllowed(String name) {
    return EXCEPTIONS.containsKey(name) || isPublic(name);
  }

  /** A class without an annotation belongs to the class around it, or to nobody. */
  private static boolean isPublic(String name) {
    try {
      Class<?> type = Class.forName(name, false, HadoopAudienceTest.class.getClassLoader());
      for (Class<?> around = type; around != null; around = around.getEnclosingClass()) {
        for (Annotation annotation : around.getAnnotations()) {
          if (annotation.annotationType().getName().contains("InterfaceAudience")) {
            return annotation.annotationType().getName().equals(PUBLIC);
          }
        }
      }
      return false;
    } catch (ClassNotFoundException absent) {
      return false;
    }
  }

  /** Uses what nobody may. */
  private static final class Offender {
    final Class<?> hidden = org.apache.hadoop.fs.s3a.WriteOperationHelper.class;
  }

  /** Uses the inside of Google's connector. */
  private static final class Unpacker {
    final Class<?> hidden =
        com.google.cloud.hadoop.repackaged.gcs.com.google.cloud.hadoop.gcsio.GoogleCloudStorage
            .class;
  }

  @Test
  void aRepackagedClassIsFound() {
    var result =
        useNothingRepackaged().evaluate(new ClassFileImporter().importClasses(Unpacker.class));
    assertThat(result.hasViolation()).isTrue();
    assertThat(result.getFailureReport().toString()).contains("GoogleCloudStorage");
  }

  @Test
  void aPrivateClassIsFound() {
    ArchRule rule = classes().that().haveSimpleName("Offender").should(useOnlyPublicClasses());
    var result = rule.evaluate(new ClassFileImporter().importClasses(Offender.class));
    assertThat(result.hasViolation()).isTrue();
    assertThat(result.getFailureReport().toString()).contains("WriteOperationHelper");
  }
}
