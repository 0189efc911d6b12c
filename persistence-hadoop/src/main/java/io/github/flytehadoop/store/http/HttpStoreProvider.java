/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.http;

import io.github.flytehadoop.hadoop.overlay.OwnKey;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.StoreKind;
import io.github.flytehadoop.store.Store;
import io.github.flytehadoop.store.StoreProvider;
import java.time.Duration;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;

/** {@code http://} and {@code https://}, to be read. */
public final class HttpStoreProvider implements StoreProvider {
  /** How long a server may be silent: while connecting, before it answers, between two bytes. */
  static final String TIMEOUT_KEY = OwnKey.HTTP_TIMEOUT.key();

  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  @Override
  public Set<String> schemes() {
    return Set.of(StoreKind.HTTP.scheme(), StoreKind.HTTPS.scheme());
  }

  @Override
  public Store open(Location place, Configuration configuration) {
    long millis =
        configuration.getTimeDuration(
            TIMEOUT_KEY, TIMEOUT.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS);
    return new HttpStore(Duration.ofMillis(millis));
  }
}
