/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli;

import io.github.flytehadoop.FileAccessProvider;
import io.github.flytehadoop.cli.option.GlobalOptions;
import io.github.flytehadoop.cli.option.Verbosity;
import io.github.flytehadoop.cli.output.ProgressDisplay;
import io.github.flytehadoop.config.ResolvedConfig;
import io.github.flytehadoop.error.ConfigException;
import io.github.flytehadoop.hadoop.ConfDirectory;
import io.github.flytehadoop.hadoop.HadoopSettings;
import io.github.flytehadoop.transfer.ProgressListener;
import io.github.flytehadoop.transfer.TransferLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/** A provider for one verb; what it had to make on the local disk, if anything, goes with it. */
final class Session implements AutoCloseable {
  /** No verb writes raw output, but a provider has a place for it; nothing is made there. */
  private static final String NO_PREFIX =
      Path.of(System.getProperty("java.io.tmpdir", "."), "flyte-data-raw").toString();

  private final FileAccessProvider provider;
  private final @Nullable ProgressDisplay progress;

  private Session(FileAccessProvider provider, @Nullable ProgressDisplay display) {
    this.provider = provider;
    this.progress = display;
  }

  FileAccessProvider provider() {
    return provider;
  }

  @Override
  public void close() {
    provider.close();
    if (progress != null) {
      progress.close();
    }
  }

  /** Opens sessions as the options say, once they are parsed. */
  record Factory(GlobalOptions global, CliEnvironment around) {
    /** What this run is configured with, and where that came from. */
    ResolvedConfig resolve() {
      Path named = global.config();
      // flytekit takes a missing INI file for an empty one (CFG-13); who names it here means it
      if (named != null && !Files.exists(named)) {
        throw new ConfigException(
            "--config", named.toString(), "there is no such file. Correct the path.");
      }
      return ResolvedConfig.resolve(global.config(), around.environment());
    }

    /** Hadoop's own files with the keys of this run on top. */
    Configuration hadoopConfiguration() {
      Configuration base = ConfDirectory.configuration(around.environment());
      for (Map.Entry<String, String> key : global.hadoopKeys().entrySet()) {
        base.set(key.getKey(), key.getValue(), HadoopSettings.OVERRIDE);
      }
      return base;
    }

    /** For verbs that look. */
    Session open() throws IOException {
      return open("", TransferLimits.defaults());
    }

    /** For verbs that move; the name stands before the progress. */
    Session open(String verb, TransferLimits limits) throws IOException {
      ResolvedConfig config = resolve();
      ProgressDisplay display = verb.isEmpty() ? null : display(verb);
      FileAccessProvider provider =
          FileAccessProvider.builder()
              .temporarySandbox()
              .rawOutputPrefix(NO_PREFIX)
              .dataConfig(config.config())
              .hadoopConfiguration(hadoopConfiguration())
              .anonymousAccess(global.anonymous())
              .transferLimits(limits)
              .progress(display == null ? new ProgressListener() {} : display)
              .build();
      return new Session(provider, display);
    }

    /** For a terminal, unless nobody wants it. */
    @Nullable ProgressDisplay display(String verb) {
      boolean wanted = global.loudness() != Verbosity.QUIET && around.terminalColumns() > 0;
      return wanted ? new ProgressDisplay(around.err(), around.terminalColumns(), verb) : null;
    }
  }
}
