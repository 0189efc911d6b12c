/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.config.text;

import io.github.flytehadoop.error.ConfigException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/** A YAML document as nested maps whose leaves are the text that the user wrote. */
public final class YamlTree {
  private static final int MOST_ALIASES = 50;
  private static final int DEEPEST_NESTING = 50;

  private final Path file;
  private final @Nullable Object root;

  private YamlTree(Path file, @Nullable Object root) {
    this.file = file;
    this.root = root;
  }

  /**
   * Parses a document. flytekit passes over a file with a syntax error, and its run goes on with
   * other credentials to another store: here it is an error (B91).
   *
   * @throws ConfigException if the document has a syntax error
   */
  public static YamlTree parse(Path file, String text) {
    try {
      return new YamlTree(file, yaml().load(text));
    } catch (YAMLException | ClassCastException e) {
      // the parser casts without asking when a tag such as !!int stands before a list
      throw refused(file, e);
    }
  }

  /** The mapping at a dotted path, {@code null} if there is none. */
  public @Nullable Map<?, ?> mapping(String path) {
    Object node = root;
    for (String name : path.split("\\.", -1)) {
      node = node instanceof Map<?, ?> map ? map.get(name) : null;
    }
    return node instanceof Map<?, ?> map ? map : null;
  }

  /**
   * The text of a leaf, {@code null} if it is absent or empty. Source: CFG-3.
   *
   * @throws ConfigException if there is a list or a mapping instead
   */
  public @Nullable String text(String block, String name) {
    Map<?, ?> mapping = mapping(block);
    Object value = mapping == null ? null : mapping.get(name);
    if (value instanceof String text) {
      return text.isBlank() ? null : text;
    }
    if (value == null || isEmpty(value)) {
      return null;
    }
    throw new ConfigException(
        block + "." + name,
        file.toString(),
        "it is not a single value. Write it as \"" + name + ": VALUE\".");
  }

  private static boolean isEmpty(Object value) {
    return (value instanceof Collection<?> list && list.isEmpty())
        || (value instanceof Map<?, ?> map && map.isEmpty());
  }

  /** The parser's own message quotes the line, which may hold a secret; the place is enough. */
  private static ConfigException refused(Path file, RuntimeException error) {
    String problemAndFix = "it is not valid YAML. Mend it, or name another file.";
    Mark mark = error instanceof MarkedYAMLException marked ? marked.getProblemMark() : null;
    return mark == null
        ? ConfigText.refused(file, problemAndFix)
        : ConfigText.refused(file, mark.getLine() + 1, mark.getColumn() + 1, problemAndFix);
  }

  private static Yaml yaml() {
    LoaderOptions limits = new LoaderOptions();
    limits.setMaxAliasesForCollections(MOST_ALIASES);
    limits.setNestingDepthLimit(DEEPEST_NESTING);
    DumperOptions unused = new DumperOptions();
    return new Yaml(
        new TextConstructor(limits), new Representer(unused), unused, limits, new TextResolver());
  }

  /** Leaves scalars as written even where a tag asks for another type. */
  private static final class TextConstructor extends SafeConstructor {
    TextConstructor(LoaderOptions limits) {
      super(limits);
      for (Tag tag : List.of(Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.TIMESTAMP, Tag.BINARY)) {
        yamlConstructors.put(tag, new ConstructYamlStr());
      }
    }
  }

  /** Leaves scalars as written: a key of digits is no number, {@code 0123} least of all. */
  private static final class TextResolver extends Resolver {
    @Override
    protected void addImplicitResolvers() {
      addImplicitResolver(Tag.NULL, NULL, "~nN\0");
      addImplicitResolver(Tag.NULL, EMPTY, null);
      addImplicitResolver(Tag.MERGE, MERGE, "<");
    }
  }
}
