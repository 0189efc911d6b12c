/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.flytehadoop.hadoop.ConfDirectory;
import io.github.flytehadoop.testkit.Rule;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Configuration in XML that wants other files: none is fetched, none is read (B68). */
class HostileConfigurationTest {
  @TempDir Path temp;

  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        <!DOCTYPE c [<!ENTITY x SYSTEM "%s">]>
        <configuration><property><name>fs.x</name><value>&x;</value></property></configuration>
        """,
        """
        <!DOCTYPE c SYSTEM "%s">
        <configuration><property><name>fs.x</name><value>y</value></property></configuration>
        """,
        """
        <!DOCTYPE c [<!ENTITY %% x SYSTEM "%s"> %%x;]>
        <configuration><property><name>fs.x</name><value>y</value></property></configuration>
        """
      })
  @Rule("B68")
  void nothingIsFetched(String xml) throws Exception {
    AtomicInteger fetched = new AtomicInteger();
    HttpServer web =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    web.createContext(
        "/",
        exchange -> {
          fetched.incrementAndGet();
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    web.start();
    try {
      String url = "http://127.0.0.1:" + web.getAddress().getPort() + "/x.dtd";
      read(xml.formatted(url));
      assertThat(fetched).hasValue(0);
    } finally {
      web.stop(0);
    }
  }

  @Test
  @Rule("B68")
  void noLocalFileIsReadInto() throws Exception {
    Path secret = Files.writeString(temp.resolve("secret"), "local-secret-text");
    String read =
        read(
            """
            <!DOCTYPE c [<!ENTITY x SYSTEM "%s">]>
            <configuration><property><name>fs.x</name><value>&x;</value></property></configuration>
            """
                .formatted(secret.toUri()));
    assertThat(read).doesNotContain("local-secret-text");
  }

  /** The value that was read, or why none was. */
  private String read(String xml) throws Exception {
    Path directory = Files.createDirectories(temp.resolve("conf"));
    Files.writeString(directory.resolve("core-site.xml"), xml);
    try {
      Configuration configuration =
          ConfDirectory.configuration(Map.of("HADOOP_CONF_DIR", directory.toString()));
      return String.valueOf(configuration.get("fs.x"));
    } catch (RuntimeException refused) {
      return refused.toString();
    }
  }
}
