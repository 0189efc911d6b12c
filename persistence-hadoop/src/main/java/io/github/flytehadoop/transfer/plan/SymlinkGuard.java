/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.plan;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.RelativePath;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * A link below a local target could lead what is written out of it. Files come in the order of
 * {@link PathOrder}, so each directory is looked at about once.
 */
final class SymlinkGuard implements PlanBuilder.NameRule {
  private final Path target;
  private String before = "";

  SymlinkGuard(Path target) {
    this.target = target;
  }

  @Override
  public void check(RelativePath file) throws TransferException {
    for (RelativePath at = file.parent();
        at != null && !PathOrder.isBelow(before, at.value());
        at = at.parent()) {
      refuseLink(target.resolve(at.value()));
    }
    before = file.value();
  }

  private static void refuseLink(Path local) throws TransferException {
    if (Files.isSymbolicLink(local) && Files.exists(local, LinkOption.NOFOLLOW_LINKS)) {
      throw Problem.cannot("write below", local)
          .because("it is a link, which may lead elsewhere")
          .remedy("Remove it, or choose another target.")
          .kind(FailureKind.CONFLICT)
          .exception();
    }
  }
}
