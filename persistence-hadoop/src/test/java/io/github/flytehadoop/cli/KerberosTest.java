/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.flytehadoop.FileAccessProvider;
import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.testkit.RequireStores;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.SecureHdfs;
import io.github.flytehadoop.testkit.TestDirectories;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.PrivilegedExceptionAction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.security.Credentials;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.hadoop.security.token.Token;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whoever has a keytab, a ticket or a token gets in, in a process of its own or in a job. */
@Tag("kerberos")
@RequireStores("hdfs")
class KerberosTest {
  private static final byte[] CONTENT = "for those who may".getBytes(StandardCharsets.UTF_8);

  private static SecureHdfs secure;
  private static String uri;

  @BeforeAll
  static void aFileThatEverybodyWithAnIdentityMayRead() throws IOException {
    secure = SecureHdfs.shared();
    uri = secure.hdfs().newDirectory() + "/file";
    try (FileSystem fileSystem =
            FileSystem.newInstance(secure.hdfs().uri(), secure.configuration());
        var out = fileSystem.create(new org.apache.hadoop.fs.Path(uri))) {
      out.write(CONTENT);
    }
  }

  private static Outcome run(Map<String, String> environment, String... args)
      throws IOException, InterruptedException {
    Map<String, String> all = new HashMap<>(environment);
    all.put("HADOOP_CONF_DIR", secure.confDirectory().toString());
    all.putIfAbsent("KRB5CCNAME", "/nonexistent/ticket");
    return Outcome.ofProcess(List.of("-Djava.security.krb5.conf=" + secure.krb5()), all, args);
  }

  private static String[] withKeytab(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.add("-Dflyte.kerberos.keytab=" + secure.keytab(SecureHdfs.ALICE));
    all.add("-Dflyte.kerberos.principal=" + secure.principal(SecureHdfs.ALICE));
    return all.toArray(String[]::new);
  }

  @Test
  void aKeytabGetsIn() throws IOException, InterruptedException {
    Outcome cat = run(Map.of(), withKeytab("cat", uri));
    assertThat(cat.err()).isEmpty();
    assertThat(cat.out()).isEqualTo(new String(CONTENT, StandardCharsets.UTF_8));
    assertThat(cat.code()).isZero();
  }

  @Test
  void aTicketGetsIn() throws Exception { // as MiniKdc's client declares
    Path ticket = secure.newTicket(SecureHdfs.ALICE);
    Outcome cat = run(Map.of("KRB5CCNAME", ticket.toString()), "cat", uri);
    assertThat(cat.err()).isEmpty();
    assertThat(cat.out()).isEqualTo(new String(CONTENT, StandardCharsets.UTF_8));
  }

  @Test
  void nobodyIsToldToGetATicket() throws IOException, InterruptedException {
    Outcome cat = run(Map.of(), "cat", uri);
    assertThat(cat.err()).contains("Cannot").contains("kinit");
    assertThat(cat.code()).isEqualTo(1);
  }

  @Test
  void theDoctorSaysWhoAsksAndWhatIsMissing() throws IOException, InterruptedException {
    String directory = uri.substring(0, uri.lastIndexOf('/'));
    Outcome alice = run(Map.of(), withKeytab("doctor", directory));
    assertThat(alice.out())
        .contains(secure.principal(SecureHdfs.ALICE) + " (kerberos)")
        .contains("may not write");
    assertThat(alice.code()).isEqualTo(1);
    Outcome nobody = run(Map.of(), "doctor", directory);
    assertThat(nobody.out()).contains("Fix: Get a ticket (kinit)");
  }

  @Test
  @Rule("F54")
  void aTokenGetsInUntilItIsCancelled() throws IOException, InterruptedException {
    Credentials tokens = new Credentials();
    try (FileSystem fileSystem =
        secure
            .login(SecureHdfs.ALICE)
            .doAs(
                (PrivilegedExceptionAction<FileSystem>)
                    () -> FileSystem.newInstance(secure.hdfs().uri(), secure.configuration()))) {
      fileSystem.addDelegationTokens(SecureHdfs.ALICE, tokens);
    }
    assertThat(readWith(tokens)).isEqualTo(CONTENT);
    for (Token<?> token : tokens.getAllTokens()) {
      secure
          .login(SecureHdfs.ALICE)
          .doAs(
              (PrivilegedExceptionAction<Void>)
                  () -> {
                    token.cancel(secure.configuration());
                    return null;
                  });
    }
    TransferException failure =
        catchThrowableOfType(TransferException.class, () -> readWith(tokens));
    assertThat(failure).isNotNull();
    assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(FailureKind.NO_CREDENTIALS);
    assertThat(failure).hasMessageContaining("token");
  }

  /** As a task of a job does, which has tokens and nothing else. */
  private static byte[] readWith(Credentials tokens) throws IOException, InterruptedException {
    UserGroupInformation task = UserGroupInformation.createRemoteUser("task");
    task.addCredentials(tokens);
    return task.doAs(
        (PrivilegedExceptionAction<byte[]>)
            () -> {
              try (FileAccessProvider provider =
                      FileAccessProvider.builder()
                          .localSandboxDir(TestDirectories.create("task"))
                          .rawOutputPrefix(TestDirectories.create("task").toString())
                          .dataConfig(DataConfig.defaults())
                          .hadoopConfiguration(secure.configuration())
                          .build();
                  InputStream in = provider.openRead(uri)) {
                return in.readAllBytes();
              }
            });
  }
}
