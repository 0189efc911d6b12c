/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli;

import io.github.flytehadoop.FileAccessProvider;
import io.github.flytehadoop.cli.exit.ExitCode;
import io.github.flytehadoop.cli.option.LiteralForm;
import io.github.flytehadoop.cli.output.ErrorDocumentResult;
import io.github.flytehadoop.cli.output.LiteralsResult;
import io.github.flytehadoop.cli.output.NamedUrisResult;
import io.github.flytehadoop.cli.output.Output;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.literal.ErrorDocument;
import io.github.flytehadoop.literal.Literal;
import io.github.flytehadoop.literal.Literals;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "literal",
    description = {
      "Shows inputs.pb, outputs.pb, error.pb or an offloaded literal in plain words.",
      "With --check: whether everything it names exists; exit code 1 when something does not."
    })
final class LiteralCommand extends BaseCommand {
  private static final int MAX_BYTES = 64 << 20;

  @Parameters(paramLabel = "URI", description = "A file that Flyte or a task wrote.")
  private String uri = "";

  @Option(
      names = "--as",
      paramLabel = "map|literal|error",
      description = "What is in the file; otherwise its name says that.")
  private @Nullable LiteralForm form;

  @Option(
      names = "--fetch-offloaded",
      description = "Reads the literals that lie in files of their own, and shows them in place.")
  private boolean fetchOffloaded;

  @Option(
      names = "--check",
      description = "Looks for each file, directory and table that it names, and compares sizes.")
  private boolean check;

  LiteralCommand(Session.Factory sessions, Output output) {
    super(sessions, output);
  }

  @Override
  ExitCode run() throws IOException {
    try (Session session = sessions().open()) {
      FileAccessProvider provider = session.provider();
      byte[] bytes = read(provider, uri, MAX_BYTES);
      LiteralForm content = form == null ? LiteralForm.of(uri) : form;
      if (content == LiteralForm.ERROR) {
        output().print(new ErrorDocumentResult(ErrorDocument.parse(bytes)));
        return ExitCode.DONE;
      }
      Map<String, Literal> literals =
          content == LiteralForm.MAP
              ? Literals.parseMap(bytes).literals()
              : Map.of("", Literals.parse(bytes));
      if (check) {
        return check(provider, literals);
      }
      output().print(new LiteralsResult(fetchOffloaded ? fetched(provider, literals) : literals));
      return ExitCode.DONE;
    }
  }

  private ExitCode check(FileAccessProvider provider, Map<String, Literal> literals)
      throws IOException {
    NamedUrisResult result = new NamedUrisResult(new NamedUris(provider).check(literals));
    output().print(result);
    return result.isComplete() ? ExitCode.DONE : ExitCode.FAILED;
  }

  private static Map<String, Literal> fetched(
      FileAccessProvider provider, Map<String, Literal> literals) throws IOException {
    Map<String, Literal> fetched = new LinkedHashMap<>();
    for (Map.Entry<String, Literal> entry : literals.entrySet()) {
      fetched.put(
          entry.getKey(),
          Literals.resolve(
              entry.getValue(), offloaded -> read(provider, offloaded.uri(), MAX_BYTES)));
    }
    return fetched;
  }

  private static byte[] read(FileAccessProvider provider, String from, int most)
      throws IOException {
    try (InputStream in = provider.openRead(from)) {
      byte[] bytes = in.readNBytes(most + 1);
      if (bytes.length > most) {
        throw Problem.cannot("read", from)
            .because("it has more than 64 MiB")
            .kind(FailureKind.UNSUPPORTED)
            .remedy("Read it with a program of your own: Literals.parse has no limit.")
            .exception();
      }
      return bytes;
    }
  }
}
