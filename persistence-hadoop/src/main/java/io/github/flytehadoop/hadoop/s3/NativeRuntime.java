/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.crt.CRT;
import software.amazon.awssdk.crt.CrtRuntimeException;
import software.amazon.awssdk.crt.io.ClientBootstrap;
import software.amazon.awssdk.crt.io.EventLoopGroup;
import software.amazon.awssdk.crt.io.HostResolver;

/**
 * The native library of aws-crt and its threads, which all connections of this process share: they
 * begin with the first and end with the last, so that the end of the process has nothing to wait
 * for. Where no library fits this machine, or it cannot be unpacked, {@link #problem} says why.
 */
public final class NativeRuntime {
  private static final Logger LOG = LoggerFactory.getLogger(NativeRuntime.class);
  private static final int THREADS = 2;
  private static final long PATIENCE_SECONDS = 10;
  private static final Object LOCK = new Object();

  private static @Nullable NativeRuntime shared;
  private static int users;

  private final EventLoopGroup threads;
  private final HostResolver resolver;
  private final ClientBootstrap bootstrap;

  private NativeRuntime() {
    threads = new EventLoopGroup(THREADS);
    resolver = new HostResolver(threads);
    bootstrap = new ClientBootstrap(threads, resolver);
  }

  /** Whether the library is there: looked for once. */
  private static final class Library {
    static final String PROBLEM = load();

    private static String load() {
      try {
        CRT.checkLoaded();
        new CRT();
        return "";
      } catch (LinkageError | RuntimeException missing) {
        LOG.debug("There is no native client of S3 here", missing);
        Throwable why = missing.getCause() == null ? missing : missing.getCause();
        return String.valueOf(why.getMessage() == null ? why : why.getMessage());
      }
    }
  }

  /** Why this process sends all requests by Java alone; empty when it does not. */
  public static String problem() {
    try {
      return Library.PROBLEM;
    } catch (LinkageError absent) {
      return "the library aws-crt is not on the class path";
    }
  }

  /** One more user; each has to {@link #release}. */
  static NativeRuntime acquire() {
    synchronized (LOCK) {
      NativeRuntime runtime = shared;
      if (runtime == null) {
        runtime = new NativeRuntime();
        shared = runtime;
      }
      users++;
      return runtime;
    }
  }

  ClientBootstrap bootstrap() {
    return bootstrap;
  }

  /** One user less; the last one waits until the threads have ended. */
  static void release() {
    synchronized (LOCK) {
      NativeRuntime runtime = shared;
      users--;
      if (users == 0 && runtime != null) {
        shared = null;
        runtime.end();
      }
    }
  }

  private void end() {
    try {
      bootstrap.close();
      bootstrap.getShutdownCompleteFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      resolver.close();
      threads.close();
      threads.getShutdownCompleteFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException | CrtRuntimeException late) {
      LOG.debug("The native client of S3 has not ended in time", late);
    }
  }
}
