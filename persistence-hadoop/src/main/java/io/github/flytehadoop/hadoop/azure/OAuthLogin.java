/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.azure;

import com.azure.core.credential.AccessToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.flytehadoop.error.Printable;
import io.github.flytehadoop.hadoop.proxy.NetworkProxy;
import io.github.flytehadoop.hadoop.proxy.Proxies;
import io.github.flytehadoop.hadoop.proxy.ProxyAnswerException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Asks the login server of a tenant, or of this machine, for tokens: the five ways of ABFS, with
 * the URLs that its keys name. Microsoft's own library builds these URLs itself.
 */
final class OAuthLogin {
  private static final String RESOURCE = "https://storage.azure.com/";
  private static final String LOGIN = "https://login.microsoftonline.com/";
  private static final String MACHINE = "http://169.254.169.254/metadata/identity/oauth2/token";
  private static final String TOKEN_FILE = "/var/run/secrets/azure/tokens/azure-identity-token";
  private static final String VERSION_2 = "/oauth2/v2.0/";
  private static final int OK = 200;
  private static final int NO_LOGIN = 407;
  private static final int LONGEST_LIFE = 86_400;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final AccountConfiguration options;
  private final AzureClientSettings.Timeouts timeouts;
  private final Proxies proxies;

  OAuthLogin(AccountConfiguration options, AzureClientSettings.Timeouts timeouts, Proxies proxies) {
    this.options = options;
    this.proxies = proxies;
    this.timeouts = timeouts;
  }

  /** A service principal shows its secret. */
  TokenSource clientSecret() throws AzureLoginException {
    String url = options.required(AzureKey.CLIENT_ENDPOINT.key());
    Map<String, String> form = form("client_credentials");
    form.put("client_id", options.required(AzureKey.CLIENT_ID.key()));
    form.put("client_secret", options.required(AzureKey.CLIENT_SECRET.key()));
    addAudience(form, url);
    return () -> post(url, form);
  }

  /** A user shows a password. */
  TokenSource password() throws AzureLoginException {
    String url = options.required(AzureKey.CLIENT_ENDPOINT.key());
    Map<String, String> form = form("password");
    form.put("client_id", options.required(AzureKey.CLIENT_ID.key()));
    form.put("username", options.required("fs.azure.account.oauth2.user.name"));
    form.put("password", options.required(AzureKey.OAUTH_USER_PASSWORD.key()));
    addAudience(form, url);
    return () -> post(url, form);
  }

  /** A user shows the token of an earlier login. */
  TokenSource refreshToken() throws AzureLoginException {
    String url =
        options.textOr(
            "fs.azure.account.oauth2.refresh.token.endpoint", LOGIN + "Common/oauth2/token");
    Map<String, String> form = form("refresh_token");
    form.put("refresh_token", options.required(AzureKey.OAUTH_REFRESH_TOKEN.key()));
    form.put("client_id", options.required(AzureKey.CLIENT_ID.key()));
    return () -> post(url, form);
  }

  /** A pod shows the token of its service account, which is written anew from time to time. */
  TokenSource workload() throws AzureLoginException {
    String url = authority() + options.required(AzureKey.MSI_TENANT.key()) + VERSION_2 + "token";
    String client = options.required(AzureKey.CLIENT_ID.key());
    Path file = Path.of(options.textOr(AzureKey.TOKEN_FILE.key(), TOKEN_FILE));
    return () -> {
      Map<String, String> form = form("client_credentials");
      form.put("client_id", client);
      form.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
      form.put("client_assertion", assertion(file));
      addAudience(form, url);
      return post(url, form);
    };
  }

  private static String assertion(Path file) throws AzureLoginException {
    try {
      return Files.readString(file).strip();
    } catch (IOException unreadable) {
      throw new AzureLoginException("the token file " + file + " cannot be read", 0);
    }
  }

  /** A machine is known by its address. */
  TokenSource machine() {
    String url = options.textOr("fs.azure.account.oauth2.msi.endpoint", MACHINE);
    Map<String, String> query = new TreeMap<>();
    query.put("api-version", "2018-02-01");
    query.put("resource", RESOURCE);
    put(query, "authority", AzureKey.MSI_TENANT, authority());
    put(query, "client_id", AzureKey.CLIENT_ID, "");
    return () ->
        send(
            HttpRequest.newBuilder(URI.create(url + "?" + encoded(query)))
                .header("Metadata", "true")
                .GET());
  }

  private void put(Map<String, String> query, String name, AzureKey key, String prefix) {
    String value = options.secret(key.key());
    if (value != null) {
      query.put(name, prefix + value);
    }
  }

  private String authority() {
    String authority = options.textOr(AzureKey.MSI_AUTHORITY.key(), LOGIN);
    return authority.endsWith("/") ? authority : authority + "/";
  }

  private static Map<String, String> form(String grant) {
    Map<String, String> form = new TreeMap<>();
    form.put("grant_type", grant);
    return form;
  }

  /** The two versions of the protocol name the store differently. */
  private static void addAudience(Map<String, String> form, String url) {
    if (url.contains(VERSION_2)) {
      form.put("scope", RESOURCE + ".default");
    } else {
      form.put("resource", RESOURCE);
    }
  }

  private AccessToken post(String url, Map<String, String> form) throws IOException {
    return send(
        HttpRequest.newBuilder(URI.create(url))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(encoded(form))));
  }

  private static String encoded(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field -> field.getKey() + "=" + encoded(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  private AccessToken send(HttpRequest.Builder builder) throws IOException {
    builder.timeout(timeouts.silence()).header("Accept", "application/json");
    NetworkProxy proxy = proxies.of(builder.build().uri());
    String login = proxy.authorization();
    if (login != null) {
      builder.header(AzureNetwork.PROXY_LOGIN, login);
    }
    HttpRequest request = builder.build();
    HttpClient client = AzureNetwork.through(proxies).connectTimeout(timeouts.connect()).build();
    try {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() == NO_LOGIN && proxy.address() != null) {
        throw new ProxyAnswerException(proxy, NO_LOGIN, null);
      }
      return token(answer.statusCode(), answer.body());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while logging in");
    } catch (IOException unanswered) {
      throw AzureNetwork.told(unanswered, request.uri(), proxy);
    }
  }

  private static AccessToken token(int status, String body) throws AzureLoginException {
    JsonNode answer = json(body);
    String token = answer.path("access_token").asText("");
    if (status == OK && !token.isEmpty()) {
      return new AccessToken(token, expiry(answer));
    }
    String code = Printable.of(answer.path("error").asText(""));
    String said = code.isEmpty() || code.length() > 80 ? "" : ", " + code;
    throw new AzureLoginException(
        "the login server gives no token (" + status + said + ")", status);
  }

  private static JsonNode json(String body) {
    try {
      return JSON.readTree(body);
    } catch (IOException noJson) {
      return JSON.createObjectNode();
    }
  }

  /** In seconds from now, or since 1970. */
  private static OffsetDateTime expiry(JsonNode answer) {
    OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
    long life = answer.path("expires_in").asLong(-1);
    long until = answer.path("expires_on").asLong(-1);
    long rest = life >= 0 || until < 0 ? Math.max(0, life) : until - now.toEpochSecond();
    return now.plusSeconds(Math.min(rest, LONGEST_LIFE));
  }
}
