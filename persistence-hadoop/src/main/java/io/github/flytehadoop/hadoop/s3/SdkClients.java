/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3;

import io.github.flytehadoop.hadoop.proxy.NetworkProxy;
import io.github.flytehadoop.hadoop.request.AdaptiveConcurrencyLimit;
import io.github.flytehadoop.hadoop.request.UploadStallDetector;
import io.github.flytehadoop.hadoop.s3.check.ResponseValidator;
import io.github.flytehadoop.hadoop.s3.http.ClockSkew;
import io.github.flytehadoop.hadoop.s3.http.RequestMeter;
import io.github.flytehadoop.hadoop.s3.http.WatchedHttpClient;
import io.github.flytehadoop.hadoop.s3.identity.S3CredentialChain;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.http.apache.ProxyConfiguration;
import software.amazon.awssdk.http.auth.spi.scheme.AuthSchemeOption;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.LegacyMd5Plugin;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.auth.scheme.S3AuthSchemeParams;
import software.amazon.awssdk.services.s3.auth.scheme.S3AuthSchemeProvider;
import software.amazon.awssdk.utils.AttributeMap;

/**
 * The SDK's clients of one bucket: one for each address that the store has named, over the same
 * connections. None of them tries anything twice. Thread-safe.
 */
@SuppressWarnings("deprecation") // the HTTP client that S3A 3.5.0 needs; a second is weight
final class SdkClients implements AutoCloseable {
  private static final Duration IDLE = Duration.ofSeconds(60);

  /** What tells one client from another. */
  private record Key(S3Address address, Chunks chunks) {}

  /** How the bytes of a body are signed over a connection without TLS. */
  enum Chunks {
    /** Chunk by chunk, as they are read. */
    SIGNED,
    /** As a whole, for which they are read twice. */
    NONE
  }

  private final S3ClientSettings settings;
  private final RequestMeter meter;
  private final AdaptiveConcurrencyLimit pace;
  private final ClockSkew clock;
  private final ConcurrentMap<Key, S3Client> clients = new ConcurrentHashMap<>();
  private @Nullable SdkHttpClient http;
  private boolean closed;

  SdkClients(
      S3ClientSettings settings,
      RequestMeter meter,
      AdaptiveConcurrencyLimit pace,
      ClockSkew clock) {
    this.settings = settings;
    this.meter = meter;
    this.pace = pace;
    this.clock = clock;
  }

  /** Made for the first who needs it: what native code carries needs none. */
  private synchronized SdkHttpClient http() {
    if (closed) {
      throw new IllegalStateException("the client of " + settings.bucket() + " is closed");
    }
    SdkHttpClient currentHttp = http;
    if (currentHttp == null) {
      currentHttp =
          new WatchedHttpClient(
              connections(settings),
              meter,
              pace,
              new UploadStallDetector(settings.timeouts().silence()));
      http = currentHttp;
    }
    return currentHttp;
  }

  S3Client at(S3Address address, Chunks chunks) {
    SdkHttpClient shared = http();
    return clients.computeIfAbsent(new Key(address, chunks), key -> client(key, shared));
  }

  private S3Client client(Key key, SdkHttpClient shared) {
    S3Address address = key.address();
    var builder =
        S3Client.builder()
            .region(Region.of(address.region()))
            .credentialsProvider(settings.credentials())
            .authSchemeProvider(asked -> timed(S3AuthSchemeProvider.defaultProvider(), asked))
            .forcePathStyle(address.style() == S3Address.Style.PATH)
            .fipsEnabled(address.fips())
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .serviceConfiguration(
                S3Configuration.builder()
                    .chunkedEncodingEnabled(key.chunks() == Chunks.SIGNED)
                    .expectContinueEnabled(false)
                    .build())
            .overrideConfiguration(override())
            .addPlugin(LegacyMd5Plugin.create())
            .httpClient(new Shared(shared));
    URI endpoint = address.endpoint();
    return (endpoint == null ? builder : builder.endpointOverride(endpoint)).build();
  }

  /** Signatures of the time that the store has told, not of the SDK's own idea of it. */
  private List<AuthSchemeOption> timed(S3AuthSchemeProvider schemes, S3AuthSchemeParams asked) {
    return schemes.resolveAuthScheme(asked).stream()
        .map(
            option ->
                option.toBuilder()
                    .putSignerProperty(HttpSigner.SIGNING_CLOCK, clock.clock())
                    .build())
        .toList();
  }

  private ClientOverrideConfiguration override() {
    ClientOverrideConfiguration.Builder override =
        ClientOverrideConfiguration.builder()
            .retryStrategy(AwsRetryStrategy.doNotRetry())
            .addExecutionInterceptor(new ResponseValidator())
            .putAdvancedOption(
                SdkAdvancedClientOption.USER_AGENT_PREFIX, settings.request().userAgent());
    settings.request().custom().forEach(override::putHeader);
    settings.objects().paid().forEach(override::putHeader);
    return override.build();
  }

  private static SdkHttpClient connections(S3ClientSettings settings) {
    return ApacheHttpClient.builder()
        .maxConnections(settings.connections())
        .connectionTimeout(settings.timeouts().connect())
        .socketTimeout(settings.timeouts().silence())
        .connectionMaxIdleTime(IDLE)
        .expectContinueEnabled(false)
        .proxyConfiguration(proxy(settings.proxy()))
        .buildWithDefaults(AttributeMap.empty());
  }

  private static ProxyConfiguration proxy(NetworkProxy proxy) {
    ProxyConfiguration.Builder builder =
        ProxyConfiguration.builder()
            .useSystemPropertyValues(false)
            .useEnvironmentVariableValues(false);
    URI address = proxy.address();
    if (address != null) {
      builder.endpoint(address);
    }
    String user = proxy.user();
    String password = proxy.password();
    if (user != null && password != null) {
      builder.username(user).password(password).preemptiveBasicAuthenticationEnabled(true);
    }
    return builder.build();
  }

  @Override
  public void close() {
    clients.values().forEach(S3Client::close);
    clients.clear();
    synchronized (this) {
      closed = true;
      if (http != null) {
        http.close();
      }
    }
    if (settings.credentials() instanceof S3CredentialChain chain) {
      chain.close();
    }
  }

  /** Connections that a client does not close. */
  private record Shared(SdkHttpClient http) implements SdkHttpClient {
    @Override
    public software.amazon.awssdk.http.ExecutableHttpRequest prepareRequest(
        software.amazon.awssdk.http.HttpExecuteRequest request) {
      return http.prepareRequest(request);
    }

    @Override
    public String clientName() {
      return http.clientName();
    }

    @Override
    public void close() {}
  }
}
