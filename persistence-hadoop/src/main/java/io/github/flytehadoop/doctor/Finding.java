/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.doctor;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One line of the examination.
 *
 * @param check what was looked at, such as {@code reach}
 * @param verdict how it is
 * @param detail what was found; no secrets
 * @param fix what to do, or null when nothing has to be done
 */
public record Finding(String check, Verdict verdict, String detail, @Nullable String fix) {
  /** How something is. */
  public enum Verdict {
    /** As it should be. */
    OK,
    /** It works, but not as well as it could. */
    WARNING,
    /** It has to be mended. */
    FAILED,
    /** Not looked at, because of something else. */
    SKIPPED
  }

  /** Refuses null. */
  public Finding {
    Objects.requireNonNull(check, "check");
    Objects.requireNonNull(verdict, "verdict");
    Objects.requireNonNull(detail, "detail");
  }

  static Finding ok(String check, String detail) {
    return new Finding(check, Verdict.OK, detail, null);
  }

  static Finding warning(String check, String detail, String fix) {
    return new Finding(check, Verdict.WARNING, detail, fix);
  }

  static Finding failed(String check, String detail, String fix) {
    return new Finding(check, Verdict.FAILED, detail, fix);
  }

  static Finding skipped(String check, String why) {
    return new Finding(check, Verdict.SKIPPED, why, null);
  }

  /** Whether something has to be mended. */
  public boolean isFailed() {
    return verdict == Verdict.FAILED;
  }
}
