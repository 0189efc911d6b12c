/* Licensed under Apache-2.0; see LICENSE. */
/**
 * Examines this machine and one place: jars, endpoint, identity, reach, clock and permissions, and
 * says for each thing that is wrong what to do. May use {@code store}, {@code hadoop}, {@code
 * config}, {@code location} and {@code error}.
 */
@NullMarked
package io.github.flytehadoop.doctor;

import org.jspecify.annotations.NullMarked;
