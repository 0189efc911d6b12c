/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.plan;

import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.ByteRange;
import io.github.flytehadoop.store.Checksum;
import io.github.flytehadoop.store.Store;
import io.github.flytehadoop.store.StoreTraits;
import io.github.flytehadoop.transfer.CompareBy;
import io.github.flytehadoop.transfer.EngineContext;
import io.github.flytehadoop.transfer.work.RetryPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether two files have the same bytes: by etags that are digests, by digests that stores
 * keep, by reading both, or not at all. Check, synchronisation and resume all ask here.
 */
public final class ContentComparison {
  private static final int BUFFER_BYTES = 256 << 10;

  /** Etags that are digests: of the bytes, or of the parts and their number. */
  private static final Pattern DIGEST = Pattern.compile("\"?[0-9a-f]{32}(-[0-9]+)?\"?");

  private static final Pattern MD5 = Pattern.compile("\"?[0-9a-f]{32}\"?");

  /** A file on one side. */
  public record Side(Location at, Attributes attributes) {}

  /**
   * What a comparison found.
   *
   * @param kind what it is
   * @param why it is so, in words, when they differ
   */
  public record Verdict(Kind kind, String why) {
    /** How two files compare. */
    public enum Kind {
      /** A digest or the bytes prove that they are the same. */
      PROVEN,
      /** They have one length, and no digest says otherwise. */
      ALIKE,
      /** They are not the same. */
      DIFFERENT
    }

    private static final Verdict SAME = new Verdict(Kind.PROVEN, "");
    private static final Verdict LENGTH = new Verdict(Kind.ALIKE, "");

    private static Verdict different(String why) {
      return new Verdict(Kind.DIFFERENT, why);
    }
  }

  private final EngineContext context;
  private final RetryPolicy retries;

  /** Compares with the stores of a context. */
  public ContentComparison(EngineContext context) {
    this.context = context;
    this.retries = new RetryPolicy(context.limits(), context.cancellation());
  }

  /** Compares as far as it is asked to; a local file is digested, another is never read for it. */
  public Verdict compare(Side first, Side second, CompareBy by) throws IOException {
    long ours = first.attributes().lengthBytes();
    long theirs = second.attributes().lengthBytes();
    if (ours >= 0 && theirs >= 0 && ours != theirs) {
      return Verdict.different(ours + " and " + theirs + " bytes");
    }
    return switch (by) {
      case LENGTHS -> Verdict.LENGTH;
      case CONTENT -> bytes(first, second);
      case DIGESTS -> ours == 0 && theirs == 0 ? Verdict.SAME : digests(first, second);
    };
  }

  /** Proves it; bytes are read only where no digest tells. */
  public boolean areEqual(Side first, Side second) throws IOException {
    if (first.attributes().lengthBytes() != second.attributes().lengthBytes()) {
      return false;
    }
    Verdict verdict = compare(first, second, CompareBy.DIGESTS);
    return verdict.kind() == Verdict.Kind.ALIKE
        ? bytes(first, second).kind() == Verdict.Kind.PROVEN
        : verdict.kind() == Verdict.Kind.PROVEN;
  }

  /**
   * Whether a copy may leave a file as it is, by what its stores keep: digests where both have
   * some, else length and time. No file is read.
   *
   * @return null when it has to be copied
   */
  Verdict.@Nullable Kind skippable(Side source, Side there) throws IOException {
    long length = source.attributes().lengthBytes();
    if (length != there.attributes().lengthBytes()) {
      return null;
    }
    if (haveSameEtag(source, there)) {
      return Verdict.Kind.PROVEN;
    }
    if (haveDigestEtags(source, there)) {
      return null; // other bytes, or other parts: a copy is always right
    }
    boolean stored = !source.at().isLocal() && !there.at().isLocal();
    Verdict kept = stored && length > 0 ? digests(source, there) : Verdict.LENGTH;
    return switch (kept.kind()) {
      case PROVEN -> Verdict.Kind.PROVEN;
      case DIFFERENT -> null;
      case ALIKE ->
          there.attributes().modified().isBefore(source.attributes().modified())
              ? null
              : Verdict.Kind.ALIKE;
    };
  }

  private boolean haveDigestEtags(Side first, Side second) throws IOException {
    return first.attributes().etag() != null
        && second.attributes().etag() != null
        && storeOf(first).traits().etags() == StoreTraits.Etags.DIGEST
        && storeOf(second).traits().etags() == StoreTraits.Etags.DIGEST;
  }

  /** Equal digests prove; unequal ones may only be of other parts. */
  private boolean haveSameEtag(Side first, Side second) throws IOException {
    String etag = first.attributes().etag();
    return haveDigestEtags(first, second)
        && Objects.equals(etag, second.attributes().etag())
        && etag != null
        && DIGEST.matcher(etag).matches();
  }

  private Verdict digests(Side first, Side second) throws IOException {
    if (haveSameEtag(first, second) || isEtagOfLocal(first, second)) {
      return Verdict.SAME;
    }
    String algorithm = algorithm(first, second);
    if (algorithm == null) {
      return Verdict.LENGTH;
    }
    if (first.at().isLocal()) { // the other is asked first: it may keep none
      Checksum theirs = digest(second, algorithm);
      return verdict(theirs == null ? null : digest(first, algorithm), theirs);
    }
    Checksum ours = digest(first, algorithm);
    return verdict(ours, ours == null ? null : digest(second, algorithm));
  }

  private static Verdict verdict(@Nullable Checksum ours, @Nullable Checksum theirs) {
    if (ours == null || theirs == null) {
      return Verdict.LENGTH;
    }
    return ours.equals(theirs)
        ? Verdict.SAME
        : Verdict.different(ours.algorithm() + " " + ours.hex() + " and " + theirs.hex());
  }

  /** A listing may have told enough of an object to compare a local file with, free of requests. */
  private boolean isEtagOfLocal(Side first, Side second) throws IOException {
    if (first.at().isLocal() == second.at().isLocal()) {
      return false;
    }
    Side local = first.at().isLocal() ? first : second;
    Side remote = first.at().isLocal() ? second : first;
    String etag = remote.attributes().etag();
    return etag != null
        && storeOf(remote).traits().etags() == StoreTraits.Etags.DIGEST
        && MD5.matcher(etag).matches()
        && etag.replace("\"", "").equals(LocalDigest.of(local, Checksum.MD5, context).hex());
  }

  /** One that both can tell, or null. */
  private @Nullable String algorithm(Side first, Side second) throws IOException {
    if (first.at().isLocal() && second.at().isLocal()) {
      return null; // neither keeps one
    }
    Set<String> both = new TreeSet<>(LocalDigest.ALGORITHMS);
    for (Side side : List.of(first, second)) {
      if (!side.at().isLocal()) {
        both.retainAll(storeOf(side).digests());
      }
    }
    return both.stream().findFirst().orElse(null);
  }

  private @Nullable Checksum digest(Side side, String algorithm) throws IOException {
    Optional<Checksum> found =
        retries.run(
            number ->
                Optional.ofNullable(
                    side.at().isLocal()
                        ? LocalDigest.of(side, algorithm, context)
                        : storeOf(side).digest(side.at(), side.attributes(), algorithm)));
    return found.orElse(null);
  }

  private Store storeOf(Side side) throws IOException {
    return context.stores().of(side.at());
  }

  private Verdict bytes(Side first, Side second) throws IOException {
    long at = firstMismatch(first, second);
    return at < 0 ? Verdict.SAME : Verdict.different("the bytes differ from offset " + at + " on");
  }

  /** Where the bytes begin to differ, or -1. */
  private long firstMismatch(Side first, Side second) throws IOException {
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
