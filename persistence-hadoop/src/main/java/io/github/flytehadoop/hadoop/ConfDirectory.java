/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop;

import io.github.flytehadoop.error.ConfigException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hadoop's own files of a cluster. Hadoop finds them on the class path alone, where its start
 * scripts put {@code HADOOP_CONF_DIR}; a JVM that was started otherwise has them read from there.
 */
public final class ConfDirectory {
  /** The environment variable that names the directory. */
  public static final String VARIABLE = "HADOOP_CONF_DIR";

  private static final Logger LOG = LoggerFactory.getLogger(ConfDirectory.class);
  private static final List<String> FILES =
      List.of("core-site.xml", "hdfs-site.xml", "mapred-site.xml", "yarn-site.xml");

  private ConfDirectory() {}

  /**
   * A new Configuration: Hadoop's defaults, the class path, and the directory for what it lacks.
   */
  public static Configuration configuration(Map<String, String> environment) {
    Configuration configuration = new Configuration();
    String said = environment.getOrDefault(VARIABLE, "").strip();
    if (said.isEmpty()) {
      return configuration;
    }
    Path directory = Path.of(said);
    if (!Files.isDirectory(directory)) {
      LOG.warn("{} names {}, which is no directory: nothing is read from it", VARIABLE, said);
      return configuration;
    }
    for (String name : FILES) {
      Path file = directory.resolve(name);
      if (!Files.isRegularFile(file)) {
        continue;
      }
      requireWellFormed(file);
      if (configuration.getResource(name) == null) {
        configuration.addResource(new org.apache.hadoop.fs.Path(file.toUri()));
      }
    }
    return configuration;
  }

  /**
   * Hadoop would read and fetch whatever a document type names (B68), and fails with a stack trace
   * of its parser where a file is no XML (B91).
   */
  private static void requireWellFormed(Path file) {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    try (InputStream in = Files.newInputStream(file)) {
      XMLStreamReader reader = factory.createXMLStreamReader(in);
      while (reader.hasNext()) {
        if (reader.next() == XMLStreamConstants.DTD) {
          throw refused(
              file, "It has a document type, which can name other files. Remove its <!DOCTYPE.");
        }
      }
    } catch (XMLStreamException malformed) {
      throw refused(file, place(malformed.getLocation()) + "it is not valid XML. Mend it.");
    } catch (IOException unreadable) {
      throw refused(
          file,
          "it cannot be read ("
              + unreadable.getClass().getSimpleName()
              + "). Check that it may be read.");
    }
  }

  /** The parser's own message quotes the text, which may hold a secret. */
  private static String place(@Nullable Location at) {
    return at == null || at.getLineNumber() < 1
        ? ""
        : "in line " + at.getLineNumber() + " column " + at.getColumnNumber() + " ";
  }

  private static ConfigException refused(Path file, String problemAndFix) {
    return new ConfigException(file.toString(), VARIABLE, problemAndFix);
  }
}
