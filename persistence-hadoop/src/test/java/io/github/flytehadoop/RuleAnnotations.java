/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.flytehadoop.testkit.ProjectRoot;
import io.github.flytehadoop.testkit.Rule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The tests that say which rule they cover, by the rule's id: classes of this module, and sources
 * of the one that is built after it.
 */
final class RuleAnnotations {
  private static final Pattern IN_SOURCE =
      Pattern.compile(
          "^ *@Rule\\(([^)]*)\\).*?\\b(?:class|void) (\\w+)", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern ID = Pattern.compile("\"([^\"]+)\"");

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
    found.addSources(ProjectRoot.resolve("spark-integration/src/test/java"));
    return found.tests;
  }

  private void addSources(Path directory) {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path file : all.filter(path -> path.toString().endsWith(".java")).toList()) {
        String type = file.getFileName().toString().replace(".java", "");
        Matcher rule = IN_SOURCE.matcher(Files.readString(file));
        while (rule.find()) {
          String name = rule.group(2).equals(type) ? type : type + "." + rule.group(2);
          ID.matcher(rule.group(1)).results().forEach(id -> add(id.group(1), name));
        }
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
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
      add(id, test);
    }
  }

  private void add(String id, String test) {
    tests.computeIfAbsent(id, key -> new TreeSet<>()).add("`" + test + "`");
  }
}
