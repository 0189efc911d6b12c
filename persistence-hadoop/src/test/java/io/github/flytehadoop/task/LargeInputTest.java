/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.literal.Literal;
import io.github.flytehadoop.literal.LiteralValue.OffloadedValue;
import io.github.flytehadoop.literal.Literals;
import io.github.flytehadoop.testkit.JavaProgram;
import io.github.flytehadoop.testkit.Rule;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Offloaded literals of 100 MiB, read by a process with a heap of 512 MiB. */
@Tag("slow")
@Timeout(300)
class LargeInputTest {
  private static final int BYTES = 100 << 20;

  /** What the literal is: each is filled with its smallest usual values. */
  enum Kind {
    /** Texts of a thousand characters. */
    TEXTS("12f2070aef070aec071ae907" + "78".repeat(1001)),
    /** Doubles, four million of them. */
    REALS("120d0a0b0a0911000000000000e03f"),
    /** Lists of two integers. */
    LISTS("12141212" + "0a070a050a0308e807" + "0a070a050a0308e807"),
    /** A list of integers, a dozen million of them. */
    LIST("0a060a040a020802");

    private final byte[] value;

    Kind(String hex) {
      this.value = HexFormat.of().parseHex(hex);
    }

    /** What stands for one entry or element. */
    private byte[] entry(int index) {
      if (this == LIST) {
        return value;
      }
      byte[] key = String.format(Locale.ROOT, "%07d", index).getBytes(StandardCharsets.UTF_8);
      return field(0x0a, concat(field(0x0a, key), value));
    }

    byte[] literal() {
      byte[] content = new byte[BYTES + 4096];
      int length = 0;
      for (int i = 0; length < BYTES; i++) {
        byte[] entry = entry(i);
        System.arraycopy(entry, 0, content, length, entry.length);
        length += entry.length;
      }
      return field(this == LIST ? 0x12 : 0x1a, Arrays.copyOf(content, length));
    }
  }

  private static byte[] field(int tag, byte[] content) {
    ByteBuffer bytes = ByteBuffer.allocate(content.length + 6).order(ByteOrder.BIG_ENDIAN);
    bytes.put((byte) tag);
    int left = content.length;
    for (; left > 0x7f; left >>>= 7) {
      bytes.put((byte) (left | 0x80));
    }
    bytes.put((byte) left).put(content);
    return Arrays.copyOf(bytes.array(), bytes.position());
  }

  private static byte[] concat(byte[] one, byte[] other) {
    byte[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }

  /** Counts the values and finds some. */
  static final class Program {
    public static void main(String[] args) {
      ExitStatus status =
          FlyteTask.run(
              args,
              task -> {
                Kind kind = Kind.valueOf(task.inputs().getString("kind"));
                double sum = kind == Kind.LIST ? ofList(task) : ofMap(task, kind);
                task.outputs().put("sum", sum);
              });
      System.exit(status.code());
    }

    private static double ofList(FlyteTask task) throws Exception {
      return task.inputs().getList("large", Long.class).stream().mapToLong(n -> n).sum();
    }

    private static double ofMap(FlyteTask task, Kind kind) throws Exception {
      Map<String, ?> values =
          switch (kind) {
            case TEXTS -> task.inputs().getMap("large", String.class);
            case REALS -> task.inputs().getMap("large", Double.class);
            default -> task.inputs().getMap("large", long[].class);
          };
      assertThat(values.containsKey("0100000")).isTrue();
      assertThat(values.get("none")).isNull();
      return values.values().stream().mapToDouble(Program::measure).sum();
    }

    private static double measure(Object value) {
      return value instanceof Number number
          ? number.doubleValue()
          : value instanceof String text ? text.length() : ((long[]) value).length;
    }
  }

  private static JavaProgram run(TaskSite site) throws Exception {
    List<String> command = new ArrayList<>(List.of(Program.class.getName()));
    command.addAll(List.of(TaskSite.arguments(FlyteGeneration.FLYTE_1)));
    return JavaProgram.run(
        List.of(System.getProperty("java.class.path")), site.environment(), command);
  }

  /** Those that any build reads; {@code -Dtest.size=full} reads all. */
  static Stream<Kind> kinds() {
    boolean all = System.getProperty("test.size", "").equals("full");
    return all ? Stream.of(Kind.values()) : Stream.of(Kind.TEXTS, Kind.REALS);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  @Rule("TASK-20")
  void isReadWhateverItsValues(Kind kind) throws Exception {
    byte[] bytes = kind.literal();
    Literal offloaded =
        new Literal(new OffloadedValue(TaskSite.uri("x/large.pb"), bytes.length, null));
    try (TaskSite site = TaskSite.with(Map.of("large", offloaded, "kind", kind.name()))) {
      site.put("x/large.pb", bytes);
      JavaProgram ended = run(site);

      assertThat(site.metadata()).as(ended.output()).containsExactly("outputs.pb");
      double each = kind == Kind.REALS ? 0.5 : kind == Kind.TEXTS ? 1001 : 2;
      int entry = kind.entry(0).length;
      int count = (BYTES + entry - 1) / entry;
      assertThat(Literals.as(site.outputs().get("sum"), Double.class)).isEqualTo(each * count);
    }
  }
}
