/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.simulation;

import io.github.flytehadoop.testkit.TestSecrets;
import io.github.flytehadoop.testkit.WebServer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A directory of a web server, whose addresses are signed. */
final class WebDisk implements Disk {
  private static final String SIGNATURE =
      TestSecrets.remember("tstSecretSimulatedSignatureNeverPrintIt");

  private final WebServer server;
  private final String directory;
  private final SortedMap<String, String> files = new TreeMap<>();
  private int versions;

  WebDisk(WebServer server, String directory) {
    this.server = server;
    this.directory = directory;
  }

  /** A path as it stands in an address. */
  static String spelled(String path) {
    String encoded = URLEncoder.encode(path, StandardCharsets.UTF_8);
    return encoded.replace("+", "%20").replace("%2F", "/");
  }

  private String page(String path) {
    return "/" + directory + "/" + spelled(path) + "?X-Amz-Signature=" + SIGNATURE;
  }

  @Override
  public String uri(String path) {
    return server.url(page(path));
  }

  @Override
  public SortedMap<String, String> files() {
    return new TreeMap<>(files);
  }

  @Override
  public boolean write(String path, String content) {
    if (content.startsWith("\0")) {
      return false;
    }
    int version = ++versions;
    String time = String.format("Sun, 01 Nov 2026 10:%02d:%02d GMT", version / 60, version % 60);
    server.put(page(path), Contents.bytes(content), "v" + version, time);
    files.put(path, content);
    return true;
  }

  @Override
  public List<String> remove(String path) {
    List<String> gone =
        files.keySet().stream()
            .filter(key -> key.equals(path) || key.startsWith(path + "/"))
            .toList();
    gone.forEach(key -> server.fail(page(key), 404));
    files.keySet().removeAll(gone);
    return gone;
  }

  @Override
  public void close() {
    remove("data");
  }
}
