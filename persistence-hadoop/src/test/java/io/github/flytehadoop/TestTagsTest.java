/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.testkit.ProjectRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What {@code test} leaves to {@code verify} says so by a tag that is true. */
class TestTagsTest {
  private static final Pattern STARTS_A_CLUSTER =
      Pattern.compile("YarnCluster\\.shared\\(|SparkStandalone\\.start\\(");
  private static final Pattern TAG = Pattern.compile("@Tag\\(\"(\\w+)\"\\)");
  private static final List<String> KNOWN =
      List.of("slow", "cluster", "kerberos", "packaged", "hadoop-other", "matrix");

  private record TestClass(String name, String code) {
    List<String> tags() {
      return TAG.matcher(code).results().map(found -> found.group(1)).toList();
    }
  }

  private static List<TestClass> tests() throws IOException {
    List<TestClass> found = new ArrayList<>();
    for (String module : List.of("persistence-hadoop", "spark-integration")) {
      Path root = ProjectRoot.resolve(module + "/src/test/java/io/github/flytehadoop");
      try (var files = Files.walk(root)) {
        for (Path file : files.filter(each -> each.toString().endsWith("Test.java")).toList()) {
          found.add(new TestClass(root.relativize(file).toString(), Files.readString(file)));
        }
      }
    }
    return found;
  }

  @Test
  void testThatStartsAClusterIsTagged() throws IOException {
    assertThat(tests())
        .filteredOn(test -> STARTS_A_CLUSTER.matcher(test.code()).find())
        .hasSizeGreaterThan(8)
        .allSatisfy(
            test ->
                assertThat(test.tags())
                    .as(test.name())
                    .containsAnyOf("cluster", "packaged", "matrix"));
  }

  @Test
  void noTagIsUnknownToTheBuild() throws IOException {
    assertThat(tests())
        .allSatisfy(test -> assertThat(KNOWN).as(test.name()).containsAll(test.tags()));
  }

  @Test
  void contractsOfStoresRunInEveryBuild() throws IOException {
    assertThat(tests())
        .filteredOn(test -> test.name().endsWith("StoreContractTest.java"))
        .filteredOn(
            test -> !test.tags().contains("kerberos")) // HDFS once more, in a JVM of its own
        .hasSizeGreaterThan(8)
        .allSatisfy(test -> assertThat(test.tags()).as(test.name()).isEmpty());
  }
}
