/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer;

/** What a copy keeps of a file besides its bytes. */
public enum Preserve {
  /**
   * Who may read, write and execute: the nine bits of a mode, of files and of the directories that
   * the copy makes. Source and target must both have modes: the local disk and HDFS do.
   */
  MODE
}
