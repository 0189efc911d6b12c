/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3.identity;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * Asks the sources of {@code fs.s3a.aws.credentials.provider} in turn; the first that has
 * credentials is asked first from then on. A source that somebody has configured and that fails
 * ends the search: its failure is the reason, not that of the sources behind it. Thread-safe.
 */
public final class S3CredentialChain implements AwsCredentialsProvider, AutoCloseable {
  /**
   * One source.
   *
   * @param name for messages
   * @param configured whether something names this source for this machine, so that its failure is
   *     final
   * @param make makes it when it is asked for the first time
   */
  public record Link(String name, boolean configured, Supplier<AwsCredentialsProvider> make) {}

  /** A source that has none, and says why. */
  public static final class Absent extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says why. */
    public Absent(String why) {
      super(why, null, false, false);
    }
  }

  private final List<Link> links;
  private final List<@Nullable AwsCredentialsProvider> made;
  private volatile @Nullable AwsCredentialsProvider last;

  /** The sources in the order in which they are asked. */
  public S3CredentialChain(List<Link> links) {
    this.links = List.copyOf(links);
    this.made = new ArrayList<>();
    links.forEach(link -> made.add(null));
  }

  @Override
  public AwsCredentials resolveCredentials() {
    AwsCredentialsProvider currentLast = last;
    return currentLast == null ? search() : currentLast.resolveCredentials();
  }

  private synchronized AwsCredentials search() {
    List<String> reasons = new ArrayList<>();
    RuntimeException failure = null;
    for (int i = 0; i < links.size(); i++) {
      Link link = links.get(i);
      try {
        AwsCredentialsProvider provider = provider(i);
        AwsCredentials credentials = provider.resolveCredentials();
        last = provider;
        return credentials;
      } catch (Absent
          | SdkException
          | UncheckedIOException // a file of a token is not there
          | IllegalStateException
          | IllegalArgumentException none) {
        if (link.configured() || none instanceof S3CredentialsException) {
          throw new S3CredentialsException(link.name() + ": " + why(none), none);
        }
        reasons.add(link.name() + ": " + why(none));
        failure = none;
      }
    }
    throw new S3CredentialsException(
        "no source has AWS credentials (" + String.join("; ", reasons) + ")", failure);
  }

  private AwsCredentialsProvider provider(int index) {
    AwsCredentialsProvider known = made.get(index);
    if (known == null) {
      known = links.get(index).make().get();
      made.set(index, known);
    }
    return known;
  }

  private static String why(RuntimeException failure) {
    return String.valueOf(failure.getMessage());
  }

  @Override
  public synchronized void close() {
    for (AwsCredentialsProvider provider : made) {
      if (provider instanceof SdkAutoCloseable closeable) {
        closeable.close();
      }
    }
  }

  /** The names alone. */
  @Override
  public String toString() {
    return links.stream().map(Link::name).toList().toString();
  }
}
