/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store;

import io.github.flytehadoop.location.RelativePath;

/** One entry of a listing: strictly below the listed root. */
public record ListingEntry(RelativePath path, Attributes attributes) {}
