/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.azure;

import io.github.flytehadoop.config.AzureBlobStorageConfig;
import io.github.flytehadoop.config.Secret;
import io.github.flytehadoop.error.ConfigException;
import io.github.flytehadoop.hadoop.overlay.Overlay;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which credentials ABFS uses for one account, in the order of Flyte's own client: account key,
 * service principal, shared access signature, identity of the machine. Source: OPT-AZ-1, W-4.
 */
final class AzureCredentials {
  private static final String PROVIDERS = "org.apache.hadoop.fs.azurebfs.oauth2.";
  private static final String LOGIN = "https://login.microsoftonline.com";

  private final AzureBlobStorageConfig config;
  private final Map<String, String> environment;
  private final @Nullable String accountHost;

  /**
   * Credentials of an account.
   *
   * @param accountHost {@code null} for whatever account a URI will name
   */
  AzureCredentials(
      AzureBlobStorageConfig config,
      Map<String, String> environment,
      @Nullable String accountHost) {
    this.config = config;
    this.environment = environment;
    this.accountHost = accountHost;
  }

  void write(Overlay overlay) {
    Secret clientSecret = config.clientSecret();
    Secret key = forThisAccount(config.accountKey());
    Secret sas = forThisAccount(config.sasToken());
    if (key != null) {
      set(overlay, AzureKey.AUTH_TYPE, "SharedKey");
      set(overlay, AzureKey.ACCOUNT_KEY, key.reveal());
    } else if (clientSecret != null) {
      servicePrincipal(overlay, clientSecret);
    } else if (sas != null) {
      set(overlay, AzureKey.AUTH_TYPE, "SAS");
      set(overlay, AzureKey.SAS_TOKEN, sas.reveal().replaceFirst("^\\?", ""));
    } else if (accountHost != null && AzureEndpoint.of(config).emulator() == null) {
      identity(overlay);
    }
  }

  /** A key or signature belongs to the configured account; a location may name another one. */
  private @Nullable Secret forThisAccount(@Nullable Secret secret) {
    AzureEndpoint endpoint = AzureEndpoint.of(config);
    String owner = endpoint.account();
    boolean same =
        owner == null || accountHost == null || accountHost.equals(endpoint.hostOf(owner));
    return same ? secret : null;
  }

  private void servicePrincipal(Overlay overlay, Secret secret) {
    String tenant = required(config.tenantId(), "tenantId", "TENANT_ID");
    String client = required(config.clientId(), "clientId", "CLIENT_ID");
    set(overlay, AzureKey.AUTH_TYPE, "OAuth");
    set(overlay, AzureKey.PROVIDER_TYPE, PROVIDERS + "ClientCredsTokenProvider");
    set(overlay, AzureKey.CLIENT_ID, client);
    set(overlay, AzureKey.CLIENT_SECRET, secret.reveal());
    set(overlay, AzureKey.CLIENT_ENDPOINT, authority() + "/" + tenant + "/oauth2/token");
  }

  private static String required(@Nullable String value, String component, String option) {
    if (value == null) {
      throw new ConfigException(
          "AzureBlobStorageConfig." + component,
          "DataConfig",
          "it is not set, but the client secret of a service principal is. Set FLYTE_AZURE_"
              + option
              + ", or remove the client secret.");
    }
    return value;
  }

  /** What the machine offers, unless the user's own settings know better. */
  private void identity(Overlay overlay) {
    String tokenFile = environment.get("AZURE_FEDERATED_TOKEN_FILE");
    String tenant = orElse(config.tenantId(), environment.get("AZURE_TENANT_ID"));
    String client = orElse(config.clientId(), environment.get("AZURE_CLIENT_ID"));
    Map<AzureKey, String> values = new TreeMap<>();
    values.put(AzureKey.AUTH_TYPE, "OAuth");
    if (tokenFile != null && tenant != null && client != null) {
      values.put(AzureKey.PROVIDER_TYPE, PROVIDERS + "WorkloadIdentityTokenProvider");
      values.put(AzureKey.TOKEN_FILE, tokenFile);
    } else {
      values.put(AzureKey.PROVIDER_TYPE, PROVIDERS + "MsiTokenProvider");
    }
    if (tenant != null) {
      values.put(AzureKey.MSI_TENANT, tenant);
    }
    if (client != null) {
      values.put(AzureKey.CLIENT_ID, client);
    }
    if (environment.containsKey("AZURE_AUTHORITY_HOST")) {
      values.put(AzureKey.MSI_AUTHORITY, authority() + "/");
    }
    List<String> otherChoices =
        List.of(
            AzureKey.AUTH_TYPE.key(),
            AzureKey.AUTH_TYPE.forAccount(accountHost),
            AzureKey.ACCOUNT_KEY.key(),
            AzureKey.ACCOUNT_KEY.forAccount(accountHost));
    values.forEach(
        (key, value) -> overlay.suggest(key.forAccount(accountHost), value, otherChoices));
  }

  private String authority() {
    return environment.getOrDefault("AZURE_AUTHORITY_HOST", LOGIN).replaceFirst("/+$", "");
  }

  private static @Nullable String orElse(@Nullable String first, @Nullable String second) {
    return first != null ? first : second;
  }

  private void set(Overlay overlay, AzureKey key, String value) {
    overlay.set(key.forAccount(accountHost), value);
  }
}
