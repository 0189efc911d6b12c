/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store;

/** Stores together with the file systems that are closed with them. */
public interface OpenedStores extends Stores, AutoCloseable {
  @Override
  void close();
}
