/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3.crt;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.crt.CRT;

/**
 * Whether the native library of aws-crt is here: its jar may not be, no library of it may fit this
 * machine, or it cannot be unpacked.
 */
public final class NativeLibrary {
  private static final Logger LOG = LoggerFactory.getLogger(NativeLibrary.class);

  private NativeLibrary() {}

  /** Why this process sends all requests by Java alone; empty when it does not. */
  public static String problem() {
    try {
      return Loaded.PROBLEM;
    } catch (LinkageError absent) {
      return "the library aws-crt is not on the class path";
    }
  }

  /** Looked for once. */
  private static final class Loaded {
    static final String PROBLEM = load();

    private static String load() {
      String unusable = NativeDirectory.choose();
      if (!unusable.isEmpty()) {
        return unusable;
      }
      try {
        CRT.checkLoaded();
        new CRT();
        // its own shutdown hook makes it deaf, and who cleans up then would wait for answers
        CRT.acquireShutdownRef();
        return "";
      } catch (NoClassDefFoundError absent) {
        throw absent;
      } catch (LinkageError | RuntimeException missing) {
        LOG.debug("There is no native client of S3 here", missing);
        Throwable why = missing.getCause() == null ? missing : missing.getCause();
        return String.valueOf(why.getMessage() == null ? why : why.getMessage());
      }
    }
  }
}
