/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.azure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.hadoop.azure.AzureClientSettings;
import io.github.flytehadoop.hadoop.azure.AzureConnection;
import io.github.flytehadoop.hadoop.azure.AzureNamespace;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.RelativePath;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.ByteRange;
import io.github.flytehadoop.store.Listing;
import io.github.flytehadoop.store.ObjectWrite;
import io.github.flytehadoop.store.Store;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.testkit.AzureServer;
import io.github.flytehadoop.testkit.RequireStores;
import io.github.flytehadoop.testkit.TestSecrets;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.azurebfs.extensions.SASTokenProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A flat account, on an emulator that is found by name, without Hadoop's file system. */
@RequireStores("azure")
class AzureStoreTest {
  private static final int BLOCK = 4 << 20;

  private final AzureServer server = AzureServer.shared();
  private String container;
  private Location root;

  @BeforeEach
  void aContainer() {
    container = server.newContainer();
    root = Location.parse("abfs://" + container);
  }

  private Configuration conf() {
    Configuration conf = new Configuration(false);
    conf.set("fs.azure.abfs.endpoint", "localhost:" + server.uri().getPort());
    conf.set("fs.azure.always.use.https", "false");
    conf.set("fs.azure.account.key", TestSecrets.AZURE_ACCOUNT_KEY);
    return conf;
  }

  private Store store(Configuration conf) throws IOException {
    URI uri =
        URI.create("abfs://" + container + "@" + AzureServer.ACCOUNT + ".dfs.core.windows.net/");
    return AzureStore.of(
        uri,
        () -> {
          throw new IOException("nobody needs ABFS");
        },
        new AzureConnection(AzureClientSettings.of(uri, conf)),
        AzureNamespace.FLAT,
        BLOCK);
  }

  private Location at(String key) {
    return root.child(new RelativePath(key));
  }

  private void put(Store store, String key, byte[] content) throws IOException {
    try (ObjectWrite write = store.write(at(key), WriteOptions.ofLength(content.length))) {
      write.write(content);
      write.commit();
    }
  }

  private List<String> below(Store store, Location directory) throws IOException {
    List<String> names = new ArrayList<>();
    try (Listing listing = store.tree(directory)) {
      while (listing.hasNext()) {
        names.add(listing.next().path().value());
      }
    }
    return names;
  }

  private List<String> children(Store store, Location directory) throws IOException {
    List<String> names = new ArrayList<>();
    try (Listing listing = store.children(directory)) {
      while (listing.hasNext()) {
        var child = listing.next();
        names.add(child.path().value() + (child.attributes().isDirectory() ? "/" : ""));
      }
    }
    return names;
  }

  @Test
  void directoriesNeedNoFileSystem() throws IOException {
    Store store = store(conf());
    put(store, "d/e/file", "content".getBytes(UTF_8));
    store.makeDirectory(at("d/marked"));
    store.makeDirectory(at("d/marked"));
    put(store, "d/marked/too", new byte[0]);
    assertThat(below(store, root)).containsExactlyInAnyOrder("d/e/file", "d/marked/too");
    assertThat(children(store, at("d"))).containsExactlyInAnyOrder("e/", "marked/");
    assertThat(store.stat(at("d/marked")).isDirectory()).isTrue();
    assertThat(store.stat(at("d/e")).isDirectory()).isTrue();
    store.delete(at("d"), store.stat(at("d")));
    assertThat(below(store, root)).isEmpty();
  }

  @Test
  void noDirectoryIsMadeOfOrBelowAFile() throws IOException {
    Store store = store(conf());
    put(store, "file", new byte[1]);
    for (String key : List.of("file", "file/d", "file/d/e")) {
      assertThat(
              catchThrowableOfType(TransferException.class, () -> store.makeDirectory(at(key)))
                  .kind())
          .isEqualTo(FailureKind.CONFLICT);
    }
  }

  @Test
  void aDirectoryOfManyFilesIsDeletedPageByPage() throws IOException {
    Store store = store(conf());
    for (int i = 0; i < 40; i++) {
      put(store, "many/" + i, new byte[0]);
    }
    put(store, "many-more", new byte[0]);
    store.delete(at("many"), store.stat(at("many")));
    assertThat(below(store, root)).containsExactly("many-more");
  }

  @Test
  void oneRequestReadsAFileOfManyBlocksAndAnotherGoesOnAfterASeek() throws IOException {
    Store store = store(conf());
    byte[] content = new byte[3 * BLOCK];
    content[2 * BLOCK] = 7;
    put(store, "large", content);
    Attributes known = store.stat(at("large"));
    int before = server.requests().size();
    try (InputStream in = store.open(at("large"), known, ByteRange.WHOLE)) {
      assertThat(in.readAllBytes()).isEqualTo(content);
    }
    assertThat(server.requests().subList(before, server.requests().size()))
        .hasSize(1)
        .allMatch(line -> line.startsWith("GET"));
  }

  /** Of the user's; the signature permits all. */
  public static final class Signatures implements SASTokenProvider {
    @Override
    public void initialize(Configuration conf, String account) {}

    @Override
    public String getSASToken(String account, String container, String path, String operation) {
      return AzureServer.shared().newSignature("rwdlac");
    }
  }

  @Test
  void aClassOfTheUsersSignsEveryKindOfRequest() throws IOException {
    Configuration conf = conf();
    conf.unset("fs.azure.account.key");
    conf.set("fs.azure.account.auth.type", "SAS");
    conf.set("fs.azure.sas.token.provider.type", Signatures.class.getName());
    Store store = store(conf);
    WriteOptions described =
        WriteOptions.ofLength(2L * BLOCK).with(Map.of("content-type", "text/plain", "a-b", "c"));
    try (ObjectWrite write = store.write(at("a b/%c"), described)) {
      write.write(new byte[2 * BLOCK]);
      write.commit();
    }
    assertThat(store.metadata(at("a b/%c")))
        .isEqualTo(Map.of("content-type", "text/plain", "a-b", "c"));
    assertThat(below(store, root)).containsExactly("a b/%c");
    try (InputStream in = store.open(at("a b/%c"), store.stat(at("a b/%c")), ByteRange.WHOLE)) {
      assertThat(in.readAllBytes()).hasSize(2 * BLOCK);
    }
    store.delete(at("a b/%c"), store.stat(at("a b/%c")));
    assertThat(below(store, root)).isEmpty();
  }
}
