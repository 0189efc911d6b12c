/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.api.client.http.ByteArrayContent;
import com.google.api.services.storage.model.StorageObject;
import com.google.cloud.hadoop.util.AccessTokenProvider;
import io.github.flytehadoop.testkit.ScriptedGcs;
import io.github.flytehadoop.testkit.TestSecrets;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where tokens and bytes go, whatever a store answers and whatever is configured. */
class GcsAddressTest {
  private static final String TOKEN = TestSecrets.remember("tstSecret31.GcsTokenNeverPrintIt32");

  /** A token for everybody. */
  public static final class Tokens implements AccessTokenProvider {
    private Configuration conf = new Configuration(false);

    @Override
    public AccessToken getAccessToken() {
      return new AccessToken(TOKEN, Instant.now().plusSeconds(3600));
    }

    @Override
    public void refresh() {}

    @Override
    public void setConf(Configuration changed) {
      conf = changed;
    }

    @Override
    public Configuration getConf() {
      return conf;
    }
  }

  private ScriptedGcs store;
  private ScriptedGcs other;

  @BeforeEach
  void start() throws IOException {
    store = new ScriptedGcs();
    other = new ScriptedGcs();
  }

  @AfterEach
  void stop() {
    store.close();
    other.close();
  }

  private GcsConnection connection(String root) {
    Configuration conf = new Configuration(false);
    conf.set("fs.gs.storage.root.url", root);
    conf.set("fs.gs.auth.type", "ACCESS_TOKEN_PROVIDER");
    conf.set("fs.gs.auth.access.token.provider", Tokens.class.getName());
    conf.set("fs.gs.proxy.address", proxyOf(root));
    return new GcsConnection(GcsClientSettings.of(conf));
  }

  /** So that any host leads to the store of the test. */
  private String proxyOf(String root) {
    return root.equals(store.url()) ? "" : "127.0.0.1:" + URI.create(store.url()).getPort();
  }

  private StorageObject upload(String location) throws IOException {
    store.answers(new ScriptedGcs.Answer(200, "", Map.of("Location", location)));
    StorageObject object = new StorageObject().setName("k").setContentType("text/plain");
    try (GcsConnection connection = connection(store.url())) {
      return GcsSession.start(connection, new GcsSession.Target("b", object, null))
          .finish(offset -> new ByteArrayContent(null, new byte[3]), 3, "AAAAAA==");
    }
  }

  @Test
  void anUploadGoesToTheStoreThatWasAsked() throws IOException {
    int port = URI.create(store.url()).getPort();
    String[] elsewhere = {
      other.url() + "session",
      "https://127.0.0.1:" + port + "/session",
      "http://localhost:" + port + "/session",
      "http://127.0.0.1/session",
      "http://127.0.0.1:" + port + "@" + URI.create(other.url()).getAuthority() + "/session",
      "//" + URI.create(other.url()).getAuthority() + "/session",
      "http://no such address/"
    };
    for (String location : elsewhere) {
      int before = store.targets().size();
      assertThat(catchThrowableOfType(GcsUploadLostException.class, () -> upload(location)))
          .as(location)
          .hasMessageContaining("another server");
      assertThat(store.targets()).as(location).hasSize(before + 1);
    }
    assertThat(other.targets()).isEmpty();
    assertThat(GcsAddress.server(URI.create("http://my_gcs:1/")))
        .isNotEqualTo(GcsAddress.server(URI.create("http://her_gcs:1/")));
    assertThat(upload(store.url() + "session?upload_id=1").getGeneration()).isEqualTo(7);
    assertThat(upload("/session?upload_id=2").getGeneration()).isEqualTo(7);
    assertThat(store.targets()).endsWith("/session?upload_id=2");
  }

  private static StorageObject get(GcsConnection connection) throws IOException {
    return connection.call(
        "b", client -> connection.object(client.objects().get("b", "k"), "b").execute());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://gcs.example.org/",
        "HTTP://10.0.0.1:4443/",
        "http://127.0.0.1.example.org/",
        "http://localhost.example.org/"
      })
  void aTokenDoesNotTravelInClear(String root) {
    try (GcsConnection connection = connection(root)) {
      assertThat(catchThrowableOfType(GcsCredentialsException.class, () -> get(connection)))
          .hasMessageContaining("in clear")
          .hasMessageContaining("fs.gs.auth.type");
    }
    assertThat(store.targets()).isEmpty();
  }

  @Test
  void aTokenGoesToAnEmulatorOfThisMachine() throws IOException {
    try (GcsConnection connection = connection(store.url())) {
      get(connection);
    }
    assertThat(store.sent(0, "Authorization")).isEqualTo("Bearer " + TOKEN);
    for (String root : new String[] {"http://localhost/", "https://x/", "http://[::1]:1/"}) {
      assertThat(GcsAddress.mayCarryTokens(URI.create(root))).as(root).isTrue();
    }
  }
}
