/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.hdfs;

import io.github.flytehadoop.store.StoreTraits;

/** What a file system that renames keeps of a file beside its bytes. */
public enum Keeps {
  /** Extended attributes and composite checksums too: HDFS over its own protocol. */
  ATTRIBUTES_AND_CHECKSUMS,
  /** Extended attributes too: HDFS over HTTP, whose checksums depend on the blocks. */
  ATTRIBUTES,
  /** Nothing else. */
  BYTES;

  /** The traits of such a file system. */
  public StoreTraits traits() {
    boolean hdfs = this == ATTRIBUTES_AND_CHECKSUMS;
    return new StoreTraits(
        StoreTraits.Tree.DIRECTORIES,
        this == BYTES ? StoreTraits.Metadata.NONE : StoreTraits.Metadata.KEPT,
        hdfs ? StoreTraits.ParallelWrites.PARTS : StoreTraits.ParallelWrites.NONE,
        hdfs ? StoreTraits.Checksums.CRC32C : StoreTraits.Checksums.NONE);
  }
}
