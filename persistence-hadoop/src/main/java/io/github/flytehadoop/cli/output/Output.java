/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli.output;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.flytehadoop.cli.option.GlobalOptions;
import io.github.flytehadoop.cli.option.OutputFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Standard output: results and nothing else, in UTF-8. */
public final class Output {
  /** For building results. */
  static final ObjectMapper JSON = new ObjectMapper();

  private final OutputStream out;
  private final GlobalOptions options;

  /** Prints in the form that the options say when something is printed. */
  public Output(OutputStream out, GlobalOptions options) {
    this.out = out;
    this.options = options;
  }

  /** An empty JSON object. */
  static ObjectNode object() {
    return JSON.createObjectNode();
  }

  /**
   * Prints one result.
   *
   * @throws IOException when nobody takes it: a full disk, a closed pipe
   */
  public void print(Result result) throws IOException {
    StringBuilder text = new StringBuilder();
    if (options.output() == OutputFormat.JSON) {
      text.append(JSON.writeValueAsString(result.json())).append('\n');
    } else {
      result.lines().forEach(line -> text.append(line).append('\n'));
    }
    out.write(text.toString().getBytes(StandardCharsets.UTF_8));
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
