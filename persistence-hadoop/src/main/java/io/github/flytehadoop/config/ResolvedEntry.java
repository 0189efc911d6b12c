/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.config;

/**
 * An effective value and where it came from.
 *
 * @param key the key
 * @param displayValue the value as a user may see it: secrets masked, absence said
 * @param origin what set it
 */
public record ResolvedEntry(ConfigKey key, String displayValue, Origin origin) {}
