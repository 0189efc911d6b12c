/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.flytehadoop.testkit.Rule;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The tests that say which rule they cover, by the rule's id. */
final class RuleAnnotations {
  private final Map<String, SortedSet<String>> tests = new TreeMap<>();

  private RuleAnnotations() {}

  static Map<String, SortedSet<String>> find() {
    RuleAnnotations found = new RuleAnnotations();
    JavaClasses classes =
        ArchConfiguration.withThreadLocalScope(
            configuration -> {
              configuration.setResolveMissingDependenciesFromClassPath(false);
              return new ClassFileImporter()
                  .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
                  .importPackages("io.github.flytehadoop");
            });
    classes.forEach(found::add);
    return found.tests;
  }

  private void add(JavaClass type) {
    if (type.isAnnotatedWith(Rule.class)) {
      add(type.getAnnotationOfType(Rule.class), type.getSimpleName());
    }
    for (JavaMethod method : type.getMethods()) {
      if (method.isAnnotatedWith(Rule.class)) {
        String name = type.getSimpleName() + "." + method.getName();
        add(method.getAnnotationOfType(Rule.class), name);
      }
    }
  }

  private void add(Rule rule, String test) {
    for (String id : rule.value()) {
      tests.computeIfAbsent(id, key -> new TreeSet<>()).add("`" + test + "`");
    }
  }
}
