/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli.output;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.flytehadoop.cli.option.GlobalOptions;
import io.github.flytehadoop.cli.option.OutputFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Standard output: results and nothing else, in UTF-8. */
public final class Output {
  /** Made for the first result in JSON; most runs have none. */
  private static final class Json {
    static final ObjectMapper MAPPER = new ObjectMapper();
  }

  private final StandardOutput out;
  private final GlobalOptions options;

  /** Prints in the form that the options say when something is printed. */
  public Output(StandardOutput out, GlobalOptions options) {
    this.out = out;
    this.options = options;
  }

  /** For building results. */
  static ObjectMapper json() {
    return Json.MAPPER;
  }

  /** An empty JSON object. */
  static ObjectNode object() {
    return json().createObjectNode();
  }

  /**
   * Prints one result.
   *
   * @throws StandardOutput.Refused when nobody takes it: a full disk, a closed pipe
   */
  public void print(Result result) throws IOException {
    if (!result.done().isEmpty()) {
      out.done(result.done());
    }
    out.write(text(result).getBytes(StandardCharsets.UTF_8));
  }

  /** Prints the result of a run whose standard output is the bytes of a file. */
  public void print(Result result, PrintStream err) throws IOException {
    out.done(result.done());
    err.print(text(result));
    err.flush();
  }

  private String text(Result result) throws IOException {
    StringBuilder text = new StringBuilder();
    if (options.output() == OutputFormat.JSON) {
      text.append(json().writeValueAsString(result.json())).append('\n');
    } else {
      result.lines().forEach(line -> text.append(line).append('\n'));
    }
    return text.toString();
  }

  /** Whether results are for people. */
  public boolean isText() {
    return options.output() == OutputFormat.TEXT;
  }

  /** For the bytes of a file. */
  public OutputStream bytes() {
    return out;
  }

  /** Hands over what is buffered. */
  public void flush() throws IOException {
    out.flush();
  }
}
