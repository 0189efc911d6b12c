/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.error;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.TestSecrets;
import java.io.EOFException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ProblemTest {
  private static final String SECRET = TestSecrets.remember("tstSecretProblemNeverPrintIt");
  private static final String SIGNED = "https://h/x?X-Amz-Signature=" + SECRET + "&a=b";

  @Test
  void aMessageSaysWhatWhyAndWhatToDo() {
    Problem problem =
        Problem.cannot("copy", "s3://b/x").also("to", "/y").because("it exists").remedy("Leave.");

    assertThat(problem.message()).isEqualTo("Cannot copy s3://b/x to /y: it exists. Leave.");
    assertThat(Problem.isMessage(problem.message())).isTrue();
    assertThat(Problem.partsOf(problem.message()))
        .isEqualTo(new Problem.Parts("it exists", "Leave."));
    assertThat(Problem.partsOf("something else")).isNull();
  }

  @Test
  void aReasonHasOneStop() {
    assertThat(Problem.cannot("go").because("it is late.").message())
        .isEqualTo("Cannot go: it is late.");
    assertThat(Problem.cannot("go").because("it holds the segment ..").message())
        .isEqualTo("Cannot go: it holds the segment ...");
    assertThat(Problem.cannot("go").message()).isEqualTo("Cannot go.");
  }

  @Test
  @Rule("F82")
  void noPartShowsASignatureOrEndsTheLine() {
    String message =
        Problem.cannot("read '" + SIGNED + "'", SIGNED)
            .also("to " + SIGNED)
            .also("and", SIGNED)
            .because("no " + SIGNED + "\nforged")
            .remedy("Ask " + SIGNED + ".")
            .message();

    assertThat(message)
        .isEqualTo(
            "Cannot read 'https://h/x?***' https://h/x?*** to https://h/x?*** and https://h/x?***:"
                + " no https://h/x?***\\nforged. Ask https://h/x?***.");
  }

  @Test
  @Rule("F82")
  void theLocationIsTheFirstSubjectUnlessAnotherIsNamed() {
    assertThat(Problem.cannot("copy", "s3://b/x").also("to", "/y").exception().location())
        .isEqualTo("s3://b/x");
    assertThat(Problem.cannot("copy", "s3://b/x").at("/y").exception().location()).isEqualTo("/y");
    assertThat(Problem.cannot("copy", SIGNED).exception().location()).isEqualTo("https://h/x?***");
  }

  @Test
  void theExceptionIsOfTheClassThatIsAskedFor() {
    IOException cause = new IOException("it broke");
    Problem problem = Problem.cannot("put", "/x").kind(FailureKind.NOT_FOUND).causedBy(cause);

    assertThat(problem.exception()).isInstanceOf(DataNotFoundException.class).hasCause(cause);
    UploadException upload = problem.as(UploadException::new);
    assertThat(upload).hasMessage("Cannot put /x.").hasCause(cause);
    assertThat(upload.kind()).isEqualTo(FailureKind.NOT_FOUND);
    EOFException end = problem.made(EOFException::new);
    assertThat(end).hasMessage("Cannot put /x.").hasCause(cause);
    assertThat(problem.argument()).hasMessage("Cannot put /x.").hasCause(cause);
    assertThat(problem.state()).hasMessage("Cannot put /x.").hasCause(cause);
  }
}
