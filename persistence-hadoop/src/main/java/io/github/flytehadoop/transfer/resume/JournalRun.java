/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.resume;

import io.github.flytehadoop.error.Printable;
import io.github.flytehadoop.store.ReservedNames;
import io.github.flytehadoop.transfer.spill.VarintReader;
import io.github.flytehadoop.transfer.spill.VarintWriter;
import java.util.List;

/** What has to be the same for a run to go on. */
record JournalRun(String source, String target, String rules) {
  /** The tag of the temporary names of a run with this name. */
  String tag(String jobId) {
    return ReservedNames.tagOf(jobId, List.of(source, target));
  }

  void write(VarintWriter out) {
    out.text(source);
    out.text(target);
    out.text(rules);
  }

  static JournalRun read(VarintReader in) {
    return new JournalRun(in.text(), in.text(), in.text());
  }

  /** What it copies, for people. */
  String told() {
    return "it is of a copy from "
        + Printable.of(source)
        + " to "
        + Printable.of(target)
        + ", "
        + Printable.of(rules);
  }
}
