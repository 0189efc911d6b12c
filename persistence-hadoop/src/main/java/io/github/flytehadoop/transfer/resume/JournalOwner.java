/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.resume;

import io.github.flytehadoop.transfer.spill.VarintReader;
import io.github.flytehadoop.transfer.spill.VarintWriter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * The run that a journal belongs to. A live one writes this again every {@link #RENEWAL}; one that
 * has not done so for {@link #EXPIRY}, by the clock of the store, is dead, and so is one whose
 * process this machine no longer has.
 *
 * @param token of the run
 * @param host for people
 * @param machine the kernel and its process numbers, or empty when not known
 * @param process its number
 * @param startedMillis when the process started
 * @param state whether it goes on
 */
record JournalOwner(
    String token, String host, String machine, long process, long startedMillis, State state) {
  static final Duration RENEWAL = Duration.ofSeconds(15);
  static final Duration EXPIRY = Duration.ofSeconds(60);

  /** Whether the run goes on. */
  enum State {
    RUNNING,
    ENDED
  }

  /** This process, with a new token. */
  static JournalOwner here() {
    ProcessHandle process = ProcessHandle.current();
    return new JournalOwner(
        UUID.randomUUID().toString(),
        hostName(),
        machineHere(),
        process.pid(),
        startOf(process),
        State.RUNNING);
  }

  JournalOwner ended() {
    return new JournalOwner(token, host, machine, process, startedMillis, State.ENDED);
  }

  /** That it may be alive, and what to do, for people. */
  String told() {
    return "a run of this name goes on, in process "
        + process
        + " of "
        + host
        + ". Wait for it, or choose another job id; if it was killed, try again in "
        + EXPIRY.toSeconds()
        + " seconds";
  }

  void write(VarintWriter out) {
    out.text(token);
    out.text(host);
    out.text(machine);
    out.number(process);
    out.number(startedMillis);
    out.text(state.name());
  }

  static JournalOwner read(VarintReader in) {
    return new JournalOwner(
        in.text(), in.text(), in.text(), in.number(), in.number(), State.valueOf(in.text()));
  }

  /** Whether nobody needs to be asked: it has said so, or its process is gone. */
  boolean isKnownDead() {
    if (state == State.ENDED) {
      return true;
    }
    boolean here = !machine.isEmpty() && machine.equals(machineHere());
    return here
        && ProcessHandle.of(process)
            .filter(ProcessHandle::isAlive)
            .filter(found -> startOf(found) == startedMillis)
            .isEmpty();
  }

  private static long startOf(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  /** Process numbers mean something only within one boot and one name space of one kernel. */
  private static String machineHere() {
    try {
      String boot =
          Files.readString(Path.of("/proc/sys/kernel/random/boot_id"), StandardCharsets.US_ASCII);
      return boot.trim() + " " + Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
    } catch (IOException | UnsupportedOperationException unknown) {
      return "";
    }
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException unnamed) {
      return "localhost";
    }
  }
}
