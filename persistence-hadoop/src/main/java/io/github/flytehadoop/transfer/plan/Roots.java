/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.plan;

import io.github.flytehadoop.location.Location;

/** Where a tree is and where it goes. */
public record Roots(Location source, Location target) {}
