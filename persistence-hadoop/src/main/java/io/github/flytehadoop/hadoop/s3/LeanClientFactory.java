/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.s3a.DefaultS3ClientFactory;
import org.apache.hadoop.fs.s3a.impl.AWSClientConfig;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Makes S3A's clients such that the requests of which there are many go without the pipeline of the
 * SDK, which costs more of the processor than the request itself; all else goes through the SDK's
 * own client. Where anything is configured that the pipeline does and {@link LeanClient} does not,
 * the SDK's own client is all there is. S3A makes an instance of its own.
 */
public final class LeanClientFactory extends DefaultS3ClientFactory {
  /** What the pipeline would have run, and the lean client does by itself or without. */
  private static final Set<String> KNOWN =
      Set.of(
          AnswerCheck.class.getName(),
          ListingCheck.class.getName(),
          ContentFields.class.getName(),
          Pacing.class.getName(),
          "org.apache.hadoop.fs.s3a.audit.impl.ActiveAuditManagerS3A");

  /** Each puts something of its own into the pipeline. */
  private static final List<String> STRANGERS =
      List.of(
          "fs.s3a.custom.signers",
          "fs.s3a.signing-algorithm",
          "fs.s3a.s3.signing-algorithm",
          "fs.s3a.http.signer.class");

  private static final List<String> SWITCHES =
      List.of(
          "fs.s3a.http.signer.enabled",
          "fs.s3a.access.grants.enabled",
          "fs.s3a.encryption.cse.v1.compatibility.enabled");

  /** For S3A. */
  public LeanClientFactory() {}

  @Override
  public S3Client createS3Client(URI uri, S3ClientCreationParameters parameters)
      throws IOException {
    Configuration conf = getConf();
    LeanAddress address =
        LeanAddress.of(uri.getHost(), parameters, getS3Endpoint(parameters.getEndpoint(), conf));
    if (address == null || hasStrangers(conf, parameters)) {
      return super.createS3Client(uri, parameters);
    }
    SdkHttpClient http =
        AWSClientConfig.createHttpClientBuilder(conf)
            .proxyConfiguration(AWSClientConfig.createProxyConfiguration(conf, uri.getHost()))
            .build();
    return new LeanClient(
        super.createS3Client(uri, parameters), new LeanExchange(http, address, parameters, conf));
  }

  private static boolean hasStrangers(Configuration conf, S3ClientCreationParameters parameters) {
    List<ExecutionInterceptor> interceptors = parameters.getExecutionInterceptors();
    boolean observed =
        interceptors != null
            && interceptors.stream().anyMatch(one -> !KNOWN.contains(one.getClass().getName()));
    boolean audited =
        conf.getBoolean("fs.s3a.audit.enabled", false) && isChosen(conf, "fs.s3a.audit.enabled");
    return observed
        || audited
        || parameters.isClientSideEncryptionEnabled()
        || parameters.isChecksumValidationEnabled()
        || STRANGERS.stream().anyMatch(key -> !conf.getTrimmed(key, "").isEmpty())
        || SWITCHES.stream().anyMatch(key -> conf.getBoolean(key, false));
  }

  /** Whether a value is more than Hadoop's default. */
  private static boolean isChosen(Configuration conf, String key) {
    String[] sources = conf.getPropertySources(key);
    return sources != null
        && sources.length > 0
        && !String.valueOf(sources[sources.length - 1]).endsWith("-default.xml");
  }
}
