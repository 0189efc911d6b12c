/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer;

import io.github.flytehadoop.location.Location;

/** Where a tree is and where it goes. */
record Roots(Location source, Location target) {}
