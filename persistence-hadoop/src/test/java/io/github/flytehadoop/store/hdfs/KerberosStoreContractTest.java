/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.hdfs;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Store;
import io.github.flytehadoop.store.StoreTraits;
import io.github.flytehadoop.testkit.RequireStores;
import io.github.flytehadoop.testkit.SecureHdfs;
import io.github.flytehadoop.testkit.contract.StoreContracts;
import io.github.flytehadoop.testkit.contract.StoreFixture;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.security.PrivilegedExceptionAction;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Tag;

/** HDFS with Kerberos, and with privacy for calls and data. */
@Tag("kerberos")
@RequireStores("hdfs")
class KerberosStoreContractTest extends StoreContracts {
  private static final class Shared {
    static final StoreFixture FIXTURE = new SecureFixture(SecureHdfs.shared());
  }

  KerberosStoreContractTest() {
    super(Shared.FIXTURE);
  }

  private static final class SecureFixture extends HdfsFixture {
    private final SecureHdfs secure;

    SecureFixture(SecureHdfs secure) {
      super(
          secure.hdfs(),
          secure.hdfs().uri().toString(),
          secure.configuration(),
          StoreTraits.Checksums.CRC32C);
      this.secure = secure;
    }

    @Override
    public Optional<Stranger> stranger() throws IOException {
      try {
        FileSystem theirs =
            secure
                .login(SecureHdfs.ALICE)
                .doAs(
                    (PrivilegedExceptionAction<FileSystem>)
                        () -> FileSystem.newInstance(hdfs().uri(), secure.configuration()));
        Store store = new HdfsStore(theirs);
        Location file = Location.parse(hdfs().newPrivateFile());
        return Optional.of(new Stranger(store, file, Set.of(FailureKind.ACCESS_DENIED)));
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted");
      }
    }
  }
}
