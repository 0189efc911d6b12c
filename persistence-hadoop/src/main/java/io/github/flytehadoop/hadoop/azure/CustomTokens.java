/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.azure;

import com.azure.core.credential.AccessToken;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.Objects;
import org.apache.hadoop.fs.azurebfs.extensions.CustomTokenProviderAdaptee;

/** Takes tokens from a class of the user's that was written for ABFS. */
record CustomTokens(CustomTokenProviderAdaptee provider) implements TokenSource {
  @Override
  public AccessToken fetch() throws IOException {
    String token = Objects.requireNonNullElse(provider.getAccessToken(), "");
    if (token.isEmpty()) {
      throw new AzureLoginException(provider.getClass().getSimpleName() + " gives no token", 0);
    }
    Date expires = Objects.requireNonNullElseGet(provider.getExpiryTime(), Date::new);
    return new AccessToken(token, expires.toInstant().atOffset(ZoneOffset.UTC));
  }
}
