/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.github.flytehadoop.testkit.Rule;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;

/** What a reader may rely on in every class. */
@AnalyzeClasses(
    packages = "io.github.flytehadoop",
    importOptions = ImportOption.DoNotIncludeTests.class)
class HouseRulesTest {
  @ArchTest
  static final ArchRule noDumpingGrounds =
      noClasses().should().haveNameMatching(".*(Utils?|Helper|Manager|Impl)");

  @ArchTest
  static final ArchRule noBooleanParameters =
      methods()
          .that()
          .arePublic()
          .and()
          .areDeclaredInClassesThat()
          .arePublic()
          .should(
              new ArchCondition<>("take no boolean parameter") {
                @Override
                public void check(JavaMethod method, ConditionEvents events) {
                  boolean takesOne =
                      method.getRawParameterTypes().stream()
                          .anyMatch(type -> type.isEquivalentTo(boolean.class));
                  boolean bad = takesOne && !isOverride(method) && !isBuilder(method.getOwner());
                  events.add(new SimpleConditionEvent(method, !bad, method.getFullName()));
                }
              });

  /** Hadoop's own signatures cannot be chosen. */
  private static boolean isOverride(JavaMethod method) {
    return method.getOwner().getAllRawSuperclasses().stream()
        .anyMatch(
            above -> above.tryGetMethod(method.getName(), parameterNames(method)).isPresent());
  }

  private static String[] parameterNames(JavaMethod method) {
    return method.getRawParameterTypes().stream().map(JavaClass::getName).toArray(String[]::new);
  }

  /** A builder's setter is named after the one thing it sets. */
  private static boolean isBuilder(JavaClass owner) {
    return owner.getSimpleName().equals("Builder");
  }

  @ArchTest
  static final ArchRule finalOrOpenByDesign =
      classes()
          .that()
          .areNotInterfaces()
          .and()
          .areNotEnums()
          .and()
          .areTopLevelClasses()
          .and()
          .areNotAssignableTo(Throwable.class)
          .should()
          .haveModifier(JavaModifier.FINAL)
          .orShould()
          .haveModifier(JavaModifier.ABSTRACT);

  @ArchTest
  static final ArchRule onlyTheCommandLinePrints =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.github.flytehadoop.cli..")
          .and() // a task is a program: where no error.pb can be written, stderr is all it has
          .doNotHaveFullyQualifiedName("io.github.flytehadoop.task.FlyteTask")
          .should(ACCESS_STANDARD_STREAMS);

  @ArchTest static final ArchRule noGeneric = NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
  @ArchTest static final ArchRule noJul = NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

  /** The wall clock jumps: whoever waits, or bounds a wait, counts by the monotonic one. */
  @ArchTest
  @Rule("F59")
  static void waitingCodeUsesTheMonotonicClock(JavaClasses imported) {
    var bad =
        imported.stream()
            .filter(type -> calls(type, Set.of("sleep", "timedWait", "wait", "await", "parkNanos")))
            .filter(type -> calls(type, Set.of("currentTimeMillis", "now")))
            .map(JavaClass::getName)
            .toList();
    assertThat(bad).isEmpty();
  }

  private static boolean calls(JavaClass type, Set<String> methods) {
    return type.getMethodCallsFromSelf().stream()
        .filter(call -> call.getTargetOwner().getPackageName().startsWith("java."))
        .anyMatch(call -> methods.contains(call.getTarget().getName()));
  }

  @ArchTest
  static void packagesAreNullMarked(JavaClasses imported) {
    var bad =
        imported.getPackage("io.github.flytehadoop").getSubpackagesInTree().stream()
            .filter(room -> !room.getClasses().isEmpty())
            .filter(room -> !room.isAnnotatedWith(NullMarked.class))
            .map(room -> room.getName())
            .toList();
    assertThat(bad).isEmpty();
  }

  /** More than that cannot be seen at once. */
  @ArchTest
  static void noRoomHasMoreThan30Files(JavaClasses imported) {
    Map<String, Long> files =
        imported.stream()
            .filter(JavaClass::isTopLevelClass)
            .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
    assertThat(files)
        .allSatisfy((room, count) -> assertThat(count).as(room).isLessThanOrEqualTo(30));
  }
}
