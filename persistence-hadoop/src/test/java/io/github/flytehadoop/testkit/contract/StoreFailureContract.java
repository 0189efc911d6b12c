/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.ByteRange;
import io.github.flytehadoop.store.ObjectWrite;
import io.github.flytehadoop.store.Store;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.testkit.Rule;
import java.io.IOException;
import java.io.InputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each call of somebody who may not make it fails with one kind, and changes nothing. */
@Rule({"B45", "B70", "W-38"})
abstract class StoreFailureContract extends StoreContract {
  private StoreFixture.Stranger stranger;

  @BeforeEach
  final void findAStranger() throws IOException {
    var found = fixture().stranger();
    assumeTrue(found.isPresent(), "nobody can be refused here");
    stranger = found.get();
  }

  @Test
  void readingIsRefused() throws IOException {
    Attributes attributes = store().stat(stranger.file());
    assertRefused(
        () -> {
          try (InputStream in = asStranger().open(stranger.file(), attributes, ByteRange.WHOLE)) {
            in.readAllBytes();
          }
        });
  }

  @Test
  void lookingIsRefused() {
    assertRefused(() -> asStranger().stat(stranger.file()));
  }

  @Test
  void listingIsRefused() {
    Location parent = parent();
    assertRefused(() -> entries(asStranger().tree(parent)));
    assertRefused(() -> entries(asStranger().children(parent)));
  }

  @Test
  void writingIsRefusedAndTheFileStays() throws IOException {
    byte[] before = get(stranger.file());
    assertRefused(
        () -> {
          try (ObjectWrite write = asStranger().write(stranger.file(), WriteOptions.ofLength(10))) {
            write.write(bytes(1, 10));
            write.commit();
          }
        });
    assertThat(get(stranger.file())).isEqualTo(before);
    assertThat(fixture().leftovers(parent())).isEmpty();
  }

  @Test
  void deletingIsRefusedAndTheFileStays() throws IOException {
    Attributes attributes = store().stat(stranger.file());
    assertRefused(() -> asStranger().delete(stranger.file(), attributes));
    assertThat(isThere(stranger.file())).isTrue();
  }

  private Store asStranger() {
    return stranger.store();
  }

  private Location parent() {
    String text = stranger.file().text();
    return Location.parse(text.substring(0, text.lastIndexOf('/')));
  }

  private void assertRefused(ThrowingCallable call) {
    TransferException failure = failureOf(call);
    assertThat(failure.kind()).as(failure.getMessage()).isIn(stranger.kinds());
  }
}
