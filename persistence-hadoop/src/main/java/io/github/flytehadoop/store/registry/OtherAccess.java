/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.registry;

import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.hadoop.Access;
import java.io.IOException;
import java.io.InputStream;

/** Opens a file with the second access when the first one was refused. */
record OtherAccess(
    AnonymousFallbackStore bucket,
    Access first,
    AnonymousFallbackStore.Reading<InputStream> reading)
    implements FallbackInputStream.Second {
  @Override
  public InputStream open() throws IOException {
    return reading.from(bucket.store(Refusals.other(first)));
  }

  @Override
  public void worked() {
    bucket.worked(Refusals.other(first));
  }

  @Override
  public TransferException both(TransferException refused, TransferException also) {
    return Refusals.both(first, refused, also);
  }
}
