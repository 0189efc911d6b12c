/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** What {@link AzureGate} answers. */
record DfsAnswer(int status, Map<String, String> headers, byte[] body) {
  static DfsAnswer of(int status) {
    return new DfsAnswer(status, new HashMap<>(), new byte[0]);
  }

  static DfsAnswer error(int status, String code) {
    return json(status, "{\"error\":{\"code\":\"%s\",\"message\":\"%s\"}}".formatted(code, code));
  }

  static DfsAnswer json(int status, String text) {
    DfsAnswer answer =
        new DfsAnswer(status, new HashMap<>(), text.getBytes(StandardCharsets.UTF_8));
    return answer.with("Content-Type", "application/json");
  }

  DfsAnswer with(String header, String value) {
    headers.put(header, value);
    return this;
  }
}
