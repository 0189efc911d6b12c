/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.testkit.Rule;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which names are ours. */
class ReservedNamesTest {
  private static final List<String> ROOTS = List.of("s3://from/a", "s3://to/b");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "._flyte_tmp_",
        "._flyte_tmp_notes.txt",
        "._flyte_tmp_0123456789abcdef0",
        "._flyte_tmp_0123456789ABCDEF",
        "_flyte_tmp_of_mine",
        "._flyte_job_",
        "._flyte_job_report",
        "._flyte_job_night_1",
        "_flyte_probe_x",
        "x._flyte_tmp_0123456789abcdef"
      })
  @Rule("F79")
  void aNameThatOnlyBeginsLikeOursIsAUsers(String name) throws Exception {
    assertThat(ReservedNames.isName(name)).isFalse();
    assertThat(ReservedNames.isBelow("d/" + name + "/x")).isFalse();
    ReservedNames.refuseAsTarget(Location.parse("s3://b/d/" + name));
  }

  @Test
  void generatedNameIsRecognised() {
    String tag = ReservedNames.tagOf("job", ROOTS);
    for (String name :
        List.of(
            ReservedNames.newName(""),
            ReservedNames.newName(tag),
            ReservedNames.newVisibleName(tag),
            ReservedNames.newProbeName(),
            ReservedNames.journalName("night-1", 12))) {
      assertThat(ReservedNames.isName(name)).as(name).isTrue();
      assertThat(ReservedNames.isBelow("d/" + name + "/part")).isTrue();
      assertThat(ReservedNames.isBelow(name)).isTrue();
    }
    assertThat(ReservedNames.isOf(ReservedNames.newName(tag), tag)).isTrue();
    assertThat(ReservedNames.isOf(ReservedNames.newName(""), tag)).isFalse();
    assertThatThrownBy(
            () ->
                ReservedNames.refuseAsTarget(
                    Location.parse("s3://b/" + ReservedNames.newName(tag))))
        .isInstanceOf(TransferException.class);
  }

  @Test
  @Rule("F80")
  void anotherIdOrAnotherRootIsAnotherTag() {
    assertThat("Aa").hasSameHashCodeAs("BB");
    String tag = ReservedNames.tagOf("Aa", ROOTS);
    assertThat(ReservedNames.tagOf("BB", ROOTS)).isNotEqualTo(tag);
    assertThat(ReservedNames.tagOf("Aa", List.of("s3://from/a", "s3://to/c"))).isNotEqualTo(tag);
    assertThat(ReservedNames.tagOf("Aa", List.of("s3://other/a", "s3://to/b"))).isNotEqualTo(tag);
    assertThat(ReservedNames.tagOf("Aa", ROOTS)).isEqualTo(tag).matches("[0-9a-f]{16}_");
  }
}
