/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.gcs;

import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.client.http.HttpResponseException;
import com.google.api.client.http.apache.v2.ApacheHttpTransport;
import io.github.flytehadoop.hadoop.proxy.NetworkProxy;
import io.github.flytehadoop.hadoop.proxy.Proxies;
import io.github.flytehadoop.hadoop.proxy.ProxyAnswerException;
import io.github.flytehadoop.hadoop.request.UploadStallDetector;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.apache.http.HttpHost;
import org.apache.http.auth.AuthScope;
import org.apache.http.auth.UsernamePasswordCredentials;
import org.apache.http.client.CredentialsProvider;
import org.apache.http.impl.client.BasicCredentialsProvider;
import org.apache.http.impl.client.HttpClientBuilder;
import org.apache.http.impl.conn.SystemDefaultRoutePlanner;
import org.apache.http.impl.execchain.TunnelRefusedException;

/** Makes the connections: as many as there are requests at once, kept for the next ones. */
final class GcsTransport {
  private static final int MOST_CONNECTIONS = 500;

  /** What proxies say when they let nothing through, or come to no server. */
  private static final Set<Integer> OF_PROXIES = Set.of(403, 502, 504);

  private GcsTransport() {}

  /**
   * Nothing is sent again, followed or unpacked behind our back.
   *
   * @param silence after which a body that nobody takes is given up; zero means 60 s
   */
  static ApacheHttpTransport of(Proxies proxies, NetworkProxy ofStore, Duration silence) {
    HttpClientBuilder client =
        HttpClientBuilder.create()
            .useSystemProperties()
            .setMaxConnTotal(MOST_CONNECTIONS)
            .setMaxConnPerRoute(MOST_CONNECTIONS)
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableContentCompression()
            .disableCookieManagement();
    NetworkProxy named = proxies.named();
    if (named != null && named.address() != null) {
      client.setProxy(host(named.address()));
    } else {
      client.setRoutePlanner(new SystemDefaultRoutePlanner(proxies));
    }
    if (ofStore.address() != null && ofStore.user() != null) {
      CredentialsProvider login = new BasicCredentialsProvider();
      login.setCredentials(
          new AuthScope(host(ofStore.address())),
          new UsernamePasswordCredentials(ofStore.user(), ofStore.password()));
      client.setDefaultCredentialsProvider(login);
    }
    return new ApacheHttpTransport(
        new GcsHttpClient(client.build(), new UploadStallDetector(silence)));
  }

  private static HttpHost host(URI address) {
    return new HttpHost(address.getHost(), address.getPort(), address.getScheme());
  }

  /**
   * The failure as that of a proxy, where one has answered in the place of the store: that asks for
   * no tunnel to it, and knows no error of Google's.
   */
  static Exception told(Exception failure, NetworkProxy proxy) {
    if (proxy.address() == null) {
      return failure;
    }
    for (Throwable link = failure; link != null; link = link.getCause()) {
      if (link instanceof TunnelRefusedException refused) {
        int status = refused.getResponse().getStatusLine().getStatusCode();
        return new ProxyAnswerException(proxy, status, failure);
      }
    }
    return failure instanceof HttpResponseException answer && isOfProxy(answer)
        ? new ProxyAnswerException(proxy, answer.getStatusCode(), failure)
        : failure;
  }

  private static boolean isOfProxy(HttpResponseException answer) {
    boolean google =
        answer instanceof GoogleJsonResponseException json && json.getDetails() != null;
    return answer.getStatusCode() == 407
        || (!google && OF_PROXIES.contains(answer.getStatusCode()));
  }
}
