/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.store.azure.AzureStore;
import io.github.flytehadoop.store.gcs.GcsStore;
import io.github.flytehadoop.store.hdfs.HdfsStore;
import io.github.flytehadoop.store.hdfs.RenamingStore;
import io.github.flytehadoop.store.http.HttpStore;
import io.github.flytehadoop.store.local.LocalStore;
import io.github.flytehadoop.store.memory.MemoryStore;
import io.github.flytehadoop.store.s3.S3Store;
import io.github.flytehadoop.testkit.ProjectRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The matrix of stores, from the traits that each store's contract test asserts. */
class StoresDocTest {
  private record Row(
      String name, String schemes, StoreTraits traits, String published, String small, String by) {
    String line() {
      return String.join(
          " | ",
          "| **" + name + "**",
          schemes,
          traits.tree() == StoreTraits.Tree.DIRECTORIES ? "real" : "prefixes of keys",
          published,
          small,
          switch (traits.checksum()) {
            case CRC32C -> "CRC32C, kept";
            case ON_WRITE -> "MD5 of each request";
            case NONE -> "length";
          },
          traits.metadata() == StoreTraits.Metadata.KEPT ? "kept" : "none",
          switch (traits.parallelWrite()) {
            case POSITIONED -> "any offset";
            case PARTS -> "many machines, in parts";
            case NONE -> "one";
          },
          by + " |");
    }
  }

  private static List<Row> rows() {
    return List.of(
        new Row(
            "Local disk",
            "`file`, paths",
            new LocalStore().traits(),
            "temporary file, atomic move",
            "-",
            "java.nio"),
        new Row(
            "HDFS",
            "`hdfs` (also HA and Kerberos), `viewfs`",
            HdfsStore.TRAITS,
            "temporary file, atomic rename",
            "-",
            "MiniDFSCluster"),
        new Row(
            "HDFS over HTTP",
            "`webhdfs`, `swebhdfs`",
            HdfsStore.WEB_TRAITS,
            "temporary file, atomic rename",
            "-",
            "MiniDFSCluster"),
        new Row(
            "S3 and compatible",
            "`s3`; also `s3a`, `s3n`",
            S3Store.TRAITS,
            "one PUT, or a multipart upload completed once",
            "1",
            "S3Proxy, a scripted endpoint"),
        new Row(
            "Azure, flat namespace",
            "`abfs`, `abfss`; also `az`, `wasb`, `wasbs`",
            AzureStore.traits(StoreTraits.Tree.PREFIXES),
            "one PUT, or blocks and their list",
            "1",
            "Azurite"),
        new Row(
            "Azure, hierarchical namespace",
            "the same",
            AzureStore.traits(StoreTraits.Tree.DIRECTORIES),
            "the same, at the account's blob endpoint",
            "1",
            "none"),
        new Row(
            "Google Cloud Storage",
            "`gs`; also `gcs`",
            GcsStore.TRAITS,
            "one POST, or a resumable upload finished once",
            "1; 3 where it replaces",
            "fake-gcs-server"),
        new Row(
            "FTP and SFTP",
            "`ftp`, `sftp`",
            RenamingStore.STREAM_TRAITS,
            "temporary file, rename; a file that is replaced is gone for a moment",
            "-",
            "Apache FtpServer, Apache MINA SSHD; not the contract"),
        new Row(
            "Web servers, to be read",
            "`http`, `https`",
            new HttpStore(Duration.ofSeconds(1)).traits(),
            "-",
            "-",
            "a server of the JDK; not the contract"),
        new Row(
            "Memory, for tests",
            "`memory`",
            new MemoryStore().traits(),
            "one step",
            "-",
            "itself"));
  }

  private static String rendered() {
    StringBuilder text =
        new StringBuilder(
            """
            # Stores

            Generated from the traits of the stores by `StoresDocTest`; run it with `-Dregenerate.docs=true` after a change. Do not edit.
            The contract tests assert these traits, `CloudRequestsTest` and the tests of S3 the requests.

            | store | schemes | directories | how a file appears | requests of a small put | proof of a put | metadata | writers of a file | tests run against |
            |---|---|---|---|---|---|---|---|---|
            """);
    rows().forEach(row -> text.append(row.line()).append('\n'));
    return text.append(
            """

            What each store does its own way

            - **Azure.** ABFS makes a visible, empty blob before it sends a byte, so writes go to the blob endpoint through its client: it must be
              reachable on accounts with a hierarchical namespace too. There is no anonymous access. ABFS asks each account once
              whether its directories are real; `fs.azure.account.hns.enabled.ACCOUNT.dfs.core.windows.net=true` (or `false`) saves that request. Names that end with a dot, or hold a
              backslash or control character, are refused. Metadata names are identifiers there: `-` is written as `_`, anything else that is no
              letter or digit as `__` and two hexadecimal digits; they come back as they were.
            - **GCS.** The connector (4.0.4, shaded) cannot abort a stream; an upload that is given up ends unfinished, is no object, and is
              forgotten after a week. Metadata keeps its names; the connector writes its values in base64. A large upload that another writer
              overtakes fails as `THROTTLED`, and is sent again by whoever has the source. Names with a line break are refused.
            - **HDFS.** Names with a colon are refused. WebHDFS has no names with decomposed accents (Unicode NFD) either: its client composes them.
              Tickets are used where there are any; `flyte.kerberos.keytab` and `flyte.kerberos.principal` log in otherwise.
            - **Web servers.** A URL is sent as it is written, with its query. There are no listings. `flyte.http.timeout` is the time that a
              server may be silent; a proxy is that of the JVM's `https.proxyHost`.
            - **FTP, SFTP.** Users and passwords are Hadoop keys: `fs.ftp.user.HOST`, `fs.ftp.password.HOST`, `fs.sftp.user.HOST`,
              `fs.sftp.password.HOST.USER`, `fs.sftp.keyfile`.
            - **Large files in parts.** S3 has multipart uploads; HDFS concatenates files of a hidden directory, but not in encryption zones,
              behind `viewfs` or over HTTP; GCS composes objects below a hidden prefix. Elsewhere one stream writes a file.
            - **Copies inside a store.** S3 copies what one identity has in both places, and files above 5 GiB in parts
              (`flyte.s3.copy.limit.bytes`, `flyte.s3.copy.part.bytes`); GCS composes within a bucket. Metadata stays unless other is given.
            - **Headers.** Metadata named `content-type`, `content-encoding`, `content-language`, `content-disposition` or `cache-control`
              describes the content: S3 and Azure have all five, GCS the first two. Of Spark's and Hadoop's own writers S3A
              takes the encoding alone, for a whole bucket: `fs.s3a.object.content.encoding`.
            - **Encryption, storage class, requester pays** are Hadoop keys, given by `hadoopConfiguration(...)` or `core-site.xml`:
              `fs.s3a.encryption.algorithm` and `.key`, `fs.s3a.create.storage.class`, `fs.s3a.requester.pays.enabled`;
              `fs.gs.encryption.algorithm`, `.key` and `.key.hash`, `fs.gs.requester.pays.mode`;
              `fs.azure.encryption.encoded.client-provided-key` and `.sha`.

            Servers of the tests

            - **Azurite 3.37.0** is installed with npm, **fake-gcs-server 1.56.1** with Go, once a machine: below `FLYTE_TEST_CACHE`, or
              `~/.cache/flyte-hadoop-tests`. Where `node` or `go` is missing their tests are skipped, and say so; `FLYTE_REQUIRE_STORES=azure,gcs`
              turns that into a failure.
            - `DataConfig` alone reaches both: `azure.endpoint=http://127.0.0.1:PORT` with the account's name and key,
              `gcs.endpoint=http://127.0.0.1:PORT`. A plain `http` endpoint of GCS means an emulator, and switches off what it lacks
              (`moveTo`, folders, batches) and credentials.
            - What they do otherwise than the services: fake-gcs-server knows no identities, checks a precondition only at the end of an upload,
              and cannot list a prefix with `;`. Azurite answers a read of a deleted version with 412.
            """)
        .toString();
  }

  @Test
  void theCommittedDocumentIsTheMatrix() throws IOException {
    Path document = ProjectRoot.resolve("docs/stores.md");
    if (Boolean.getBoolean("regenerate.docs")) {
      Files.writeString(document, rendered());
    }
    assertThat(Files.readString(document))
        .as("docs/stores.md is not up to date: run this test with -Dregenerate.docs=true")
        .isEqualTo(rendered());
  }
}
