/* Licensed under Apache-2.0; see LICENSE. */
/**
 * Internal: which proxy stands between this machine and a server, whoever names it, and what is
 * said when that proxy answers in the server's place. May use {@code error}.
 */
@NullMarked
package io.github.flytehadoop.hadoop.proxy;

import org.jspecify.annotations.NullMarked;
