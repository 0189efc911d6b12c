/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.ByteRange;
import io.github.flytehadoop.store.ObjectWrite;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.testkit.Rule;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Writers that know nothing of each other. */
abstract class StoreRaceContract extends StoreContract {
  private static final int WRITERS = 16;
  private static final int ROUNDS = 5;

  @Test
  void twentyFilesAreWrittenAtOnce() throws IOException {
    inParallel(
        20,
        20,
        number -> {
          put(at("d" + number % 3 + "/file" + number), bytes(number, 10_000 + number));
          return null;
        });
    for (int number = 0; number < 20; number++) {
      assertThat(get(at("d" + number % 3 + "/file" + number)))
          .isEqualTo(bytes(number, 10_000 + number));
    }
    assertThat(filesBelow(root())).hasSize(20);
    assertThat(fixture().leftovers(root())).isEmpty();
  }

  @Test
  @Rule({"F47", "F48"})
  void oneOfManyWritersOfAFileWinsWhole() throws IOException {
    List<Boolean> won = race("file", WriteOptions.Existing.REPLACE);
    assertThat(won).contains(true);
    if (fixture().everyWriterReplaces()) {
      assertThat(won).doesNotContain(false);
    }
    assertOneWholeFile("file", IntStream.range(0, WRITERS).boxed().toList());
    assertThat(filesBelow(root())).containsExactly("file");
  }

  @Test
  @Rule({"F32", "F51"})
  void oneOfManyWritersWhoRefuseToReplaceWins() throws IOException {
    assumeTrue(
        fixture().refusesInOneStep(),
        "its rename looks for another file first, and two writers may both find none");
    for (int round = 0; round < ROUNDS; round++) {
      List<Boolean> won = race("file" + round, WriteOptions.Existing.REFUSE);
      assertThat(Collections.frequency(won, true)).isEqualTo(1);
      assertOneWholeFile("file" + round, List.of(won.indexOf(true)));
    }
    assertThat(filesBelow(root())).hasSize(ROUNDS);
  }

  @Test
  @Rule("F31")
  void readersSeeOneVersionWhileTheFileIsReplaced() throws IOException {
    assumeTrue(
        fixture().answersFromOneVersion(),
        "this server can send the length of one version with the bytes of the next");
    put(at("file"), bytes(0, 50_000));
    List<Boolean> whole =
        inParallel(
            8,
            80,
            number -> {
              if (number % 4 == 0) {
                put(at("file"), bytes(number, 50_000 + number));
                return true;
              }
              return isOneVersion(read(at("file")));
            });
    assertThat(whole).doesNotContain(false);
    assertThat(fixture().leftovers(root())).isEmpty();
  }

  /** The bytes, or none when the store said that the file changed under the reader. */
  private byte[] read(Location file) throws IOException {
    try {
      Attributes pinned = store().stat(file);
      return get(file, pinned, ByteRange.WHOLE);
    } catch (TransferException changed) {
      if (changed.kind() != FailureKind.SOURCE_CHANGED) {
        throw changed;
      }
      return new byte[0];
    }
  }

  private static boolean isOneVersion(byte[] read) {
    int seed = read.length - 50_000;
    return read.length == 0 || (seed >= 0 && Arrays.equals(read, bytes(seed, read.length)));
  }

  private List<Boolean> race(String name, WriteOptions.Existing existing) throws IOException {
    CyclicBarrier everyoneIsReady = new CyclicBarrier(WRITERS);
    return inParallel(
        WRITERS,
        WRITERS,
        number -> {
          WriteOptions options = new WriteOptions(Attributes.UNKNOWN_LENGTH, Map.of(), existing);
          try (ObjectWrite write = store().write(at(name), options)) {
            write.write(bytes(number, 20_000 + number));
            await(everyoneIsReady);
            write.commit();
            return true;
          } catch (TransferException lost) {
            if (lost.kind() != FailureKind.CONFLICT) {
              throw lost;
            }
            return false;
          }
        });
  }

  private static void await(CyclicBarrier barrier) throws IOException {
    try {
      barrier.await();
    } catch (InterruptedException | BrokenBarrierException failure) {
      throw new IOException(failure);
    }
  }

  private void assertOneWholeFile(String name, List<Integer> candidates) throws IOException {
    byte[] found = get(at(name));
    assertThat(candidates).anyMatch(n -> Arrays.equals(found, bytes(n, 20_000 + n)));
    assertThat(fixture().leftovers(root())).isEmpty();
  }
}
