/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.azure;

import com.azure.core.credential.AccessToken;
import java.io.IOException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Fetches access tokens. */
interface TokenSource {
  /** A new token. */
  AccessToken fetch() throws IOException;

  /** Keeps a token until a few minutes before it expires. Thread-safe. */
  final class Kept implements TokenSource {
    /** As early as ABFS. */
    private static final Duration EARLY = Duration.ofMinutes(5);

    private final TokenSource source;
    private @Nullable AccessToken kept;

    Kept(TokenSource source) {
      this.source = source;
    }

    @Override
    public synchronized AccessToken fetch() throws IOException {
      AccessToken known = kept;
      if (known == null
          || known.getExpiresAt().minus(EARLY).isBefore(OffsetDateTime.now(ZoneOffset.UTC))) {
        known = source.fetch();
        kept = known;
      }
      return known;
    }
  }
}
