/* Licensed under Apache-2.0; see LICENSE. */

/**
 * An S3 endpoint inside the test's JVM whose faults are scripted: it speaks enough of the protocol
 * for the real S3A client, holds objects in memory, and records every request. It uses the JDK
 * only.
 */
@NullMarked
package io.github.flytehadoop.testkit.s3;

import org.jspecify.annotations.NullMarked;
