/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.simulation;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.store.Listing;
import io.github.flytehadoop.store.ListingEntry;
import io.github.flytehadoop.store.Store;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Any store, which lets others go first at each step. */
final class SteppedStore {
  private static final Map<String, String> STEPS =
      Map.of(
          "stat", "status",
          "children", "list",
          "tree", "list",
          "open", "open",
          "write", "create",
          "delete", "delete",
          "deleteFiles", "delete");
  private static final int MOST_AT_ONCE = 4096;

  private SteppedStore() {}

  static Store over(Store store) {
    return (Store)
        Proxy.newProxyInstance(
            SteppedStore.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (proxy, method, arguments) -> call(store, method, arguments));
  }

  private static @Nullable Object call(Store store, Method method, Object @Nullable [] arguments)
      throws Throwable {
    String kind = STEPS.get(method.getName());
    if (kind != null) {
      step(kind);
    }
    try {
      Object result = method.invoke(store, arguments);
      if (result instanceof Listing listing) {
        return new SteppedListing(listing);
      }
      return result instanceof InputStream in ? new SteppedStream(in) : result;
    } catch (InvocationTargetException failure) {
      throw failure.getCause();
    }
  }

  private static void step(String what) throws TransferException {
    try {
      Interleaving.now().step(what);
    } catch (IOException broken) {
      throw new TransferException(
          FailureKind.NETWORK,
          SteppedProvider.SCHEME,
          "Cannot " + what + ": " + broken.getMessage() + ". Run it again.",
          broken);
    }
  }

  private record SteppedListing(Listing listing) implements Listing {
    @Override
    public boolean hasNext() throws IOException {
      return listing.hasNext();
    }

    @Override
    public ListingEntry next() throws IOException {
      step("list");
      return listing.next();
    }

    @Override
    public long hidden() {
      return listing.hidden();
    }

    @Override
    public void close() {
      listing.close();
    }
  }

  private static final class SteppedStream extends FilterInputStream {
    SteppedStream(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      step("read");
      return super.read(bytes, offset, Math.min(length, MOST_AT_ONCE));
    }
  }
}
