/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.testkit.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be meant ends with 2 and says why, before anything is touched. */
class UsageTest {
  @Rule({"B40", "B64", "B65", "B83"})
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          put a b s3://b/k                       | Unmatched argument
          put --recusive a b                     | Did you mean --recursive?
          puts a b                               | Did you mean put?
          put a                                  | Missing required parameter: 'URI'
          put s3://b/k s3://b/l                  | is not a local path. Use flyte-data cp
          get s3://b/k hdfs://h/l                | is not a local path. Use flyte-data cp
          cp --overwrite --skip-identical a b    | mutually exclusive
          cp --delete-extra=3 a b                | add --recursive
          cp -r --delete-extra=-1 a b            | give 0 or more
          cp -r --job-id=../x a b                | Cannot use this job id
          cp -r --job-id=x/y a b                 | Cannot use this job id
          cp -r --job-id=.. a b                  | Cannot use this job id
          cp -r --job-id= a b                    | Cannot use this job id
          cp --delte-extra=3 -r a b              | Did you mean --delete-extra
          ls --ouput=json a                      | Did you mean --output
          put --include *.csv a b                | add --recursive
          put -r --include [ a b                 | Cannot use the glob
          ls --output xml a                      | xml
          ls --anonymous sometimes a             | never, on-auth-failure, always
          ls gopher://host/x                     | gopher
          ls --config /nonexistent/c.yaml a      | there is no such file
          ls -D key a                            | KEY=VALUE
          """)
  void saysWhatIsWrong(String line, String why) {
    Outcome outcome = Outcome.of(line.split(" +"));
    assertThat(outcome.err()).contains(why).startsWith("flyte-data: Cannot ");
    assertThat(outcome.err().lines().count()).isLessThanOrEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.code()).isEqualTo(2);
  }

  @Rule({"B59", "B60", "B61"})
  @ParameterizedTest
  @ValueSource(
      strings = {
        "--part-size=0",
        "--part-size=1",
        "--part-size=4MiB",
        "--part-size=6GiB",
        "--part-size=abc",
        "--part-size=64MB",
        "--part-size=9999999999TiB",
        "--bandwidth=-5",
        "--bandwidth=0.5",
        "--bandwidth=1e15",
        "--streams=0",
        "--streams=-1",
        "--streams=1000000000",
        "--streams=99999999999999999999",
        "--files-in-flight=0",
        "--files-in-flight=-1",
        "--files-in-flight=1000000000",
        "--attempts=-1",
        "--files-in-flight=100000",
        "--attempts=0",
        "--attempts=three"
      })
  void refusesValuesOutOfRange(String option) {
    Outcome outcome = Outcome.of("put", option, "/nonexistent", "/nonexistent");
    assertThat(outcome.err()).contains(option.substring(0, option.indexOf('=')));
    assertThat(outcome.code()).isEqualTo(2);
  }

  @Rule("B60")
  @ParameterizedTest
  @ValueSource(strings = {"--part-size=64MiB", "--part-size=67108864", "--bandwidth=0"})
  void takesValuesWithUnits(String option) {
    Outcome outcome = Outcome.of("put", option, "/nonexistent", "/nonexistent-too");
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("/nonexistent");
  }

  @Test
  void helpAndVersionAreResults() {
    Outcome help = Outcome.of("cp", "--help");
    assertThat(help.code()).isZero();
    assertThat(help.out()).contains("--skip-identical");
    assertThat(help.err()).isEmpty();
    assertThat(Outcome.of("--version").out()).startsWith("flyte-data ");
    assertThat(Outcome.of("--generate-completion").out()).contains("complete -F");
  }

  @Test
  void noVerbIsAMistake() {
    assertThat(Outcome.of().code()).isEqualTo(2);
  }

  @Test
  void onlyVerboseShowsTheStack() {
    assertThat(Outcome.of("ls", "/nonexistent").err()).doesNotContain("\tat ");
    assertThat(Outcome.of("ls", "-v", "/nonexistent").err()).contains("\tat ");
  }

  @Test
  void anAtSignIsPartOfAName() {
    assertThat(Outcome.of("ls", "@nonexistent").err()).contains("@nonexistent");
  }
}
