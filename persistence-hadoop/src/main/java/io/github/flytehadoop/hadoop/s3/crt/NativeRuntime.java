/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3.crt;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.crt.CrtRuntimeException;
import software.amazon.awssdk.crt.io.ClientBootstrap;
import software.amazon.awssdk.crt.io.EventLoopGroup;
import software.amazon.awssdk.crt.io.HostResolver;

/**
 * The threads of aws-crt, which all connections of this process share: they begin with the first
 * and end with the last, so that the end of the process has nothing to wait for. Asked for only
 * where there is a {@link NativeLibrary}.
 */
public final class NativeRuntime {
  private static final Logger LOG = LoggerFactory.getLogger(NativeRuntime.class);
  private static final int THREADS = 2;
  private static final long PATIENCE_SECONDS = 10;
  private static final Object LOCK = new Object();

  private static @Nullable NativeRuntime shared;
  private static int users;
  private static boolean hangs;

  private final EventLoopGroup threads;
  private final HostResolver resolver;
  private final ClientBootstrap bootstrap;

  private NativeRuntime() {
    threads = new EventLoopGroup(THREADS);
    resolver = new HostResolver(threads);
    bootstrap = new ClientBootstrap(threads, resolver);
  }

  /** One more user; each has to {@link #release}. */
  public static NativeRuntime acquire() {
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

  /** The threads and the resolver of names that all native connections share. */
  public ClientBootstrap bootstrap() {
    return bootstrap;
  }

  /** One user less; the last one waits until the threads have ended. */
  public static void release() {
    leave(false);
  }

  /** The same for a user with a connection that does not end for long: nobody waits for it. */
  public static void abandon() {
    leave(true);
  }

  private static void leave(boolean hanging) {
    synchronized (LOCK) {
      NativeRuntime runtime = shared;
      users--;
      hangs |= hanging;
      if (users == 0 && runtime != null) {
        shared = null;
        runtime.end(!hangs);
        hangs = false;
      }
    }
  }

  private void end(boolean awaited) {
    try {
      bootstrap.close();
      if (awaited) {
        bootstrap.getShutdownCompleteFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      }
      resolver.close();
      threads.close();
      if (awaited) {
        threads.getShutdownCompleteFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException | CrtRuntimeException late) {
      LOG.debug("The native client of S3 has not ended in time", late);
    }
  }
}
