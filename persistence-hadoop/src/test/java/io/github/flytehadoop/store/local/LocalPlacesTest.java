/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.store.CanonicalPlace;
import io.github.flytehadoop.testkit.Rule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The names of local places, through links and bind mounts. */
class LocalPlacesTest {
  private static final List<String> MOUNTS =
      List.of(
          "21 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw",
          "22 21 0:5 / /dev rw,nosuid shared:2 - devtmpfs udev rw",
          "30 21 8:1 /data/2024 /exported/by\\040bind rw,relatime shared:1 - ext4 /dev/sda1 rw",
          "31 21 8:2 / /mnt/other rw,relatime shared:1 - ext4 /dev/sdb1 rw");

  private static CanonicalPlace at(String path) {
    return LocalPlaces.of(Path.of(path), MOUNTS);
  }

  @Test
  @Rule("F61")
  void aBindMountIsWhatItShows() {
    assertThat(at("/exported/by bind").overlaps(at("/data"))).isTrue();
    assertThat(at("/exported/by bind/x").overlaps(at("/data/2024/x"))).isTrue();
    assertThat(at("/exported/by bind").overlaps(at("/data/2023"))).isFalse();
    assertThat(at("/exported").overlaps(at("/exported/by bind"))).isTrue();
    assertThat(at("/mnt/other/data").overlaps(at("/data"))).isFalse();
    assertThat(at("/mnt").overlaps(at("/mnt/other/x"))).isTrue();
    assertThat(at("/mnt/other").isProvenApartFrom(at("/data"))).isFalse();
  }

  @Test
  @Rule("F61")
  void aLinkIsWhatItLeadsTo(@TempDir Path temp) throws Exception {
    Path data = Files.createDirectories(temp.resolve("data/2024"));
    Path link = Files.createSymbolicLink(temp.resolve("link"), data);
    CanonicalPlace place = LocalPlaces.of(link.resolve("absent/file"));
    assertThat(place.overlaps(LocalPlaces.of(data.getParent()))).isTrue();
    assertThat(place.overlaps(LocalPlaces.of(temp.resolve("data2")))).isFalse();
  }
}
