/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.gcs;

import com.google.auth.http.HttpTransportFactory;
import com.google.auth.oauth2.ComputeEngineCredentials;
import com.google.auth.oauth2.ExternalAccountCredentials;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ImpersonatedCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import com.google.auth.oauth2.UserCredentials;
import io.github.flytehadoop.error.ConfigException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.hadoop.security.UserGroupInformation;
import org.jspecify.annotations.Nullable;

/**
 * Makes the credentials that {@code fs.gs.auth.*} names, all kinds that Google's connector knows,
 * when they are first asked for.
 */
final class GcsCredentials {
  private static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";
  private static final String TYPE = ".auth.type";
  private static final String ACT_AS = ".auth.impersonation.service.account";

  /** Where a token comes from, under the names of the connector. */
  private enum Kind {
    ACCESS_TOKEN_PROVIDER,
    APPLICATION_DEFAULT,
    COMPUTE_ENGINE,
    SERVICE_ACCOUNT_JSON_KEYFILE,
    WORKLOAD_IDENTITY_FEDERATION_CREDENTIAL_CONFIG_FILE,
    UNAUTHENTICATED,
    USER_CREDENTIALS
  }

  private interface FromFile {
    GoogleCredentials read(InputStream file, HttpTransportFactory transports) throws IOException;
  }

  private final GcsOptions options;

  GcsCredentials(GcsOptions options) {
    this.options = options;
  }

  private Kind kind() {
    return options.word(TYPE, Kind.COMPUTE_ENGINE);
  }

  /**
   * Makes them; a token is fetched later.
   *
   * @return null for access without any
   * @throws GcsCredentialsException when they cannot be made
   */
  @Nullable GoogleCredentials make(HttpTransportFactory transports) throws IOException {
    try {
      GoogleCredentials own = own(transports);
      if (own == null) {
        return null;
      }
      // a refused login is tried again where all requests are, not inside of Google's library
      GoogleCredentials told = told(own.createScoped(SCOPE)).createWithCustomRetryStrategy(false);
      String other = other();
      return other == null
          ? told
          : ImpersonatedCredentials.newBuilder()
              .setSourceCredentials(told)
              .setTargetPrincipal(other)
              .setScopes(List.of(SCOPE))
              .setHttpTransportFactory(transports)
              .build();
    } catch (GcsCredentialsException | ConfigException known) {
      throw known;
    } catch (NoSuchFileException missing) {
      throw GcsCredentialsException.none("the file " + missing.getFile() + " is missing", missing);
    } catch (IOException | RuntimeException failure) {
      throw GcsCredentialsException.none(failure.getMessage(), failure);
    }
  }

  private @Nullable GoogleCredentials own(HttpTransportFactory transports) throws IOException {
    return switch (kind()) {
      case ACCESS_TOKEN_PROVIDER -> ConnectorTokens.of(options);
      case APPLICATION_DEFAULT -> GoogleCredentials.getApplicationDefault(transports);
      case COMPUTE_ENGINE ->
          ComputeEngineCredentials.newBuilder().setHttpTransportFactory(transports).build();
      case SERVICE_ACCOUNT_JSON_KEYFILE ->
          fromFile(
              ".auth.service.account.json.keyfile",
              ServiceAccountCredentials::fromStream,
              transports);
      case WORKLOAD_IDENTITY_FEDERATION_CREDENTIAL_CONFIG_FILE ->
          fromFile(
              ".auth.workload.identity.federation.credential.config.file",
              ExternalAccountCredentials::fromStream,
              transports);
      case UNAUTHENTICATED -> null;
      case USER_CREDENTIALS ->
          UserCredentials.newBuilder()
              .setClientId(required(".auth.client.id", options.text(".auth.client.id")))
              .setClientSecret(
                  required(".auth.client.secret", options.secret(".auth.client.secret")))
              .setRefreshToken(
                  required(".auth.refresh.token", options.secret(".auth.refresh.token")))
              .setHttpTransportFactory(transports)
              .build();
    };
  }

  private GoogleCredentials fromFile(
      String suffix, FromFile reader, HttpTransportFactory transports) throws IOException {
    String file = required(suffix, options.text(suffix));
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      return reader.read(in, transports);
    }
  }

  private String required(String suffix, @Nullable String value) throws IOException {
    if (value == null || value.isEmpty()) {
      throw GcsCredentialsException.none(
          options.named(suffix) + " is not set, and " + options.named(TYPE) + " is " + kind(),
          null);
    }
    return value;
  }

  /** The same, asking another server for tokens where one is named. */
  private GoogleCredentials told(GoogleCredentials credentials) {
    String server = options.text(".token.server.url");
    if (server.isEmpty()) {
      return credentials;
    }
    if (credentials instanceof ServiceAccountCredentials account) {
      return account.toBuilder().setTokenServerUri(URI.create(server)).build();
    }
    return credentials instanceof UserCredentials user
        ? user.toBuilder().setTokenServerUri(URI.create(server)).build()
        : credentials;
  }

  /** The account to act as: that of the user, of one of the user's groups, or of everybody. */
  private @Nullable String other() throws IOException {
    Map<String, String> ofUsers = options.below(ACT_AS + ".for.user.");
    Map<String, String> ofGroups = options.below(ACT_AS + ".for.group.");
    String ofAll = options.text(ACT_AS);
    if (ofUsers.isEmpty() && ofGroups.isEmpty()) {
      return ofAll.isEmpty() ? null : ofAll;
    }
    UserGroupInformation user = UserGroupInformation.getCurrentUser();
    return Stream.concat(
            Stream.of(ofUsers.get(user.getShortUserName())),
            Stream.concat(Arrays.stream(user.getGroupNames()).map(ofGroups::get), Stream.of(ofAll)))
        .filter(Objects::nonNull)
        .filter(account -> !account.isEmpty())
        .findFirst()
        .orElse(null);
  }

  /** The kind; no secret. */
  @Override
  public String toString() {
    return kind().name();
  }
}
