/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A key and a certificate that nobody signed but itself, in a PKCS #12 file that serves a server as
 * its keys and a client as its trust store.
 */
public record TlsKeys(Path file) {
  /** Opens the file. */
  public static final String PASSWORD = "changeit";

  /**
   * New ones.
   *
   * @param name whom the certificate is for, such as {@code ip:127.0.0.1} or {@code dns:elsewhere}
   */
  public static TlsKeys create(String name) throws IOException {
    Path keys = TestDirectories.create("tls").resolve("keys.p12");
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    List<String> generate =
        List.of(keytool, "-genkeypair", "-alias", "server", "-keyalg", "EC", "-dname", "CN=test");
    List<String> command = new ArrayList<>(generate);
    command.addAll(List.of("-ext", "san=" + name, "-storetype", "PKCS12"));
    command.addAll(List.of("-keystore", keys.toString(), "-storepass", PASSWORD));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!Files.exists(keys)) {
      throw new IOException("keytool made no keys: " + said);
    }
    return new TlsKeys(keys);
  }

  /** A context of a server that has the key, and of a client that trusts it. */
  public SSLContext context() throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys, PASSWORD.toCharArray());
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("server", keys.getCertificate("server"));
    TrustManagerFactory others =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    others.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), others.getTrustManagers(), null);
    return context;
  }
}
