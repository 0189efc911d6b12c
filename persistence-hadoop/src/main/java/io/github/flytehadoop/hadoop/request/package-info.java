/* Licensed under Apache-2.0; see LICENSE. */
/**
 * Internal: what single requests to every object store have in common, whichever client sends them:
 * how many go at once, what a failure of the network means for another try, and how a listing goes
 * from page to page. May use nothing of this project.
 */
@NullMarked
package io.github.flytehadoop.hadoop.request;

import org.jspecify.annotations.NullMarked;
