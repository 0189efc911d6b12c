/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.literal.TypedReadingTest.Color;
import io.github.flytehadoop.testkit.PythonEnvironment;
import io.github.flytehadoop.testkit.RequireStores;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.TestDirectories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What Java writes, the real SDKs read: every row of the table, without a warning. */
@Tag("slow")
class PythonReadsLiteralsTest {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final Path SCRIPT = Path.of("src/test/resources/python/read_literals.py");
  private static final Instant WHEN = Instant.parse("2026-01-02T03:04:05.678901Z");

  record Point(long x, double y, @Nullable String label) {}

  record Everything(
      Point start,
      List<Point> points,
      int[][] grid,
      Map<String, Point> by_name,
      Optional<Point> maybe,
      Optional<Long> absent,
      Instant when,
      Duration took,
      LocalDate day,
      Color color,
      byte[] raw,
      FlyteFile file,
      FlyteDirectory tree,
      boolean flag) {}

  record Model(int n, Instant when, Map<String, List<Integer>> inner) {}

  private final Map<String, Literal> literals = new LinkedHashMap<>();
  private LiteralDialect dialect = LiteralDialect.FLYTE_1;

  private void put(String name, @Nullable Object value) throws IOException {
    literals.put(name, Literals.of(name, value, null, dialect));
  }

  private void put(String name, @Nullable Object value, LiteralType type) throws IOException {
    literals.put(name, Literals.of(name, value, type, dialect));
  }

  private Path written() throws IOException {
    primitives();
    containers();
    unions();
    dataclasses();
    references();
    Path file = TestDirectories.create("literals").resolve("outputs.pb");
    return Files.write(file, Literals.toBytes(new LiteralMap(literals)));
  }

  private void primitives() throws IOException {
    put("int_zero", 0);
    put("int_big", (1L << 53) + 1);
    put("int_min", Long.MIN_VALUE);
    put("real", 1.0 / 3);
    put("real_neg_zero", -0.0);
    put("real_inf", Double.NEGATIVE_INFINITY);
    put("text", "héllo 世界 🚀");
    put("text_empty", "");
    put("truth", true);
    put("falsehood", false);
    put("instant", WHEN);
    put("instant_old", Instant.ofEpochSecond(-1, 500_000_000));
    put("offset", OffsetDateTime.parse("2026-01-02T00:00:00+02:00"));
    put("day", LocalDate.of(2026, 2, 28));
    put("span", Duration.ofSeconds(172_803, 4000));
    put("span_negative", Duration.ofMillis(-1500));
  }

  private void containers() throws IOException {
    put("ints", List.of(1L, 2L, 3L));
    put("ints_array", new int[] {4, 5});
    put("ints_empty", List.of());
    put("lists", List.of(List.of("a"), List.of(), List.of("b", "c")));
    put("by_text", Map.of("a", 1, "", 2));
    Map<String, Object> untyped = new LinkedHashMap<>();
    untyped.put("c", Map.of("d", -1));
    untyped.put("b", Arrays.asList(1, 2.5, null, true, "x"));
    untyped.put("a", 1);
    put("untyped", Msgpack.of(untyped));
    put("by_int", Map.of(1, "one", 300, "two"));
  }

  private void unions() throws IOException {
    LiteralType optionalInt = LiteralType.optional(LiteralType.INTEGER);
    put("some_int", 5, optionalInt);
    put("no_int", null, optionalInt);
    put("bare_some", 5);
    put("bare_none", null);
    LiteralType either = LiteralType.union(LiteralType.INTEGER, LiteralType.STRING);
    put("either_int", 7, either);
    put("either_text", "a", either);
    put("either_real", 7.0, LiteralType.union(LiteralType.INTEGER, LiteralType.FLOAT));
    LiteralType ints = LiteralType.listOf(LiteralType.INTEGER);
    put("text_or_list", List.of(1, 2), LiteralType.union(LiteralType.STRING, ints));
    put(
        "list_or_map",
        Map.of("k", 1),
        LiteralType.union(ints, LiteralType.mapOf(LiteralType.INTEGER)));
    put("some_day", LocalDate.of(2026, 2, 28), LiteralType.optional(LiteralType.DATE));
    put("some_instant", WHEN, LiteralType.optional(LiteralType.DATETIME));
    put("some_span", Duration.ofSeconds(1), LiteralType.optional(LiteralType.DURATION));
    LiteralType texts = LiteralType.listOf(LiteralType.STRING);
    put("some_list", List.of("x"), LiteralType.optional(texts));
    put("some_untyped", Map.of("k", 1), LiteralType.optional(LiteralType.STRUCT));
    put("list_of_some", Arrays.asList(1, null, 3), LiteralType.listOf(optionalInt));
    Map<String, String> some = new LinkedHashMap<>();
    some.put("a", "x");
    some.put("b", null);
    put("map_of_some", some, LiteralType.mapOf(LiteralType.optional(LiteralType.STRING)));
    put("color", Color.GREEN);
    put("colors", List.of(Color.RED, Color.GREEN));
    LiteralType color =
        LiteralType.enumOf(
            dialect == LiteralDialect.FLYTE_1
                ? List.of("red", "green-ish")
                : List.of("RED", "GREEN"));
    put("some_color", Color.GREEN, LiteralType.optional(color));
  }

  private void dataclasses() throws IOException {
    Point point = new Point(1, 2.5, "p");
    List<Point> points = List.of(new Point(1, 1, null), new Point(2, 2, "b"));
    put("point", point);
    put("points", points);
    put("points_by_name", Map.of("a", point));
    put("some_point", point, LiteralType.optional(LiteralType.DATACLASS));
    put(
        "everything",
        new Everything(
            point,
            points,
            new int[][] {{1}, {2, 3}},
            Map.of("a", point),
            Optional.of(point),
            Optional.empty(),
            WHEN,
            Duration.ofMillis(90_500),
            LocalDate.of(2026, 2, 28),
            Color.GREEN,
            new byte[] {0, (byte) 0xff},
            new FlyteFile("s3://bucket/in/a.txt"),
            new FlyteDirectory("s3://bucket/in/tree"),
            true));
  }

  private void references() throws IOException {
    FlyteFile file = new FlyteFile("s3://bucket/in/a.txt");
    FlyteFile csv = new FlyteFile("s3://bucket/in/a.csv");
    FlyteDirectory tree = new FlyteDirectory("s3://bucket/in/tree");
    StructuredDataset table = new StructuredDataset("s3://bucket/in/table", "parquet");
    put("file", new FlyteFile("s3://bucket/in/a b%20c.txt"));
    put("some_file", file, LiteralType.optional(LiteralType.FILE));
    put("files", List.of(new FlyteFile("s3://bucket/in/1"), new FlyteFile("s3://bucket/in/2")));
    put("tree", tree);
    put("some_tree", tree, LiteralType.optional(LiteralType.DIRECTORY));
    put("table", table);
    put("some_table", table, LiteralType.optional(LiteralType.DATASET));
    if (dialect == LiteralDialect.FLYTE_1) {
      put("csv_file", csv, LiteralType.file("csv"));
      put("some_csv_file", csv, LiteralType.optional(LiteralType.file("csv")));
    } else {
      Model model = new Model(1, WHEN, Map.of("k", List.of(1)));
      put("model", model);
      put("some_model", model, LiteralType.optional(LiteralType.PYDANTIC));
    }
  }

  @Test
  @RequireStores("python")
  @Rule("LIT-2")
  void flytekitReadsWhatJavaWrites() throws IOException {
    String out = PythonEnvironment.run(LIMIT, Map.of(), SCRIPT, "1", written().toString());
    assertThat(out).contains(literals.size() + " read");
  }

  @Test
  @RequireStores("flyte2")
  @Rule("LIT-2")
  void flyte2ReadsWhatJavaWrites() throws IOException {
    dialect = LiteralDialect.FLYTE_2;
    String out =
        PythonEnvironment.run(
            PythonEnvironment.flyte2(), LIMIT, Map.of(), SCRIPT, "2", written().toString());
    assertThat(out).contains(literals.size() + " read");
  }

  @Test
  @Rule("LIT-9")
  void theRecordsComeBack() throws IOException {
    written();
    Everything read = Literals.as(literals.get("everything"), Everything.class);
    assertThat(read)
        .usingRecursiveComparison()
        .isEqualTo(
            new Everything(
                new Point(1, 2.5, "p"),
                List.of(new Point(1, 1, null), new Point(2, 2, "b")),
                new int[][] {{1}, {2, 3}},
                Map.of("a", new Point(1, 2.5, "p")),
                Optional.of(new Point(1, 2.5, "p")),
                Optional.empty(),
                WHEN,
                Duration.ofMillis(90_500),
                LocalDate.of(2026, 2, 28),
                Color.GREEN,
                new byte[] {0, (byte) 0xff},
                new FlyteFile("s3://bucket/in/a.txt"),
                new FlyteDirectory("s3://bucket/in/tree"),
                true));
  }
}
