/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.hadoop.Access;
import io.github.flytehadoop.hadoop.AnonymousAccess;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.ByteRange;
import io.github.flytehadoop.store.Checksum;
import io.github.flytehadoop.store.ObjectWrite;
import io.github.flytehadoop.store.Store;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.store.memory.MemoryStoreProvider;
import io.github.flytehadoop.testkit.Rule;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Seekable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A bucket that everybody may read, and whose owner does not know these credentials. */
class AnonymousFallbackStoreTest {
  private static final Location FILE = Location.parse("memory://public/file");
  private static final byte[] CONTENT = {1, 2, 3, 4, 5};

  private Store open;
  private Store fallback;
  private int seeks;

  @BeforeEach
  void fill() throws IOException {
    Store memory = new MemoryStoreProvider().open(FILE, new Configuration(false));
    try (ObjectWrite write = memory.write(FILE, WriteOptions.ofLength(CONTENT.length))) {
      write.write(CONTENT);
      write.commit();
    }
    open =
        proxy(
            (store, method, arguments) -> {
              Object answer = method.invoke(memory, arguments);
              return answer instanceof InputStream in ? new Counted(in) : answer;
            });
    Store closed =
        proxy(
            (store, method, arguments) -> {
              throw new TransferException(
                  FailureKind.ACCESS_DENIED, FILE.text(), "Cannot do it: no right. Ask.", null);
            });
    fallback =
        new AnonymousFallbackStore(
            FILE,
            memory.traits(),
            AnonymousAccess.ON_AUTH_FAILURE,
            access -> access == Access.ANONYMOUS ? open : closed);
  }

  private static Store proxy(InvocationHandler handler) {
    return (Store)
        Proxy.newProxyInstance(
            Store.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (proxy, method, arguments) -> {
              try {
                return handler.invoke(proxy, method, arguments);
              } catch (InvocationTargetException failure) {
                throw failure.getCause();
              }
            });
  }

  /** A stream that compares a digest at its end, unless it was moved. */
  private final class Counted extends InputStream implements Seekable {
    private final InputStream in;
    private long position;

    Counted(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      position++;
      return in.read();
    }

    @Override
    public void seek(long target) throws IOException {
      seeks++;
      in.skipNBytes(target - position);
      position = target;
    }

    @Override
    public long getPos() {
      return position;
    }

    @Override
    public boolean seekToNewSource(long target) {
      return false;
    }
  }

  @Test
  @Rule("F100")
  void theChecksumIsReadAsEverythingElseIs() throws IOException {
    Attributes found = fallback.stat(FILE);
    Checksum checksum = fallback.checksum(FILE, found);
    assertThat(checksum).isNotNull().isEqualTo(open.checksum(FILE, found));
  }

  @Test
  @Rule("F100")
  void aStreamFromItsStartIsNotMoved() throws IOException {
    Attributes known = open.stat(FILE);
    try (InputStream in = fallback.open(FILE, known, ByteRange.WHOLE)) {
      assertThat(in.readAllBytes()).isEqualTo(CONTENT);
    }
    assertThat(seeks).as("positions that were asked for").isZero();
  }

  @Test
  @Rule("F100")
  void whetherRangesAreReadIsAskedWithoutCredentialsToo() throws IOException {
    assertThat(fallback.readsRanges(FILE, fallback.stat(FILE))).isTrue();
  }
}
