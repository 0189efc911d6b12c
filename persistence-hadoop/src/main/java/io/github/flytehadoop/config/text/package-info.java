/* Licensed under Apache-2.0; see LICENSE. */
/** Internal: INI and YAML as text and trees, before they mean a setting. May use {@code error}. */
@NullMarked
package io.github.flytehadoop.config.text;

import org.jspecify.annotations.NullMarked;
