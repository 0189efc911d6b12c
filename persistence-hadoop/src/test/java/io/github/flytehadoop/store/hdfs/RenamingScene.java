/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.hdfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.hadoop.AnonymousAccess;
import io.github.flytehadoop.hadoop.FileSystems;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.ObjectWrite;
import io.github.flytehadoop.store.ReservedNames;
import io.github.flytehadoop.store.Store;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.store.registry.StoreRegistry;
import io.github.flytehadoop.testkit.ForeignFileSystem;
import io.github.flytehadoop.testkit.TestDirectories;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A file with old bytes on a file system whose rename replaces nothing. */
abstract class RenamingScene {
  static final byte[] OLD = "old".getBytes(StandardCharsets.UTF_8);
  static final byte[] FRESH = "fresh".getBytes(StandardCharsets.UTF_8);
  static final String TAG = ReservedNames.tagOf("job", List.of());

  Path directory;
  Location file;
  Store store;

  @BeforeEach
  void openStore() throws IOException {
    directory = TestDirectories.scratch("renaming");
    file = Location.parse(ForeignFileSystem.ROOT + directory + "/file");
    FileSystems fileSystems =
        new FileSystems(DataConfig.defaults(), ForeignFileSystem.configuration(), Map.of());
    store = new StoreRegistry(fileSystems, AnonymousAccess.NEVER, 1 << 20).of(file);
    Files.write(directory.resolve("file"), OLD);
  }

  @AfterEach
  void heal() {
    ForeignFileSystem.heal();
  }

  final void write(Location at, byte[] bytes) throws IOException {
    WriteOptions options =
        new WriteOptions(bytes.length, Map.of(), WriteOptions.Existing.REPLACE, "writer", TAG);
    try (ObjectWrite out = store.write(at, options)) {
      out.write(bytes);
      out.commit();
    }
  }

  final TransferException failure() {
    TransferException failure =
        catchThrowableOfType(TransferException.class, () -> write(file, FRESH));
    assertThat(failure).isNotNull();
    return failure;
  }

  final List<String> names() throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  final byte[] content(String name) throws IOException {
    return Files.readAllBytes(directory.resolve(name));
  }
}
