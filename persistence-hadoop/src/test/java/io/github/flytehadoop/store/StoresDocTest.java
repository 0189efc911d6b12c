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
            "1",
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

            - **Azure.** Transfers use Azure's own client at the blob endpoint, which must be reachable on accounts with a
              hierarchical namespace too; `getFileSystem` gives ABFS. Both are made from the effective `fs.azure.*` keys; those of
              a container or account win. There is no anonymous access. Key providers and encryption contexts of one's own,
              user-bound signatures and `fs.flyte.client=hadoop` go through ABFS alone, without metadata. ABFS asks each account
              once whether its directories are real; `fs.azure.account.hns.enabled.ACCOUNT.dfs.core.windows.net=true` (or `false`)
              saves that request. Names that end with a dot, or hold a backslash or control character, are refused. Metadata names
              are identifiers there: `-` is written as `_`, anything else that is no letter or digit as `__` and two hexadecimal
              digits; they come back as they were.
            - **GCS.** Transfers use Google's client of the JSON API, made from the effective `fs.gs.*` keys (`google.cloud.auth.*` too): all kinds of
              `fs.gs.auth.type`, impersonation, proxy, timeouts, `fs.gs.http.max.retry`, headers, requester pays, keys of your own. `getFileSystem` gives the connector
              (4.0.4, shaded); delegation tokens and `fs.flyte.client=hadoop` go through it alone. It trusts whom Java trusts. The CRC32C goes with the request that
              publishes: GCS refuses other bytes, and the old object stays. An upload that is given up is ended by a DELETE. Metadata keeps its names and values;
              the connector's own writers put values in base64. Names with a line break are refused.
            - **Proxies.** S3: `fs.s3a.proxy.*`, else `HTTPS_PROXY` and `NO_PROXY` (`HTTP_PROXY` for a plain endpoint). GCS: `fs.gs.proxy.*`, else the JVM's
              `https.proxyHost`, else the same variables; Azure: the JVM's, else the variables. An answer of the proxy is told with its address. Java sends
              no password before a tunnel unless `jdk.http.auth.tunneling.disabledSchemes` is empty, which it is in `flyte-data`: a program of
              your own sets it for Azure. ABFS, which Azure's hierarchical accounts need for their directories, looks for the JVM's proxy
              alone, and only with `fs.azure.networking.library=JDK_HTTP_URL_CONNECTION`; `flyte-data` gives its JVM the one of the environment.
            - **Control characters.** S3, GCS, HDFS and local disks hold names with U+0001 to U+001F, other than line breaks on GCS; NUL and DEL are refused
              everywhere. S3A and Spark cannot list them: XML has no such characters, and they do not ask for encoded keys.
            - **HDFS.** Names with a colon are refused. WebHDFS has no names with decomposed accents (Unicode NFD) either: its client composes them.
              Tickets are used where there are any; `flyte.kerberos.keytab` and `flyte.kerberos.principal` log in otherwise.
            - **Web servers.** A URL is sent as it is written, with its query. There are no listings. `flyte.http.timeout` is the time that a
              server may be silent; a proxy is that of the JVM's `https.proxyHost`.
              A large file is read in ranges when the server sends one and tells versions apart, by a strong etag or `Last-Modified`; else in one
              stream. Length, date and etag of every answer must be those that were planned.
            - **FTP, SFTP.** Users and passwords are Hadoop keys: `fs.ftp.user.HOST`, `fs.ftp.password.HOST`, `fs.sftp.user.HOST`,
              `fs.sftp.password.HOST.USER`, `fs.sftp.keyfile`.
              A file is read in one stream. One that is replaced makes way under a temporary name (`._flyte_tmp_…=NAME`) and gets its name back
              when anything fails; when that fails too the message names both files. Versions are told apart by length and time, which FTP
              servers may give to the minute. The same holds for every file system of `fs.SCHEME.impl`, and of `fs.flyte.client=hadoop`
              but S3A: of writers who refuse to replace a file and publish at once, more than one may win on GCS, where a rename looks first and then copies.
              On a flat account ABFS renames by a copy and a deletion, so that one of many writers of a file may fail with a conflict.
              The contract suite runs on S3A, on the connector of GCS and on ABFS as well, with the servers of the table.
            - **Large files in parts.** S3 has multipart uploads; HDFS concatenates files of a hidden directory, but not in encryption zones,
              behind `viewfs` or over HTTP; GCS composes objects below a hidden prefix. Elsewhere one stream writes a file.
            - **Copies inside a store.** S3 copies what one identity has in both places, and files above 5 GiB in parts
              (`flyte.s3.copy.limit.bytes`, `flyte.s3.copy.part.bytes`); GCS copies what one identity has in both
              places, the version that was listed and no other. Metadata stays unless other is given.
            - **Headers.** Metadata named `content-type`, `content-encoding`, `content-language`, `content-disposition` or `cache-control`
              describes the content: S3, Azure and GCS have all five. Of Spark's and Hadoop's own writers S3A
              takes the encoding alone, for a whole bucket: `fs.s3a.object.content.encoding`.
            - **Clients of S3.** Native code (aws-crt) carries what is read, written and listed; the AWS SDK sends the rest, and over plain
              HTTP bodies above 4 MiB, too. `getFileSystem` gives S3A. All are made from the effective `fs.s3a.*` keys. Client-side
              encryption, custom signers, delegation tokens, access grants, access points and `fs.flyte.client=hadoop` go through S3A alone.
              `fs.flyte.client=sdk`, a platform without a library, a proxy: no native code. The command line has its library unpacked; a
              program unpacks it into the temporary directory or, where that is read-only, full or `noexec`, another;
              `-Daws.crt.lib.dir=DIR` names one. Over TLS it trusts whom Java trusts; what it cannot connect to, Java does.
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
            - What they do otherwise than the services: fake-gcs-server knows no identities, checks a precondition only at the end of an upload
              and none of a copy or composition, compares no digest of a resumable upload,
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
