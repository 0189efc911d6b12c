/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flytehadoop.hadoop.Durability;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.testkit.Rule;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is on the disk, and in which order, before a file counts as written (F44). */
class DurabilityTest {
  @TempDir Path root;

  /** Notes what is forced, and whether the final name is there by then. */
  private final class Recording implements LocalStagedFile.Opener {
    final List<String> forced = new ArrayList<>();

    @Override
    public FileChannel create(Path path) throws IOException {
      FileChannel disk = PLAIN.create(path);
      return new FailingChannel(disk, Long.MAX_VALUE, new IOException("never")) {
        @Override
        public void force(boolean metadata) throws IOException {
          disk.force(metadata);
          forced.add("bytes, " + (Files.exists(root.resolve("a/b/f")) ? "named" : "not named"));
        }
      };
    }

    @Override
    public void force(Path directory) throws IOException {
      PLAIN.force(directory);
      String name = root.relativize(directory).toString();
      forced.add(name + ", " + (Files.exists(root.resolve("a/b/f")) ? "named" : "not named"));
    }
  }

  private void write(LocalStore store, WriteOptions.Existing existing) throws IOException {
    WriteOptions options = new WriteOptions(10, Map.of(), existing);
    LocalDisk.write(store, root.resolve("a/b/f"), new byte[10], options);
  }

  @ParameterizedTest
  @EnumSource(WriteOptions.Existing.class)
  @Rule("F44")
  void bytesAreForcedBeforeTheNameAndTheNameAfterIt(WriteOptions.Existing existing)
      throws IOException {
    Recording disk = new Recording();
    write(new LocalStore(disk, Durability.FORCED), existing);
    assertThat(disk.forced)
        .containsExactly("bytes, not named", "a/b, named", "a, named", ", named");
  }

  @Test
  @Rule("F44")
  void diskIsNotForcedUnlessAsked() throws IOException {
    Recording disk = new Recording();
    write(new LocalStore(disk, Durability.BUFFERED), WriteOptions.Existing.REPLACE);
    assertThat(disk.forced).isEmpty();
  }

  @Test
  void theSettingIsOneOfTwo() {
    Configuration configuration = new Configuration(false);
    assertThat(Durability.of(configuration)).isEqualTo(Durability.BUFFERED);
    configuration.set("fs.flyte.durability", "forced");
    assertThat(Durability.of(configuration)).isEqualTo(Durability.FORCED);
    configuration.set("fs.flyte.durability", "fsync");
    assertThatThrownBy(() -> Durability.of(configuration))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot use fs.flyte.durability fsync: give buffered or forced.");
  }
}
