import io.github.flytehadoop.literal.LiteralType;
import io.github.flytehadoop.task.ExitStatus;
import io.github.flytehadoop.task.FlyteTask;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Flyte task in Java: points of Python come in, a file and a dataclass go back. Declared by {@code
 * jvm_task.py} for Flyte 1 and by {@code jvm_task_flyte2.py} for Flyte 2.
 */
public final class JvmTask {
  /** A dataclass in Python, by the names of its fields. */
  record Point(long x, double y, Optional<String> label) {}

  public static void main(String[] args) {
    ExitStatus status =
        FlyteTask.run(
            args,
            task -> {
              long limit = task.inputs().getLong("limit");
              Optional<String> title = task.inputs().optionalString("title");
              List<Point> points = task.inputs().getList("points", Point.class);
              // a map that the platform has put into a file of its own is read the same way
              Map<String, Double> weights = task.inputs().getMap("weights", Double.class);
              String names = Files.readString(task.inputs().file("names").download());

              Point best = points.get(0);
              StringBuilder csv = new StringBuilder("x,y\n");
              for (Point point : points.subList(0, (int) Math.min(limit, points.size()))) {
                csv.append(point.x()).append(',').append(point.y()).append('\n');
                best = point.y() > best.y() ? point : best;
              }
              Path directory = Files.createTempDirectory("task-");
              Path report = Files.writeString(directory.resolve("report.csv"), csv);

              task.outputs().putFile("report", report);
              task.outputs().putDirectory("directory", directory);
              task.outputs().put("best", best);
              task.outputs().put("total", weights.values().stream().mapToDouble(w -> w).sum());
              task.outputs().put("lines", names.lines().toList());
              task.outputs()
                  .put("title", title.orElse(null), LiteralType.optional(LiteralType.STRING));
            });
    System.exit(status.code()); // 0 also after a failure that Flyte was told of
  }
}
