/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.azure;

import com.azure.core.credential.AzureSasCredential;
import com.azure.core.http.policy.AzureSasCredentialPolicy;
import com.azure.core.http.policy.HttpPipelinePolicy;
import com.azure.storage.common.StorageSharedKeyCredential;
import com.azure.storage.common.policy.StorageSharedKeyCredentialPolicy;
import io.github.flytehadoop.error.ConfigException;
import io.github.flytehadoop.hadoop.proxy.Proxies;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.azurebfs.extensions.CustomTokenProviderAdaptee;
import org.apache.hadoop.fs.azurebfs.extensions.SASTokenProvider;
import org.apache.hadoop.util.ReflectionUtils;

/**
 * Who asks: makes requests carry a signature or a token. Shows no secret.
 *
 * @param policy has each request carry it
 */
record AzureIdentity(HttpPipelinePolicy policy) {
  private static final String SAS_PROVIDER = "fs.azure.sas.token.provider.type";

  /** The ways of ABFS to get a token, by the simple names of its classes. */
  private static final Map<String, Login> LOGINS =
      Map.of(
          "ClientCredsTokenProvider", OAuthLogin::clientSecret,
          "UserPasswordTokenProvider", OAuthLogin::password,
          "RefreshTokenBasedTokenProvider", OAuthLogin::refreshToken,
          "WorkloadIdentityTokenProvider", OAuthLogin::workload,
          "MsiTokenProvider", OAuthLogin::machine);

  private static final Map<String, Kind> KINDS =
      Map.of(
          "sharedkey", (options, timeouts) -> sharedKey(options),
          "sas", (options, timeouts) -> signature(options),
          "oauth", AzureIdentity::login,
          "custom", (options, timeouts) -> custom(options));

  private interface Login {
    TokenSource by(OAuthLogin server) throws IOException;
  }

  private interface Kind {
    AzureIdentity made(AccountConfiguration options, AzureClientSettings.Timeouts timeouts)
        throws IOException;
  }

  private static String kind(AccountConfiguration options) {
    return options.textOr(AzureKey.AUTH_TYPE.key(), "SharedKey").toLowerCase(Locale.ROOT);
  }

  private static String loginName(AccountConfiguration options) {
    String provider = options.text(AzureKey.PROVIDER_TYPE.key());
    return provider.substring(provider.lastIndexOf('.') + 1);
  }

  /** What says of an identity that only ABFS has it; empty for all others. */
  static Optional<String> needsHadoop(AccountConfiguration options) {
    String kind = kind(options);
    if (!KINDS.containsKey(kind)) {
      return Optional.of(AzureKey.AUTH_TYPE.key() + "=" + kind);
    }
    boolean foreign =
        kind.equals("oauth")
            && !options.text(AzureKey.PROVIDER_TYPE.key()).isEmpty()
            && !LOGINS.containsKey(loginName(options));
    return foreign
        ? Optional.of(AzureKey.PROVIDER_TYPE.key() + "=" + loginName(options))
        : Optional.empty();
  }

  /**
   * The identity that the keys of an account describe; nobody is asked yet.
   *
   * @throws AzureLoginException when a value of it is missing
   * @throws ConfigException when a value of it cannot be used
   */
  static AzureIdentity of(AccountConfiguration options, AzureClientSettings.Timeouts timeouts)
      throws IOException {
    Kind kind = KINDS.get(kind(options));
    if (kind == null) {
      throw refused(AzureKey.AUTH_TYPE.key(), kind(options) + " is none that this client knows");
    }
    return kind.made(options, timeouts);
  }

  private static ConfigException refused(String key, String why) {
    return new ConfigException(key, "the Hadoop configuration", why + ". Correct it.");
  }

  private static AzureIdentity sharedKey(AccountConfiguration options) throws IOException {
    String key = options.required(AzureKey.ACCOUNT_KEY.key());
    StorageSharedKeyCredential signer;
    try {
      java.util.Base64.getDecoder().decode(key);
      signer = new StorageSharedKeyCredential(options.account(), key);
    } catch (IllegalArgumentException noBase64) {
      throw refused(AzureKey.ACCOUNT_KEY.key() + "." + options.host(), "it is no Base64");
    }
    return new AzureIdentity(new StorageSharedKeyCredentialPolicy(signer));
  }

  /** ABFS takes the signature of a class before a fixed one, too. */
  private static AzureIdentity signature(AccountConfiguration options) throws IOException {
    if (!options.text(SAS_PROVIDER).isEmpty()) {
      SASTokenProvider provider = made(options, SAS_PROVIDER, SASTokenProvider.class);
      provider.initialize(options.hadoop(), options.host());
      return new AzureIdentity(new SignaturePolicy(provider, options));
    }
    String token = options.required(AzureKey.SAS_TOKEN.key()).replaceFirst("^\\?", "");
    if (!SignaturePolicy.isQuery(token)) {
      throw refused(AzureKey.SAS_TOKEN.key(), "it is no query string");
    }
    return new AzureIdentity(new AzureSasCredentialPolicy(new AzureSasCredential(token), false));
  }

  private static AzureIdentity login(
      AccountConfiguration options, AzureClientSettings.Timeouts timeouts) throws IOException {
    Login way = LOGINS.get(loginName(options));
    if (way == null) {
      throw refused(AzureKey.PROVIDER_TYPE.key(), "it names no way to log in");
    }
    return ofTokens(way.by(new OAuthLogin(options, timeouts, new Proxies(null, System.getenv()))));
  }

  private static AzureIdentity custom(AccountConfiguration options) throws IOException {
    CustomTokenProviderAdaptee provider =
        made(options, AzureKey.PROVIDER_TYPE.key(), CustomTokenProviderAdaptee.class);
    provider.initialize(options.hadoop(), options.host());
    return ofTokens(new CustomTokens(provider));
  }

  private static <T> T made(AccountConfiguration options, String key, Class<T> type) {
    String name = options.text(key);
    try {
      Class<?> named = options.hadoop().getClassByName(name);
      return type.cast(ReflectionUtils.newInstance(named, options.hadoop()));
    } catch (ClassNotFoundException | RuntimeException unusable) {
      throw refused(key, name + " cannot be used as a " + type.getSimpleName());
    }
  }

  private static AzureIdentity ofTokens(TokenSource source) {
    return new AzureIdentity(new TokenPolicy(new TokenSource.Kept(source)));
  }

  /** Its kind, and no secret. */
  @Override
  public String toString() {
    return "AzureIdentity[" + policy.getClass().getSimpleName() + "]";
  }
}
