/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flytehadoop.error.CopyException;
import io.github.flytehadoop.testkit.Providers;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.transfer.CopyOptions;
import io.github.flytehadoop.transfer.DeleteExtra;
import io.github.flytehadoop.transfer.OnExisting;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What only the target has, and what an exclude keeps from being deleted there. */
class DeleteExtraTest {
  private static final CopyOptions SYNC =
      CopyOptions.defaults()
          .withOnExisting(OnExisting.OVERWRITE)
          .withDeleteExtra(DeleteExtra.upTo(10));

  @TempDir Path temp;
  private FileAccessProvider provider;
  private Path from;
  private Path log;

  @BeforeEach
  void trees() throws Exception {
    provider = Providers.onDisk(temp.resolve("raw"), temp.resolve("sandbox")).build();
    from = Files.createDirectories(temp.resolve("from"));
    Files.writeString(from.resolve("a"), "a");
    log = temp.resolve("to/logs/today.log");
    Files.createDirectories(log.getParent());
    Files.writeString(log, "precious");
    Files.writeString(temp.resolve("to/old"), "old");
  }

  @AfterEach
  void close() {
    provider.close();
  }

  private void sync(CopyOptions options) throws Exception {
    provider.copy(from.toString(), temp.resolve("to").toString(), options);
  }

  @ParameterizedTest
  @ValueSource(strings = {"logs/", "logs/**", "**/", "*/"})
  @Rule("F65")
  void aDirectoryWithASlashIsAllBelowIt(String glob) throws Exception {
    sync(SYNC.withExclude(glob));
    assertThat(log).hasContent("precious");
    assertThat(temp.resolve("to/old")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"logs", "log/**", "logs/*/x", "logs//*", "x/../logs/**"})
  @Rule("F65")
  void anExcludeThatMatchesNothingIsAnErrorWhenSomethingMayGo(String glob) throws Exception {
    assertThatThrownBy(() -> sync(SYNC.withExclude("old", glob)))
        .isInstanceOf(CopyException.class)
        .hasMessageContaining("the exclude " + glob)
        .hasMessageContaining("Nothing was changed");
    assertThat(log).hasContent("precious");
    assertThat(temp.resolve("to/a")).doesNotExist();
    sync(SYNC.withDeleteExtra(DeleteExtra.never()).withExclude("old", glob));
    assertThat(temp.resolve("to/a")).exists();
  }

  @ParameterizedTest
  @CsvSource({"/logs/**,'logs/**'", "./logs/**,'logs/**'", "//logs/,'logs/'"})
  @Rule("F65")
  void aGlobThatCouldMatchNoPathIsRefused(String glob, String told) {
    assertThatThrownBy(() -> SYNC.withExclude(glob))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(told);
    assertThatThrownBy(() -> SYNC.withInclude(glob)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @Rule("F78")
  void atMostNoneFailsWhenThereIsAny() throws Exception {
    assertThatThrownBy(() -> sync(SYNC.withDeleteExtra(DeleteExtra.upTo(0))))
        .isInstanceOf(CopyException.class)
        .hasMessageContaining("it would be 2 files and at most 0");
    assertThat(temp.resolve("to/a")).doesNotExist();
    Files.delete(log);
    Files.delete(temp.resolve("to/old"));
    sync(SYNC.withDeleteExtra(DeleteExtra.upTo(0)));
    assertThat(temp.resolve("to/a")).exists();
  }
}
