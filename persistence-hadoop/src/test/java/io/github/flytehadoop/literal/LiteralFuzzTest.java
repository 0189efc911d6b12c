/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.literal.LiteralValue.BinaryValue;
import io.github.flytehadoop.literal.TypedReadingTest.Color;
import io.github.flytehadoop.literal.TypedReadingTest.Line;
import io.github.flytehadoop.literal.wire.WireBytes;
import io.github.flytehadoop.testkit.Rule;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random literals come back as they were, and damaged bytes are a value or a failure.
 *
 * <p>{@code -Dtest.literals=1000000 -Dtest.mutations=10000000} are the full sizes.
 */
@Tag("slow")
class LiteralFuzzTest {
  private static final int LITERALS = Integer.getInteger("test.literals", 100_000);
  private static final int MUTATIONS = Integer.getInteger("test.mutations", 100_000);

  private static final List<Class<?>> TYPES =
      List.of(
          long.class,
          byte.class,
          float.class,
          BigInteger.class,
          String.class,
          Instant.class,
          ZonedDateTime.class,
          LocalDate.class,
          Duration.class,
          Color.class,
          Line.class,
          double[].class,
          FlyteFile.class,
          StructuredDataset.class);

  /** What one message of a few hundred bytes may allocate, decoded and written again. */
  private static final long BYTES_EACH = 4L << 20;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = 13)
  @Rule("LIT-3")
  void randomLiteralsComeBack(long seed) throws IOException {
    RandomLiterals random = new RandomLiterals(new Random(seed));
    for (int i = 0; i < LITERALS; i++) {
      Literal literal = random.next();
      byte[] bytes = Literals.toBytes(literal);
      Literal read = Literals.parse(bytes);
      assertThat(read.equals(literal)).as("%d: %s", i, literal).isTrue();
      assertThat(Arrays.equals(Literals.toBytes(read), bytes)).as("%d", i).isTrue();
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = 14)
  @Rule("LIT-4")
  void damagedBytesAreAValueOrAFailure(long seed) throws IOException {
    Random random = new Random(seed);
    List<byte[]> originals = originals(random);
    int values = 0;
    long allocated = allocated();
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] damaged = damaged(originals.get(random.nextInt(originals.size())), random);
      try {
        use(Literals.parseMap(damaged), TYPES.get(i % TYPES.size()));
        values++;
      } catch (LiteralException failure) {
        assertThat(failure.getMessage()).startsWith("Cannot ");
      }
    }
    assertThat(values).isBetween(MUTATIONS / 100, MUTATIONS);
    assertThat((allocated() - allocated) / MUTATIONS).isLessThan(BYTES_EACH);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = 15)
  @Rule("LIT-4")
  void damagedMsgpackIsAValueOrAFailure(long seed) throws IOException {
    Random random = new Random(seed);
    RandomLiterals literals = new RandomLiterals(random);
    int values = 0;
    for (int i = 0; i < MUTATIONS / 10; i++) {
      byte[] damaged = damaged(Msgpack.encode(literals.plain(3)), random);
      try {
        Object value = Msgpack.decode(damaged);
        Literals.as(new Literal(new BinaryValue(damaged, Msgpack.TAG)), Object.class);
        values += value == null ? 0 : 1;
      } catch (LiteralException failure) {
        assertThat(failure.getMessage()).startsWith("Cannot ");
      }
    }
    assertThat(values).isPositive();
  }

  /** What was read can be written, but for times that Python does not have, and comes back. */
  private static void use(LiteralMap map, Class<?> type) throws LiteralException {
    byte[] written = Literals.toBytes(map);
    assertThat(Literals.parseMap(written).equals(map)).isTrue();
    for (Literal literal : map.literals().values()) {
      Literals.typeOf(literal);
      Literals.optional("v", literal, Object.class);
      Literals.optional("v", literal, type);
    }
    map.context();
  }

  private static List<byte[]> originals(Random random) throws IOException {
    List<byte[]> originals = new ArrayList<>();
    for (Path file : SharedVectorsTest.files()) {
      if (Files.size(file) < 2_000) {
        originals.add(Files.readAllBytes(file));
      }
    }
    RandomLiterals literals = new RandomLiterals(random);
    for (int i = 0; i < 200; i++) {
      LiteralMap map = new LiteralMap(Map.of("v", literals.next()), WireBytes.NONE);
      originals.add(Literals.toBytes(map));
    }
    return originals;
  }

  private static byte[] damaged(byte[] original, Random random) {
    int length = random.nextInt(8) == 0 ? random.nextInt(original.length + 1) : original.length;
    byte[] damaged = Arrays.copyOf(original, length);
    for (int i = random.nextInt(4); i >= 0 && length > 0; i--) {
      int at = random.nextInt(length);
      switch (random.nextInt(3)) {
        case 0 -> damaged[at] = (byte) random.nextInt(256);
        case 1 -> damaged[at] ^= (byte) (1 << random.nextInt(8));
        default -> {
          int to = random.nextInt(length);
          int span = Math.min(random.nextInt(8), length - Math.max(at, to));
          System.arraycopy(damaged, at, damaged, to, span);
        }
      }
    }
    return damaged;
  }

  private static long allocated() {
    return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getCurrentThreadAllocatedBytes();
  }
}
