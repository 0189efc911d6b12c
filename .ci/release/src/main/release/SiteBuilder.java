/* Licensed under Apache-2.0; see LICENSE. */

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.HeadingAnchorExtension;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * Makes the site: the README as its first page, every page of {@code docs}, the examples as they
 * are, beside the Javadoc that is there already. A link that leads nowhere ends the build.
 *
 * <p>{@code java -cp COMMONMARK/* SiteBuilder.java CHECKOUT SITE}
 */
final class SiteBuilder {
  private static final List<Extension> EXTENSIONS =
      List.of(TablesExtension.create(), HeadingAnchorExtension.create());
  private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();
  private static final HtmlRenderer RENDERER = HtmlRenderer.builder().extensions(EXTENSIONS).build();
  private static final Pattern LINK = Pattern.compile("href=\"([^\":#]+)(#[^\"]*)?\"");
  private static final Pattern TITLE = Pattern.compile("(?m)^# (.+)$");
  private static final String PAGE =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>%1$s</title>
      <style>
      body { font: 16px/1.5 sans-serif; max-width: 60em; margin: 0 auto; padding: 1em; }
      pre { overflow-x: auto; background: #f4f4f4; padding: .7em; }
      code { font-size: .92em; }
      table { border-collapse: collapse; }
      td, th { border: 1px solid #ccc; padding: .3em .6em; text-align: left; vertical-align: top; }
      </style>
      </head>
      <body>
      <nav><a href="%2$sindex.html">Start</a> · <a href="%2$sdocs/architecture.html">Architecture</a> · \
      <a href="%2$sdocs/examples/README.html">Examples</a> · \
      <a href="%2$sapidocs/persistence-hadoop/index.html">Javadoc</a> · \
      <a href="%2$sapidocs/spark-integration_2.13/index.html">Javadoc for Spark</a> · \
      <a href="%2$sCHANGELOG.html">Changes</a></nav>
      %3$s</body>
      </html>
      """;

  private final Path checkout;
  private final Path site;
  private final List<String> broken = new ArrayList<>();

  private SiteBuilder(Path checkout, Path site) {
    this.checkout = checkout;
    this.site = site;
  }

  public static void main(String[] arguments) throws IOException {
    SiteBuilder builder =
        new SiteBuilder(Path.of(arguments[0]).normalize(), Path.of(arguments[1]).normalize());
    List<Path> sources = builder.sources();
    for (Path source : sources) {
      builder.add(source);
    }
    Files.copy(builder.site.resolve("README.html"), builder.site.resolve("index.html"));
    for (Path source : sources) {
      builder.check(builder.target(source));
    }
    if (!builder.broken.isEmpty()) {
      throw new IOException("links that lead nowhere:\n" + String.join("\n", builder.broken));
    }
    System.out.println(sources.size() + " pages and files in " + builder.site);
  }

  private List<Path> sources() throws IOException {
    List<Path> found = new ArrayList<>();
    for (String name : List.of("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "LICENSE", "NOTICE")) {
      found.add(Path.of(name));
    }
    for (String directory : List.of("docs", "conf")) {
      try (Stream<Path> all = Files.walk(checkout.resolve(directory))) {
        all.filter(Files::isRegularFile).map(checkout::relativize).sorted().forEach(found::add);
      }
    }
    Path testkit = Path.of("persistence-hadoop/src/test/java/io/github/flytehadoop/testkit/README.md");
    found.add(testkit);
    return found;
  }

  private Path target(Path source) {
    return site.resolve(source.toString().replaceFirst("\\.md$", ".html"));
  }

  private void add(Path source) throws IOException {
    Path target = target(source);
    Files.createDirectories(target.getParent());
    if (!source.toString().endsWith(".md")) {
      Files.copy(checkout.resolve(source), target);
      return;
    }
    String text = Files.readString(checkout.resolve(source));
    Matcher title = TITLE.matcher(text);
    String top = "../".repeat(source.getNameCount() - 1);
    String body = links(RENDERER.render(PARSER.parse(text)));
    Files.writeString(
        target, PAGE.formatted(title.find() ? title.group(1).replace("`", "") : source, top, body));
  }

  private static String links(String html) {
    return LINK.matcher(html)
        .replaceAll(
            link -> {
              String to = link.group(1).replaceFirst("\\.md$", ".html");
              String anchor = link.group(2) == null ? "" : link.group(2);
              return Matcher.quoteReplacement("href=\"" + to + anchor + "\"");
            });
  }

  /** Directories are listed by the web server; what leads to a source is left to the repository. */
  private void check(Path page) throws IOException {
    if (!page.toString().endsWith(".html")) {
      return;
    }
    Matcher link = LINK.matcher(Files.readString(page));
    while (link.find()) {
      Path to = page.resolveSibling(link.group(1)).normalize();
      boolean source = to.startsWith(site) && Files.exists(checkout.resolve(site.relativize(to)));
      if (!Files.exists(to) && !source) {
        broken.add(site.relativize(page) + ": " + link.group(1));
      }
    }
  }
}
