/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli.option;

import io.github.flytehadoop.hadoop.AnonymousAccess;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.TypeConversionException;

/** What every verb understands, before or behind its name. */
public final class GlobalOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = "Flyte configuration, INI or YAML. Otherwise the one that flytekit would find.")
  private @Nullable Path config;

  @Option(
      names = "--output",
      paramLabel = "text|json",
      scope = ScopeType.INHERIT,
      description = "Form of the result on standard output; json is one object a line.")
  private OutputFormat output = OutputFormat.TEXT;

  @Option(
      names = "-D",
      paramLabel = "KEY=VALUE",
      scope = ScopeType.INHERIT,
      description = "A Hadoop key for this run; it wins over everything else.")
  private Map<String, String> hadoopKeys = new LinkedHashMap<>();

  @Option(
      names = "--anonymous",
      paramLabel = "never|on-auth-failure|always",
      scope = ScopeType.INHERIT,
      converter = AnonymousConverter.class,
      description = "When reads are sent without credentials; default on-auth-failure.")
  private AnonymousAccess anonymous = AnonymousAccess.ON_AUTH_FAILURE;

  @Option(
      names = {"-v", "--verbose"},
      scope = ScopeType.INHERIT,
      description = "Log what happens, show stack traces; -vv logs every file.")
  private boolean[] verbose = {};

  @Option(
      names = {"-q", "--quiet"},
      scope = ScopeType.INHERIT,
      description = "Log errors only, show no progress.")
  private boolean quiet;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this.")
  @SuppressWarnings("UnusedVariable") // picocli asks for it
  private boolean help;

  /** Nothing is asked for yet. */
  public GlobalOptions() {}

  private static final class AnonymousConverter implements ITypeConverter<AnonymousAccess> {
    @Override
    public AnonymousAccess convert(String text) {
      for (AnonymousAccess access : AnonymousAccess.values()) {
        if (access.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(text)) {
          return access;
        }
      }
      throw new TypeConversionException("'" + text + "' is none of never, on-auth-failure, always");
    }
  }

  /** The configuration file, or null to look for one. */
  public @Nullable Path config() {
    return config;
  }

  /** Text or JSON. */
  public OutputFormat output() {
    return output;
  }

  /** Hadoop keys that win over everything. */
  public Map<String, String> hadoopKeys() {
    return Map.copyOf(hadoopKeys);
  }

  /** When buckets are read without credentials. */
  public AnonymousAccess anonymous() {
    return anonymous;
  }

  /** How much is logged. */
  public Verbosity loudness() {
    if (quiet) {
      return Verbosity.QUIET;
    }
    return switch (verbose.length) {
      case 0 -> Verbosity.NORMAL;
      case 1 -> Verbosity.VERBOSE;
      default -> Verbosity.DEBUG;
    };
  }
}
