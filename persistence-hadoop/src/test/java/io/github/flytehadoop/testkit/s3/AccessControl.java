/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit.s3;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who may do what, by access key id. */
final class AccessControl {
  private static final Pattern CREDENTIAL =
      Pattern.compile("AWS4-HMAC-SHA256 +Credential=([^/,]+)/.*");

  private final Set<String> requesterPays = ConcurrentHashMap.newKeySet();
  private volatile Optional<Map<String, Set<String>>> identities = Optional.empty();
  private volatile Optional<UnaryOperator<String>> secrets = Optional.empty();

  void identities(Map<String, Set<String>> bucketsOf) {
    identities = Optional.of(Map.copyOf(bucketsOf));
  }

  void requesterPays(String bucket) {
    requesterPays.add(bucket);
  }

  /** Refuses who does not say that he pays, where he has to. */
  void requirePayer(S3Request request, Bucket bucket) {
    boolean pays = request.header("x-amz-request-payer").filter("requester"::equals).isPresent();
    if (requesterPays.contains(bucket.name()) && !pays) {
      throw S3Error.accessDenied();
    }
  }

  void secrets(UnaryOperator<String> secretOf) {
    secrets = Optional.of(secretOf);
  }

  /** The access key id of the request, known or not. */
  static String identityOf(HttpHead head) {
    return head.header("authorization")
        .map(
            authorization -> {
              Matcher credential = CREDENTIAL.matcher(authorization);
              return credential.matches() ? credential.group(1) : "?";
            })
        .orElse(S3Endpoint.ANONYMOUS);
  }

  /** Refuses an identity that does not exist or cannot prove itself. */
  void authenticate(String identity, HttpHead head) {
    if (identity.equals(S3Endpoint.ANONYMOUS)) {
      return;
    }
    if (identities.isPresent() && !identities.get().containsKey(identity)) {
      throw new S3Error(403, "InvalidAccessKeyId", "The access key id you provided does not exist");
    }
    if (secrets.isPresent() && !SigV4.isSignedBy(secrets.get().apply(identity), head)) {
      throw new S3Error(
          403, "SignatureDoesNotMatch", "The signature we calculated does not match yours");
    }
  }

  /** Refuses what the identity may not do with the bucket. */
  void authorize(String identity, Bucket bucket, boolean ownersOnly) {
    if (bucket.isOpen() && !ownersOnly) {
      return;
    }
    boolean known = !identity.equals(S3Endpoint.ANONYMOUS);
    Set<String> buckets =
        identities.map(all -> all.getOrDefault(identity, Set.of())).orElse(S3Endpoint.ALL_BUCKETS);
    boolean granted = buckets.contains(bucket.name()) || buckets.equals(S3Endpoint.ALL_BUCKETS);
    if (!known || !granted) {
      throw S3Error.accessDenied();
    }
  }
}
