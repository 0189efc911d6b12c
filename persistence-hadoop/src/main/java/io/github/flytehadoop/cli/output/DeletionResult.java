/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli.output;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.flytehadoop.error.Printable;
import java.util.List;

/**
 * Something that is not there any more.
 *
 * @param uri where it was
 * @param trashed whether it is in the trash of its user now
 */
public record DeletionResult(String uri, boolean trashed) implements Result {
  @Override
  public List<String> lines() {
    return List.of((trashed ? "moved to the trash " : "deleted ") + Printable.of(uri));
  }

  @Override
  public String done() {
    return lines().get(0);
  }

  @Override
  public ObjectNode json() {
    return Output.object().put("uri", uri).put("deleted", true).put("trashed", trashed);
  }
}
