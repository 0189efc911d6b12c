/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.gcs;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.cloud.hadoop.util.AccessTokenProvider;
import java.io.IOException;
import java.time.Instant;
import java.util.Date;

/**
 * Tokens of a class that implements the connector's public interface ({@code
 * fs.gs.auth.access.token.provider}).
 */
@SuppressWarnings("serial") // never written
final class ConnectorTokens extends GoogleCredentials {
  private static final String KEY = ".auth.access.token.provider";

  private final transient AccessTokenProvider provider;

  private ConnectorTokens(AccessTokenProvider provider, AccessToken first) {
    super(GoogleCredentials.newBuilder().setAccessToken(first));
    this.provider = provider;
  }

  static ConnectorTokens of(GcsOptions options) throws IOException {
    String name = options.text(KEY);
    AccessTokenProvider provider;
    try {
      provider =
          options
              .hadoop()
              .getClassByName(name)
              .asSubclass(AccessTokenProvider.class)
              .getDeclaredConstructor()
              .newInstance();
    } catch (ReflectiveOperationException | ClassCastException unusable) {
      throw GcsCredentialsException.none(
          options.named(KEY) + " names " + name + ", which cannot be made: " + unusable, unusable);
    }
    provider.setConf(options.hadoop());
    if (provider.getAccessTokenType() != AccessTokenProvider.AccessTokenType.GENERIC) {
      throw GcsCredentialsException.none(
          name
              + " gives tokens for single requests, which Hadoop's file system alone asks for;"
              + " set fs.flyte.client=hadoop",
          null);
    }
    return new ConnectorTokens(provider, token(provider));
  }

  private static AccessToken token(AccessTokenProvider provider) throws IOException {
    AccessTokenProvider.AccessToken token = provider.getAccessToken();
    if (token == null || token.getToken() == null) {
      throw GcsCredentialsException.none(provider.getClass().getName() + " gives no token", null);
    }
    Instant end = token.getExpirationTime();
    return new AccessToken(token.getToken(), end == null ? null : Date.from(end));
  }

  @Override
  public AccessToken refreshAccessToken() throws IOException {
    provider.refresh();
    return token(provider);
  }

  @Override
  public GoogleCredentials createScoped(java.util.Collection<String> scopes) {
    return this;
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
