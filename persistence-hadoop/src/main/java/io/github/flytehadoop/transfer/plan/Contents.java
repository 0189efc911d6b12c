/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.plan;

import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.ByteRange;
import io.github.flytehadoop.store.Checksum;
import io.github.flytehadoop.store.Store;
import io.github.flytehadoop.store.StoreTraits;
import io.github.flytehadoop.transfer.EngineContext;
import io.github.flytehadoop.transfer.work.RetryPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whether two files have the same bytes: by digests that stores keep, or by reading both. */
public final class Contents {
  private static final int BUFFER_BYTES = 256 << 10;

  /** Etags that are digests: of the bytes, or of the parts and their number. */
  private static final Pattern DIGEST = Pattern.compile("\"?[0-9a-f]{32}(-[0-9]+)?\"?");

  /** A file on one side. */
  public record Side(Location at, Attributes attributes) {}

  /** The digests that the stores keep of two files, of one algorithm. */
  record Digests(Checksum first, Checksum second) {
    public boolean areEqual() {
      return first.equals(second);
    }
  }

  private final EngineContext context;
  private final RetryPolicy retries;

  /** Compares with the stores of a context. */
  public Contents(EngineContext context) {
    this.context = context;
    this.retries = new RetryPolicy(context.limits(), context.cancellation());
  }

  /** Proves it; bytes are read only where no digest tells. */
  public boolean areEqual(Side first, Side second) throws IOException {
    if (first.attributes().lengthBytes() != second.attributes().lengthBytes()) {
      return false;
    }
    if (haveSameEtag(first, second)) {
      return true;
    }
    Digests digests = digests(first, second);
    return digests == null ? firstMismatch(first, second) < 0 : digests.areEqual();
  }

  /** Equal digests prove; unequal ones may only be of other parts. */
  static boolean haveSameEtag(Side first, Side second) {
    String etag = first.attributes().etag();
    return etag != null
        && Objects.equals(etag, second.attributes().etag())
        && DIGEST.matcher(etag).matches();
  }

  /** Null where the stores keep none that compare. */
  @Nullable Digests digests(Side first, Side second) throws IOException {
    if (!keepsDigests(first) || !keepsDigests(second)) {
      return null;
    }
    Checksum ours = retries.run(number -> digest(first)).orElse(null);
    Checksum theirs = retries.run(number -> digest(second)).orElse(null);
    return ours == null || theirs == null || !ours.algorithm().equals(theirs.algorithm())
        ? null
        : new Digests(ours, theirs);
  }

  private boolean keepsDigests(Side side) throws IOException {
    return storeOf(side).traits().checksum() == StoreTraits.Checksums.CRC32C;
  }

  private Optional<Checksum> digest(Side side) throws IOException {
    return Optional.ofNullable(storeOf(side).checksum(side.at(), side.attributes()));
  }

  private Store storeOf(Side side) throws IOException {
    return context.stores().of(side.at());
  }

  /** Where the bytes begin to differ, or -1. */
  long firstMismatch(Side first, Side second) throws IOException {
    return retries.run(number -> read(first, second));
  }

  private long read(Side first, Side second) throws IOException {
    try (InputStream ours = open(first);
        InputStream theirs = open(second)) {
      byte[] one = new byte[BUFFER_BYTES];
      byte[] other = new byte[BUFFER_BYTES];
      for (long offset = 0; ; offset += BUFFER_BYTES) {
        context.cancellation().check(first.at().text());
        int read = ours.readNBytes(one, 0, BUFFER_BYTES);
        int readOther = theirs.readNBytes(other, 0, BUFFER_BYTES);
        int mismatch = Arrays.mismatch(one, 0, read, other, 0, readOther);
        if (mismatch >= 0) {
          return offset + mismatch;
        }
        if (read < BUFFER_BYTES) {
          return -1;
        }
      }
    }
  }

  private InputStream open(Side side) throws IOException {
    return storeOf(side).open(side.at(), side.attributes(), ByteRange.WHOLE);
  }
}
