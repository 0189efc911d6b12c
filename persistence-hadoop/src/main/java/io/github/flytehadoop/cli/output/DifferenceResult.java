/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli.output;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.flytehadoop.error.Printable;
import io.github.flytehadoop.transfer.Difference;
import java.util.List;

/**
 * One line of a comparison: {@code <} only the first has it, {@code >} only the second, {@code !}
 * the bytes differ.
 *
 * @param difference what was found
 */
public record DifferenceResult(Difference difference) implements Result {
  @Override
  public List<String> lines() {
    String mark =
        switch (difference.kind()) {
          case ONLY_FIRST -> "<";
          case ONLY_SECOND -> ">";
          case DIFFERENT -> "!";
        };
    return List.of(
        mark + " " + Printable.escaped(difference.path()) + "  (" + difference.why() + ")");
  }

  @Override
  public ObjectNode json() {
    return Output.object()
        .put("kind", difference.kind().name())
        .put("path", Printable.masked(difference.path()))
        .put("why", difference.why());
  }
}
