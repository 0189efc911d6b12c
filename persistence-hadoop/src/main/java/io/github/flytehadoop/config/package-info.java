/* Licensed under Apache-2.0; see LICENSE. */
/**
 * What the user configured: {@link io.github.flytehadoop.config.DataConfig} and its records, the
 * one table of keys ({@link io.github.flytehadoop.config.ConfigKey}), and the readers of the
 * environment, INI and YAML with their precedence (rules CFG-*). The room knows nothing of Hadoop;
 * it may use {@code error}, SnakeYAML and SLF4J.
 */
@NullMarked
package io.github.flytehadoop.config;

import org.jspecify.annotations.NullMarked;
