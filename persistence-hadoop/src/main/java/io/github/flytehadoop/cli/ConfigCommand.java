/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli;

import io.github.flytehadoop.cli.exit.ExitCode;
import io.github.flytehadoop.cli.output.ConfigResult;
import io.github.flytehadoop.cli.output.ConfigResult.HadoopValue;
import io.github.flytehadoop.cli.output.Output;
import io.github.flytehadoop.config.ResolvedConfig;
import io.github.flytehadoop.hadoop.HadoopSettings;
import io.github.flytehadoop.hadoop.SecretMasking;
import io.github.flytehadoop.hadoop.azure.AzureKey;
import io.github.flytehadoop.hadoop.gcs.GcsKey;
import io.github.flytehadoop.hadoop.hdfs.HdfsKey;
import io.github.flytehadoop.hadoop.overlay.HadoopKey;
import io.github.flytehadoop.hadoop.s3.AwsEnvironment;
import io.github.flytehadoop.hadoop.s3.S3Key;
import io.github.flytehadoop.hadoop.s3.S3Settings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

@Command(
    name = "config",
    description =
        "Shows each effective value, where it came from, and the Hadoop keys it became; secrets"
            + " are masked.")
final class ConfigCommand extends BaseCommand {
  ConfigCommand(Session.Factory sessions, Output output) {
    super(sessions, output);
  }

  @Override
  ExitCode run() throws IOException {
    ResolvedConfig resolved = sessions().resolve();
    HadoopSettings settings =
        HadoopSettings.shared(resolved.config(), sessions().around().environment());
    Configuration effective = settings.applyTo(sessions().hadoopConfiguration());
    SortedMap<String, HadoopValue> hadoop = new TreeMap<>();
    settings.asMap().keySet().forEach(key -> hadoop.put(key, shown(effective, key)));
    showAmbientEndpoint(resolved, hadoop);
    sessions()
        .global()
        .hadoopKeys()
        .keySet()
        .forEach(key -> hadoop.put(key, shown(effective, key)));
    output().print(new ConfigResult(resolved, hadoop, keysOfComponents(hadoop.keySet())));
    return ExitCode.DONE;
  }

  /** An endpoint that AWS's variables or profile name is nobody's of ours. */
  private void showAmbientEndpoint(ResolvedConfig resolved, SortedMap<String, HadoopValue> hadoop) {
    AwsEnvironment.Found found =
        S3Settings.ambientEndpoint(resolved.config().s3(), sessions().around().environment());
    HadoopValue endpoint = hadoop.get(S3Key.ENDPOINT.key());
    if (found != null && endpoint != null && found.value().equals(endpoint.shown())) {
      hadoop.put(S3Key.ENDPOINT.key(), new HadoopValue(endpoint.shown(), found.source()));
    }
  }

  private static HadoopValue shown(Configuration effective, String key) {
    String value = Objects.requireNonNullElse(effective.getRaw(key), "");
    @Nullable String[] sources = effective.getPropertySources(key);
    String source = sources == null || sources.length == 0 ? null : sources[0];
    String name = HadoopSettings.OVERRIDE.equals(source) ? "-D" : source;
    return new HadoopValue(
        SecretMasking.masked(key, value), Objects.requireNonNullElse(name, "program"));
  }

  private static Map<String, List<String>> keysOfComponents(Collection<String> set) {
    Map<String, List<String>> keys = new TreeMap<>();
    Stream.of(S3Key.values(), GcsKey.values(), AzureKey.values(), HdfsKey.values())
        .<HadoopKey>flatMap(Stream::of)
        .forEach(
            row -> {
              List<String> spelt = set.stream().filter(key -> isOf(row, key)).toList();
              for (String component : row.components()) {
                keys.computeIfAbsent(component, none -> new ArrayList<>()).addAll(spelt);
              }
            });
    return keys;
  }

  /** ABFS has some of its keys once for each account, with the account's host at the end. */
  private static boolean isOf(HadoopKey row, String key) {
    return key.equals(row.key()) || (row instanceof AzureKey && key.startsWith(row.key() + "."));
  }
}
