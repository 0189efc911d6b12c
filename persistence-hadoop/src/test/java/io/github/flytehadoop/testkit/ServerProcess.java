/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server in a process of its own, on the loopback interface, that ends with this JVM. */
public final class ServerProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long STOP_SECONDS = 10;
  private static final int FIRST_PORT = 12_000;
  private static final int FIRST_OF_CONNECTIONS = 32_768;
  private static final int MOST_TRIES = 100;

  private final Process process;
  private final int port;
  private final Path log;

  private ServerProcess(Process process, int port, Path log) {
    this.process = process;
    this.port = port;
    this.log = log;
  }

  /**
   * A port that was free a moment ago, below those that connections get, so that none takes it
   * until its server listens.
   */
  public static int freePort() {
    for (int tries = 0; ; tries++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, FIRST_OF_CONNECTIONS);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException taken) {
        if (tries == MOST_TRIES) {
          throw new UncheckedIOException(taken);
        }
      }
    }
  }

  /** Starts it and waits until it listens; its output goes into a file. */
  public static ServerProcess start(
      String name, int port, List<String> command, Map<String, String> environment) {
    try {
      Path directory = TestDirectories.create(name);
      Path log = directory.resolve("server.log");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile());
      builder.environment().putAll(environment);
      Process process = builder.start();
      Runtime.getRuntime()
          .addShutdownHook(new Thread(process::destroyForcibly, name + "-server-stop"));
      awaitPort(name, port, process, log);
      return new ServerProcess(process, port, log);
    } catch (IOException failure) {
      throw new UncheckedIOException("Cannot start the " + name + " server", failure);
    }
  }

  private static void awaitPort(String name, int port, Process process, Path log)
      throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end && process.isAlive()) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress("127.0.0.1", port), 1000);
        return;
      } catch (IOException notYet) {
        pause();
      }
    }
    throw new IOException(
        "The " + name + " server does not listen on " + port + ":\n" + Files.readString(log));
  }

  private static void pause() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  int port() {
    return port;
  }

  /** Its output so far, and where it is written. */
  public Path log() {
    return log;
  }

  /** Asks it to end, and does not let it refuse. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** Requests that its log shows; the pattern's first group is the method and the target. */
  List<String> requests(Pattern line) {
    try {
      // its log is written by another process: what a client was answered may come a moment later
      pause();
      pause();
      return Files.readAllLines(log).stream()
          .map(line::matcher)
          .filter(Matcher::find)
          .map(found -> found.group(1))
          .toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
