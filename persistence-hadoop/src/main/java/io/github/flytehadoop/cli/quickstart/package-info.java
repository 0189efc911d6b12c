/* Licensed under Apache-2.0; see LICENSE. */
/** The main job, shown on an HDFS inside this process with nothing configured. */
@NullMarked
package io.github.flytehadoop.cli.quickstart;

import org.jspecify.annotations.NullMarked;
