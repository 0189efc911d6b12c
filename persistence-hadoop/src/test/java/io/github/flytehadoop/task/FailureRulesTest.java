/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.config.S3Config;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.literal.ContainerError;
import io.github.flytehadoop.literal.ErrorDocument;
import io.github.flytehadoop.literal.LiteralException;
import io.github.flytehadoop.testkit.Rule;
import java.io.UncheckedIOException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each generation is told of a failure. */
class FailureRulesTest {
  private static final Path VECTORS = Path.of("src/test/resources/task-vectors");

  private static Throwable failure(String kind) {
    return switch (kind) {
      case "user" -> new IllegalStateException("x");
      case "retry" -> new IllegalStateException(new RecoverableTaskException("x"));
      case "final" -> new RuntimeException(new NonRecoverableTaskException("x"));
      case "load" -> new NoClassDefFoundError("x");
      case "type" -> new LiteralException("x", "x", null);
      case "store later" -> new TransferException(FailureKind.THROTTLED, "x", "x", null);
      case "store never" ->
          new UncheckedIOException(
              new TransferException(FailureKind.ACCESS_DENIED, "x", "x", null));
      case "host" -> new UnknownHostException("x");
      case "memory" -> new OutOfMemoryError("x");
      default -> new IllegalStateException("x") {};
    };
  }

  @ParameterizedTest
  @CsvSource({
    "user,        USER:IllegalStateException, NON_RECOVERABLE, USER",
    "anonymous,   USER:IllegalStateException, NON_RECOVERABLE, USER",
    "retry,       USER:Recoverable,           RECOVERABLE,     USER",
    "final,       USER:RuntimeException,      NON_RECOVERABLE, USER",
    "load,        USER:NoClassDefFoundError,  NON_RECOVERABLE, USER",
    "memory,      USER:OutOfMemoryError,      NON_RECOVERABLE, USER",
    "host,        USER:UnknownHostException,  NON_RECOVERABLE, USER",
    "type,        SYSTEM,                     NON_RECOVERABLE, SYSTEM",
    "store later, SYSTEM,                     RECOVERABLE,     SYSTEM",
    "store never, SYSTEM,                     NON_RECOVERABLE, SYSTEM"
  })
  @Rule("TASK-11")
  void ofFlyte1(String kind, String code, ContainerError.Kind again, ContainerError.Origin origin) {
    check(FailureRules.of(failure(kind), FlyteGeneration.FLYTE_1), code, again, origin);
  }

  @ParameterizedTest
  @CsvSource({
    "user,        IllegalStateException, RECOVERABLE,     USER",
    "retry,       IllegalStateException, RECOVERABLE,     USER",
    "final,       NonRecoverableError,   NON_RECOVERABLE, USER",
    "load,        NoClassDefFoundError,  RECOVERABLE,     UNKNOWN",
    "memory,      OutOfMemoryError,      RECOVERABLE,     USER",
    "host,        JavaError,             RECOVERABLE,     USER",
    "type,        DataValidationError,   RECOVERABLE,     USER",
    "store later, TransferException,     RECOVERABLE,     SYSTEM",
    "store never, TransferException,     NON_RECOVERABLE, SYSTEM"
  })
  @Rule("TASK-11")
  void ofFlyte2(String kind, String code, ContainerError.Kind again, ContainerError.Origin origin) {
    check(FailureRules.of(failure(kind), FlyteGeneration.FLYTE_2), code, again, origin);
  }

  private static void check(
      FailureRules rules, String code, ContainerError.Kind again, ContainerError.Origin origin) {
    assertThat(rules.code()).isEqualTo(code);
    assertThat(rules.kind()).isEqualTo(again);
    assertThat(rules.origin()).isEqualTo(origin);
  }

  @ParameterizedTest
  @CsvSource({
    "flyte1/error_user, user, FLYTE_1",
    "flyte1/error_recoverable, retry, FLYTE_1",
    "flyte1/error_output_type, type, FLYTE_1",
    "flyte1/error_load, load, FLYTE_1",
    "flyte2/error_user, user, FLYTE_2",
    "flyte2/error_final, final, FLYTE_2"
  })
  @Rule("TASK-11")
  void kindAndOriginAreThoseOfTheSdk(String vector, String kind, FlyteGeneration generation)
      throws Exception {
    byte[] bytes = Files.readAllBytes(VECTORS.resolve(vector).resolve("error.pb"));
    ContainerError theirs = ErrorDocument.parse(bytes).error();

    FailureRules ours = FailureRules.of(failure(kind), generation);

    assertThat(ours.kind()).isEqualTo(theirs.kind());
    assertThat(ours.origin()).isEqualTo(theirs.origin());
    assertThat(ours.code().split(":")[0])
        .isEqualTo(
            generation == FlyteGeneration.FLYTE_1 ? theirs.code().split(":")[0] : ours.code());
  }

  @Test
  void causesInARingEnd() {
    Exception one = new Exception("1");
    Exception two = new Exception("2", one);
    one.initCause(two);

    assertThat(FailureRules.has(one, RecoverableTaskException.class)).isFalse();
  }

  @Test
  @Rule("TASK-9")
  void secretsAreMaskedAndLinesStay() {
    DataConfig config =
        DataConfig.builder()
            .s3(S3Config.builder().accessKeyId("AKIA").secretAccessKey("s3cr3t/Key+value").build())
            .build();
    FailureText text = new FailureText(config, Map.of("DB_PASSWORD", "hunter2hunter2"));

    String shown =
        text.of(
            new Exception(
                "a s3cr3t/Key+value b hunter2hunter2\n"
                    + "https://h/x?X-Amz-Signature=abc \u001b[2J"));

    assertThat(shown)
        .startsWith("a *** b ***\nhttps://h/x?*** \\u001B[2J\n\njava.lang.Exception: a *** b ***\n")
        .contains("\n    at io.github.flytehadoop.task.FailureRulesTest.")
        .doesNotContain("s3cr3t", "hunter2", "Signature");
  }

  @Test
  @Rule("TASK-9")
  void longTextKeepsHeadAndTailAndWholeCodePoints() {
    String text = "head " + "\uD83D\uDE80".repeat(50_000) + "\u00e9".repeat(999) + " tail";

    String cut = FailureText.cut(text, 60 << 10);

    assertThat(cut.getBytes(StandardCharsets.UTF_8).length).isBetween(60_000, 60 << 10);
    assertThat(cut).startsWith("head \uD83D\uDE80").endsWith("\u00e9 tail").contains("is left out");
    assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(cut)).isTrue();
    assertThat(FailureText.cut("short", 60 << 10)).isEqualTo("short");
  }
}
