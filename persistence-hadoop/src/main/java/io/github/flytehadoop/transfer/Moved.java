/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer;

/** A file that is at its target, whole. */
record Moved(long bytes, Verification verification) {}
