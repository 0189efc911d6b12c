/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.testkit.Rule;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.Test;

/** Redirects of servers that speak TLS. */
@Rule("B89")
class HttpRedirectsTest {
  private static final Location AT = Location.parse("https://host/a");

  @Test
  void anEncryptedAddressIsNotLeftForOneThatIsNot() throws TransferException {
    assertThat(HttpRedirects.next("read", AT, new Redirect("https://other/b c")))
        .hasToString("https://other/b%20c");
    assertThat(HttpRedirects.next("read", AT, new Redirect("//other/b")))
        .hasToString("https://other/b");
    assertThatExceptionOfType(TransferException.class)
        .isThrownBy(() -> HttpRedirects.next("read", AT, new Redirect("http://other/b?sig=abc")))
        .withMessageContaining("Cannot read https://host/a: ")
        .withMessageContaining("leads to http://other/b?*** (it is not encrypted)")
        .satisfies(refused -> assertThat(refused.getMessage()).doesNotContain("abc"));
  }

  /** An answer of {@link #AT}. */
  private record Redirect(String address) implements HttpResponse<Void> {
    @Override
    public int statusCode() {
      return 302;
    }

    @Override
    public HttpHeaders headers() {
      return HttpHeaders.of(Map.of("Location", List.of(address)), (name, value) -> true);
    }

    @Override
    public URI uri() {
      return URI.create(AT.text());
    }

    @Override
    public HttpRequest request() {
      return HttpRequest.newBuilder(uri()).build();
    }

    @Override
    public Optional<HttpResponse<Void>> previousResponse() {
      return Optional.empty();
    }

    @Override
    public Void body() {
      return null;
    }

    @Override
    public Optional<SSLSession> sslSession() {
      return Optional.empty();
    }

    @Override
    public HttpClient.Version version() {
      return HttpClient.Version.HTTP_1_1;
    }
  }
}
