/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.config;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Renders {@code docs/config-keys.md}. The Hadoop keys of a Flyte key come from outside: this room
 * does not know them.
 */
public final class ConfigKeysDoc {
  private static final String NONE = "\u2013";

  private final Function<ConfigKey, List<String>> hadoopKeys;
  private final boolean hasHadoopKeys;
  private final List<List<String>> ownKeys;

  /**
   * A document with a column of Hadoop keys, or without one if the function never gives any.
   *
   * @param ownKeys key, values, default and meaning of the keys that only this library reads
   */
  public ConfigKeysDoc(Function<ConfigKey, List<String>> hadoopKeys, List<List<String>> ownKeys) {
    this.ownKeys = List.copyOf(ownKeys);
    this.hadoopKeys = hadoopKeys;
    this.hasHadoopKeys =
        Stream.of(ConfigKey.values()).anyMatch(key -> !hadoopKeys.apply(key).isEmpty());
  }

  /** The whole document. */
  public String render() {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        # Configuration keys

        Generated from `ConfigKey` by `ConfigKeysDocTest`; run it with `-Dregenerate.docs=true` after a change. Do not edit.

        For each key the first that is set wins: the environment variables in their order (one of Flyte's own counts even when it is
        empty: it then hides the file), the configuration file, the variables marked *last*, the default. One file is read: the
        one that was asked for, else the one that `_FLYTECTL_CONFIG_PYFLYTE_OVERRIDE` or `FLYTECTL_CONFIG` names, else
        `./flytekit.config`, `~/.flyte/config`, `~/.flyte/config.yaml`. A name that ends in `yaml` or `yml` is YAML, any other INI.
        `flyte-data config` prints each effective value and where it came from.

        A key under `storage.stow.config` counts under the `storage.stow.kind` in brackets. Beside the keys below, YAML's
        `storage.type` (`stow` is read if it is `stow` or absent), `auth-type` (`iam`: no keys from this file; `accesskey`) and
        `disable-ssl` (the scheme of an endpoint that has none) are honoured.
        """);
    if (hasHadoopKeys) {
      text.append(
          """

          The last column names the Hadoop keys that a key decides. In Azure's, `HOST` is the account's host, such as
          `ACCOUNT.dfs.core.windows.net`. A default that nobody has changed gives way to the user's own Hadoop files.
          """);
    }
    for (Class<?> owner : Stream.of(ConfigKey.values()).map(ConfigKey::owner).distinct().toList()) {
      text.append("\n## ").append(owner.getSimpleName()).append("\n\n");
      row(text, titles());
      row(text, titles().stream().map(title -> "---").toList());
      Stream.of(ConfigKey.values())
          .filter(key -> key.owner() == owner)
          .forEach(key -> row(text, cells(key)));
    }
    if (!ownKeys.isEmpty()) {
      own(text);
    }
    return text.toString();
  }

  private void own(StringBuilder text) {
    text.append(
        """

        ## Keys in a Hadoop configuration

        These are read from the Hadoop configuration: `hadoopConfiguration(...)` of a provider, `spark.hadoop.KEY`, or a file of
        `HADOOP_CONF_DIR`.

        """);
    row(text, List.of("key", "value", "default", "meaning"));
    row(text, List.of("---", "---", "---", "---"));
    ownKeys.forEach(cells -> row(text, cells));
  }

  private List<String> titles() {
    List<String> titles =
        new ArrayList<>(
            List.of("name", "environment", "INI", "YAML", "value", "default", "secret", "meaning"));
    if (hasHadoopKeys) {
      titles.add("Hadoop");
    }
    return titles;
  }

  private List<String> cells(ConfigKey key) {
    Stream<String> last = key.ambientNames().stream().map(name -> code(name) + " *last*");
    List<String> cells =
        new ArrayList<>(
            List.of(
                code(key.component()),
                lines(
                    Stream.concat(key.environmentNames().stream().map(ConfigKeysDoc::code), last)),
                code("[" + key.section() + "] " + key.option()),
                lines(key.yamlPaths().stream().map(ConfigKeysDoc::yaml)),
                key.type().description(),
                key.displayIn(DataConfig.defaults()),
                secret(key),
                key.meaning()));
    if (hasHadoopKeys) {
      cells.add(lines(hadoopKeys.apply(key).stream().map(ConfigKeysDoc::code)));
    }
    return cells;
  }

  private static String yaml(YamlPath path) {
    return path.kind() == null
        ? code(path.path())
        : code(path.path()) + " (" + path.kind().name().toLowerCase(java.util.Locale.ROOT) + ")";
  }

  private static String secret(ConfigKey key) {
    return switch (key.type()) {
      case SECRET -> "yes";
      case IDENTIFIER -> "shown in part";
      default -> "no";
    };
  }

  private static String lines(Stream<String> texts) {
    String joined = texts.collect(Collectors.joining("<br>"));
    return joined.isEmpty() ? NONE : joined;
  }

  private static String code(String text) {
    return "`" + text + "`";
  }

  private static void row(StringBuilder text, List<String> cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }
}
