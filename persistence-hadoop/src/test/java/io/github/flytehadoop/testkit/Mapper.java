/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The JVM of one attempt of a map task on a {@link YarnCluster} of this JVM. */
public record Mapper(String attempt, ProcessHandle process) {
  private static final Pattern ATTEMPT =
      Pattern.compile("\\.YarnChild .*(attempt_\\d+_\\d+_m_\\d+_\\d+)");

  /** Those that run now. */
  public static List<Mapper> running() {
    return ProcessHandle.current().descendants().map(Mapper::of).flatMap(Optional::stream).toList();
  }

  private static Optional<Mapper> of(ProcessHandle process) {
    boolean java = process.info().command().filter(path -> path.endsWith("/java")).isPresent();
    Matcher line = ATTEMPT.matcher(process.info().commandLine().orElse(""));
    return java && line.find() ? Optional.of(new Mapper(line.group(1), process)) : Optional.empty();
  }

  /** Whether no attempt at its task came before it. */
  public boolean isFirst() {
    return attempt.endsWith("_0");
  }

  /** Kills it as the kernel does when memory runs out, and returns when it is dead. */
  public void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** Stands it still until {@link #resume}. */
  public void stop() {
    Signals.stop(process);
  }

  /** Lets it go on. */
  public void resume() {
    Signals.resume(process);
  }

  /**
   * What other users of its node, and readers of the job's configuration and scripts, can see of
   * it: command line, environment, and its working directory without the file of its tokens.
   */
  public String visible() throws IOException {
    Path self = Path.of("/proc", Long.toString(process.pid()));
    StringBuilder all = new StringBuilder();
    all.append(Files.readString(self.resolve("cmdline"), StandardCharsets.ISO_8859_1));
    all.append(Files.readString(self.resolve("environ"), StandardCharsets.ISO_8859_1));
    try (DirectoryStream<Path> files = Files.newDirectoryStream(self.resolve("cwd"))) {
      for (Path file : files) {
        boolean text = file.toString().endsWith("xml") || file.toString().endsWith("sh");
        if (text && Files.isRegularFile(file)) {
          all.append(file).append(Files.readString(file));
        }
      }
    }
    return all.toString();
  }

  /**
   * A home of Java for {@code mapreduce.map.env} whose JVMs leave the session that their node made
   * for them, so that the node cannot end them: it loses sight of them, as when it loses its power
   * of the network, and they become zombies.
   */
  public static Path javaThatOutlivesItsContainer() throws IOException {
    Path home = TestDirectories.create("java-home");
    Path real = Path.of(System.getProperty("java.home"), "bin", "java");
    Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\nexec setsid -w " + real + " \"$@\"\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    return home;
  }
}
