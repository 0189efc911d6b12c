/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.testkit.Providers;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.TestSecrets;
import io.github.flytehadoop.testkit.TlsServer;
import io.github.flytehadoop.transfer.RawData;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates that nobody should trust. */
@Timeout(120)
@Tag("slow")
class TlsFaultsTest {
  @TempDir Path temp;

  /** Signed by itself, and one of them for another host too. */
  @ParameterizedTest
  @ValueSource(strings = {"ip:127.0.0.1", "dns:elsewhere.example"})
  @Rule("F17")
  void aCertificateThatNobodyTrustsIsRefusedForGood(String name) throws Exception {
    try (TlsServer server = new TlsServer(name);
        FileAccessProvider provider =
            FileAccessProvider.builder()
                .localSandboxDir(temp)
                .rawOutputPrefix("s3://b/raw")
                .dataConfig(
                    Providers.config(URI.create(server.url()), "tester", TestSecrets.S3_SECRET_KEY))
                .build()) {
      for (String read : new String[] {"s3://b/x", server.url() + "/x"}) {
        TransferException failure =
            catchThrowableOfType(
                TransferException.class, () -> provider.getData(read, temp.resolve("out")));
        check(failure);
      }
      check(
          catchThrowableOfType(
              TransferException.class, () -> provider.putRawData(RawData.bytes(new byte[1]))));
      assertThat(temp.resolve("out")).doesNotExist();
    }
  }

  private static void check(TransferException failure) {
    assertThat(failure).isNotNull();
    assertThat(failure.kind()).as(failure.toString()).isEqualTo(FailureKind.UNSUPPORTED);
    assertThat(failure.recoverable()).isFalse();
    assertThat(failure).hasMessageContaining("certificate");
  }
}
