/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop;

/** Whether a file system signs its requests. */
public enum Access {
  /** With the credentials of {@code DataConfig}, of the user's Hadoop files or of the machine. */
  CREDENTIALS,
  /** Without any. Reads only. Source: OPT-S3-6, OPT-SO. */
  ANONYMOUS
}
