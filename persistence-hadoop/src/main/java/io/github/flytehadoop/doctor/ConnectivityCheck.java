/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.doctor;

import io.github.flytehadoop.hadoop.request.TlsHandshake;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocketFactory;

/** Whether something answers at an endpoint, and whether its certificate is trusted. */
final class ConnectivityCheck {
  private static final String REACH = "reach";
  private static final String TLS = "tls";

  private final Duration patience;
  private final SSLSocketFactory factory;

  /** With the trust store of this JVM. */
  ConnectivityCheck(Duration patience) {
    this(patience, (SSLSocketFactory) SSLSocketFactory.getDefault());
  }

  ConnectivityCheck(Duration patience, SSLSocketFactory factory) {
    this.patience = patience;
    this.factory = factory;
  }

  /** Of name nodes one is enough. */
  List<Finding> examine(List<Endpoint> endpoints, String howToSet) {
    List<Finding> refused = new ArrayList<>();
    for (Endpoint endpoint : endpoints) {
      Finding found = connect(endpoint, howToSet);
      if (!found.isFailed()) {
        List<Finding> findings = new ArrayList<>(List.of(found));
        refused.forEach(
            other ->
                findings.add(Finding.warning(REACH, other.detail(), String.valueOf(other.fix()))));
        findings.add(tls(endpoint));
        return findings;
      }
      refused.add(found);
    }
    return refused;
  }

  private Finding connect(Endpoint endpoint, String howToSet) {
    InetSocketAddress address = new InetSocketAddress(endpoint.host(), endpoint.port());
    if (address.isUnresolved()) {
      return Finding.failed(
          REACH,
          "no host has the name " + endpoint.host(),
          "Correct the endpoint (" + howToSet + "), or the DNS of this machine.");
    }
    try (Socket socket = new Socket()) {
      socket.connect(address, (int) patience.toMillis());
      return Finding.ok(REACH, endpoint + " answers");
    } catch (SocketTimeoutException silent) {
      return Finding.failed(
          REACH,
          endpoint + " does not answer within " + patience.toSeconds() + " s",
          "Check firewalls, proxies and the endpoint (" + howToSet + ").");
    } catch (UnknownHostException unknown) {
      return Finding.failed(REACH, "no host has the name " + endpoint.host(), "Correct it.");
    } catch (IOException refused) {
      return Finding.failed(
          REACH,
          "nothing listens at " + endpoint + " (" + refused.getMessage() + ")",
          "Start the server, or correct the port of the endpoint (" + howToSet + ").");
    }
  }

  private Finding tls(Endpoint endpoint) {
    return switch (endpoint.web()) {
      case NONE -> Finding.skipped(TLS, "this protocol has none of its own");
      case PLAIN -> {
        boolean local = endpoint.host().equals("localhost") || endpoint.host().startsWith("127.");
        yield local
            ? Finding.ok(TLS, "none, and the endpoint is on this machine")
            : Finding.warning(
                TLS,
                "none: keys are safe, data is not",
                "Use an https:// endpoint where the network is not yours.");
      }
      case TLS -> handshake(endpoint);
    };
  }

  private Finding handshake(Endpoint endpoint) {
    try {
      SSLSession session = TlsHandshake.with(factory, endpoint.host(), endpoint.port(), patience);
      return Finding.ok(TLS, session.getProtocol() + ", certificate " + certificate(session));
    } catch (SSLException untrusted) {
      return Finding.failed(
          TLS,
          "the handshake with " + endpoint + " failed (" + untrusted.getMessage() + ")",
          "Add the signer to the trust store (-Djavax.net.ssl.trustStore), or use http:// if the"
              + " server has no TLS.");
    } catch (IOException broken) {
      return Finding.failed(
          TLS,
          endpoint + " broke the handshake off (" + broken.getMessage() + ")",
          "Use http:// if the server has no TLS.");
    }
  }

  private static String certificate(SSLSession session) throws SSLPeerUnverifiedException {
    Certificate[] chain = session.getPeerCertificates();
    return chain.length > 0 && chain[0] instanceof X509Certificate first
        ? "valid until " + first.getNotAfter().toInstant()
        : "of an unknown kind";
  }
}
