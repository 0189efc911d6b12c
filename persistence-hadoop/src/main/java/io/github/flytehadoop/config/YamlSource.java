/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.config;

import io.github.flytehadoop.config.ResolvedConfig.Warnings;
import io.github.flytehadoop.config.YamlPath.StowKind;
import io.github.flytehadoop.config.text.ConfigText;
import io.github.flytehadoop.config.text.YamlTree;
import io.github.flytehadoop.error.ConfigException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The settings in flytectl's YAML file. flytekit reads four keys of it; here {@code
 * storage.connection}, {@code storage.stow} and the keys that say how to read them count. Source:
 * CFG-12, CFG-13, CFG-16, W-4, W-43.
 *
 * <ul>
 *   <li>{@code storage.type}: {@code storage.stow} is read if it is {@code stow} or absent;
 *   <li>{@code auth-type}/{@code auth_type} {@code iam}: the keys beside it are not read, the store
 *       client's own chain stays;
 *   <li>{@code disable-ssl}/{@code disable_ssl}: gives an endpoint without a scheme its scheme.
 * </ul>
 */
final class YamlSource implements ConfigSource {
  private static final String IAM = "iam";
  private static final String ACCESS_KEY = "accesskey";

  private final Path file;
  private final YamlTree tree;
  private final @Nullable StowKind stowKind;

  private YamlSource(Path file, YamlTree tree) {
    this.file = file;
    this.tree = tree;
    this.stowKind = stowKind(tree);
  }

  static YamlSource read(Path file, Warnings warnings) {
    YamlTree tree = YamlTree.parse(file, ConfigText.read(file));
    YamlSource source = new YamlSource(file, tree);
    YamlKnownKeys.warnOfUnknownNames(file, tree, source.stowKind, warnings);
    return source;
  }

  @Override
  public @Nullable RawValue find(ConfigKey key) {
    for (YamlPath path : key.yamlPaths()) {
      if (path.kind() != null && path.kind() != stowKind) {
        continue;
      }
      String text = tree.text(path.block(), path.name());
      if (text != null && !isCredentialLeftToTheStoreClient(key, path)) {
        Origin origin = new Origin.Yaml(file, path.path());
        return new RawValue(key.type() == ValueType.URL ? withScheme(path, text) : text, origin);
      }
    }
    return null;
  }

  private static @Nullable StowKind stowKind(YamlTree tree) {
    String type = Optional.ofNullable(tree.text("storage", "type")).orElse("stow");
    if (!type.equals("stow")) {
      return null;
    }
    return switch (Optional.ofNullable(tree.text("storage.stow", "kind")).orElse("s3")) {
      case "s3" -> StowKind.S3;
      case "google" -> StowKind.GOOGLE;
      case "azure" -> StowKind.AZURE;
      default -> null;
    };
  }

  private boolean isCredentialLeftToTheStoreClient(ConfigKey key, YamlPath path) {
    boolean isS3Credential =
        key.owner() == S3Config.class
            && (key.type() == ValueType.SECRET || key.type() == ValueType.IDENTIFIER);
    String name = path.block().equals(YamlPath.CONNECTION) ? "auth-type" : "auth_type";
    String authType = isS3Credential ? tree.text(path.block(), name) : null;
    if (authType == null || authType.equals(ACCESS_KEY)) {
      return false;
    }
    if (authType.equals(IAM)) {
      return true;
    }
    throw new ConfigException(
        path.block() + "." + name,
        file.toString(),
        "\""
            + authType
            + "\" is no way to authenticate. Use one of: "
            + IAM
            + ", "
            + ACCESS_KEY
            + ".");
  }

  private String withScheme(YamlPath path, String endpoint) {
    String name = path.block().equals(YamlPath.CONNECTION) ? "disable-ssl" : "disable_ssl";
    String disableSsl = endpoint.contains("://") ? null : tree.text(path.block(), name);
    if (disableSsl == null) {
      return endpoint;
    }
    Origin origin = new Origin.Yaml(file, path.block() + "." + name);
    boolean plain = ValueType.BOOLEAN.parse(name, origin, disableSsl).equals(true);
    return (plain ? "http://" : "https://") + endpoint;
  }
}
