/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store;

import io.github.flytehadoop.store.multipart.MultipartStore;

/**
 * How stores differ, in one value. Code asks the traits, never the scheme.
 *
 * @param tree real directories, or keys that share prefixes
 * @param metadata whether user metadata is kept with a file
 * @param parallelWrite whether {@link Store#writeParallel} works
 * @param checksum whether a digest proves a write, and whether {@link Store#checksum} has one
 * @param rangeReads whether ranges of one file are read side by side
 * @param etags what {@link Attributes#etag()} says
 */
public record StoreTraits(
    Tree tree,
    Metadata metadata,
    ParallelWrites parallelWrite,
    Checksums checksum,
    RangeReads rangeReads,
    Etags etags) {
  /**
   * Of a store that finds any position of a file at once, and whose etags, where it has any, tell
   * versions of one file apart and no more: as most do.
   */
  public StoreTraits(
      Tree tree, Metadata metadata, ParallelWrites parallelWrite, Checksums checksum) {
    this(tree, metadata, parallelWrite, checksum, RangeReads.DIRECT, Etags.VERSION);
  }

  /** Of a store whose etags, where it has any, tell versions of one file apart and no more. */
  public StoreTraits(
      Tree tree,
      Metadata metadata,
      ParallelWrites parallelWrite,
      Checksums checksum,
      RangeReads rangeReads) {
    this(tree, metadata, parallelWrite, checksum, rangeReads, Etags.VERSION);
  }

  /** Of a store that finds any position of a file at once. */
  public StoreTraits(
      Tree tree, Metadata metadata, ParallelWrites parallelWrite, Checksums checksum, Etags etags) {
    this(tree, metadata, parallelWrite, checksum, RangeReads.DIRECT, etags);
  }

  /** What an etag is. */
  public enum Etags {
    /** A number or name of a version: those of two files say nothing about their bytes. */
    VERSION,
    /**
     * The MD5 of the bytes, or a digest of the parts and their number: the same, the same bytes.
     */
    DIGEST
  }

  /** How names are organised. */
  public enum Tree {
    /** Directories exist by themselves and can be empty. */
    DIRECTORIES,
    /** Keys only; one listing shows a whole subtree. */
    PREFIXES
  }

  /** User metadata. */
  public enum Metadata {
    /** Kept with the file. */
    KEPT,
    /** Not kept. */
    NONE
  }

  /** Several writers for one file. */
  public enum ParallelWrites {
    /** Threads of one JVM, at any offset. */
    POSITIONED,
    /** Workers on any machine, in parts: the store is a {@link MultipartStore}. */
    PARTS,
    /** One stream only. */
    NONE
  }

  /** Digests of whole files. */
  public enum Checksums {
    /** The store answers with a CRC32C. */
    CRC32C,
    /** The store compares a digest of what it is sent, and answers with none later. */
    ON_WRITE,
    /** None that can be compared. */
    NONE
  }

  /** Reads that begin behind the first byte. */
  public enum RangeReads {
    /** The store finds any position at once. */
    DIRECT,
    /** Every byte before a position is sent, too: one stream reads the whole file. */
    STREAM
  }
}
