/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.config;

import org.jspecify.annotations.Nullable;

/** Blank means "not set", in every record and from every source. Source: CFG-3. */
final class BlankValues {
  private BlankValues() {}

  static @Nullable String orNull(@Nullable String text) {
    return text == null || text.isBlank() ? null : text;
  }

  static @Nullable Secret orNull(@Nullable Secret secret) {
    return secret == null || secret.reveal().isBlank() ? null : secret;
  }

  static @Nullable Secret secretOrNull(@Nullable String text) {
    return text == null ? null : orNull(Secret.of(text));
  }
}
