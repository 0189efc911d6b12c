/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop;

/** When a read is done without credentials. Writes never are. Source: fixes W-16 and W-18. */
public enum AnonymousAccess {
  /** Never. */
  NEVER,
  /** Once more without, when credentials are missing or refused; the default. */
  ON_AUTH_FAILURE,
  /** Every read. */
  ALWAYS
}
