/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.RelativePath;
import io.github.flytehadoop.testkit.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameCollisionGuardTest {
  @TempDir Path temp;

  @ParameterizedTest
  @CsvSource({
    "Foo, foo",
    "d/FOO, D/foo",
    "STRASSE, stra\u00dfe",
    "\u00e9, e\u0301",
    "\u00c9, e\u0301",
    "\u03c3, \u03c2",
  })
  @Rule({"B27", "B29"})
  void twinsAreAConflictOnADiskThatFoldsNames(String one, String other) throws Exception {
    NameCollisionGuard folding = new NameCollisionGuard(temp, NameCollisionGuard.Disk.FOLDING);
    folding.check(new RelativePath(one));
    folding.check(new RelativePath(one + "x"));
    TransferException failure =
        catchThrowableOfType(TransferException.class, () -> folding.check(new RelativePath(other)));
    assertThat(failure.kind()).isEqualTo(FailureKind.CONFLICT);
    assertThat(failure).hasMessageContaining(other);
    NameCollisionGuard exact = new NameCollisionGuard(temp, NameCollisionGuard.Disk.EXACT);
    exact.check(new RelativePath(one));
    exact.check(new RelativePath(other));
  }

  /** Whatever this disk is like, it is asked, and not the name of the system. */
  @Test
  @Rule("B29")
  void theDiskItselfIsAsked() throws IOException {
    Path probe = Files.createDirectory(temp.resolve("Probe"));
    boolean folds = Files.exists(temp.resolve("pROBE"));
    NameCollisionGuard.Disk expected =
        folds ? NameCollisionGuard.Disk.FOLDING : NameCollisionGuard.Disk.EXACT;
    assertThat(NameCollisionGuard.diskOf(probe)).isEqualTo(expected);
    assertThat(NameCollisionGuard.diskOf(probe.resolve("not/there"))).isEqualTo(expected);
    if (!folds) {
      Files.createDirectory(temp.resolve("Probe".toUpperCase(Locale.ROOT)));
      assertThat(NameCollisionGuard.diskOf(probe))
          .as("two of them")
          .isEqualTo(NameCollisionGuard.Disk.EXACT);
    }
  }
}
