/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.hdfs;

import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.hadoop.AnonymousAccess;
import io.github.flytehadoop.hadoop.FileSystems;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Store;
import io.github.flytehadoop.store.StoreTraits;
import io.github.flytehadoop.store.registry.StoreRegistry;
import io.github.flytehadoop.testkit.MiniHdfs;
import io.github.flytehadoop.testkit.contract.StoreFixture;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/** The HDFS of this JVM, reached by one of its protocols. */
class HdfsFixture implements StoreFixture {
  private final MiniHdfs hdfs;
  private final String root;
  private final StoreRegistry stores;
  private final StoreTraits.Checksums checksums;

  /** What is below {@code root} in this protocol is below the root of HDFS. */
  HdfsFixture(
      MiniHdfs hdfs, String root, Configuration configuration, StoreTraits.Checksums checksums) {
    this.hdfs = hdfs;
    this.root = root;
    this.checksums = checksums;
    this.stores =
        new StoreRegistry(
            new FileSystems(DataConfig.defaults(), configuration, Map.of()),
            AnonymousAccess.NEVER,
            partBytes());
  }

  final MiniHdfs hdfs() {
    return hdfs;
  }

  @Override
  public final Store store() throws IOException {
    return stores.of(Location.parse(root));
  }

  @Override
  public final Location newRoot() throws IOException {
    return Location.parse(root + path(hdfs.newDirectory()));
  }

  @Override
  public final StoreTraits traits() {
    return new StoreTraits(
        StoreTraits.Tree.DIRECTORIES,
        StoreTraits.Metadata.KEPT,
        checksums == StoreTraits.Checksums.CRC32C
            ? StoreTraits.ParallelWrites.PARTS
            : StoreTraits.ParallelWrites.NONE,
        checksums);
  }

  @Override
  public final List<String> leftovers(Location below) throws IOException {
    String path = below.text().substring(root.length());
    return hdfs.names(hdfs.uri() + path).stream()
        .filter(name -> name.startsWith("._flyte_tmp_"))
        .toList();
  }

  @Override
  public boolean canHold(String name) {
    return StoreFixture.super.canHold(name) && name.indexOf(':') < 0;
  }

  private static String path(String uri) {
    return URI.create(uri).getPath();
  }
}
