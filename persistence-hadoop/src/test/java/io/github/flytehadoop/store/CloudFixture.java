/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store;

import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.hadoop.AnonymousAccess;
import io.github.flytehadoop.hadoop.FileSystems;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.RelativePath;
import io.github.flytehadoop.store.registry.StoreRegistry;
import io.github.flytehadoop.testkit.contract.StoreFixture;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;

/** What all object stores have in common, through the settings that users get. */
public abstract class CloudFixture implements StoreFixture {
  private final AtomicInteger roots = new AtomicInteger();
  private final Location bucket;
  private final StoreTraits.Checksums checksums;
  private final Store store;

  public CloudFixture(String bucket, StoreTraits.Checksums checksums, DataConfig config) {
    this.bucket = Location.parse(bucket);
    this.checksums = checksums;
    this.store = open(config);
  }

  protected final Store open(DataConfig config) {
    FileSystems fileSystems = new FileSystems(config, base(), Map.of());
    try {
      return new StoreRegistry(fileSystems, AnonymousAccess.NEVER, partBytes()).of(bucket);
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** The user's own Hadoop settings. */
  protected Configuration base() {
    return new Configuration();
  }

  @Override
  public final Store store() {
    return store;
  }

  @Override
  public final Location newRoot() {
    return bucket.child(new RelativePath("root" + roots.incrementAndGet()));
  }

  /** A file that nobody else uses. */
  protected final Location newFile() throws IOException {
    Location file = newRoot().child(new RelativePath("d/file"));
    try (ObjectWrite write = store.write(file, WriteOptions.ofLength(1))) {
      write.write(1);
      write.commit();
    }
    return file;
  }

  @Override
  public StoreTraits traits() {
    return new StoreTraits(
        StoreTraits.Tree.PREFIXES,
        StoreTraits.Metadata.KEPT,
        checksums == StoreTraits.Checksums.ON_WRITE
            ? StoreTraits.ParallelWrites.NONE
            : StoreTraits.ParallelWrites.PARTS,
        checksums,
        bucket.scheme().equals("s3") ? StoreTraits.Etags.DIGEST : StoreTraits.Etags.VERSION);
  }

  /** What was not committed is no object; where nobody can list it, nothing is left. */
  @Override
  public List<String> leftovers(Location root) {
    return List.of();
  }

  @Override
  public int partBytes() {
    return 8 << 20;
  }
}
