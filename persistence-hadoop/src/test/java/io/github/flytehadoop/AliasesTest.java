/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.testkit.Rule;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AliasesTest {
  @TempDir Path temp;

  @ParameterizedTest
  @EnumSource(Site.Kind.class)
  @Rule("W-37")
  void anAliasDoesWhatItStandsFor(Site.Kind kind) throws Exception {
    try (Site site = Site.open(kind, temp)) {
      FileAccessProvider provider = site.provider();
      Path directory = Files.createDirectories(temp.resolve("d"));
      Path file = Files.writeString(directory.resolve("x"), "1");
      assertThat(provider.upload(file, site.uri("file")).uri()).isEqualTo(site.uri("file"));
      assertThat(provider.uploadDirectory(directory, site.uri("t")).uri()).isEqualTo(site.uri("t"));
      assertThat(site.everything()).containsExactly("file", "t/x");
      provider.download(site.uri("file"), temp.resolve("back"));
      provider.downloadDirectory(site.uri("t"), temp.resolve("tree"));
      assertThat(temp.resolve("back")).hasContent("1");
      assertThat(temp.resolve("tree/x")).hasContent("1");
      assertThatThrownBy(() -> provider.upload(directory, site.uri("no")))
          .isInstanceOf(TransferException.class);
      assertThatThrownBy(() -> provider.download(site.uri("t"), temp.resolve("no")))
          .isInstanceOf(TransferException.class);
    }
  }
}
