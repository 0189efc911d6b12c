/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Every secret that a test uses. They are looked up in all output of all tests, so a test takes its
 * secrets from here, or adds its own with {@link #remember}.
 */
public final class TestSecrets {
  private static final Set<String> ALL = new ConcurrentSkipListSet<>();

  /** Outlives the JVM, for the search comes after all tests, in another. */
  private static final Path FILE = TestDirectories.target().resolve("testkit/secrets.tsv");

  /** The access key of the S3 server. Not secret by itself. */
  public static final String S3_ACCESS_KEY = "FLYTETESTACCESSKEY01";

  /** The secret key of the S3 server. */
  public static final String S3_SECRET_KEY = remember("tstSecret0/S3Proxy+Key/never+print/it01");

  /** A second identity that no server knows. */
  public static final String UNKNOWN_ACCESS_KEY = "FLYTETESTACCESSKEY02";

  /** The secret of the identity that no server knows. */
  public static final String UNKNOWN_SECRET_KEY =
      remember("tstSecret1/Unknown+Key/never+print/it02");

  /** A session token. */
  public static final String SESSION_TOKEN = remember("tstSecret2SessionTokenNeverPrintIt03");

  /** The key of an Azure storage account, in base64 as the client wants it. */
  public static final String AZURE_ACCOUNT_KEY =
      remember("dHN0U2VjcmV0M0F6dXJlQWNjb3VudEtleU5ldmVyUHJpbnRJdDA0");

  /** The secret of an Azure client. */
  public static final String AZURE_CLIENT_SECRET = remember("tstSecret4~AzureClientNeverPrintIt05");

  private TestSecrets() {}

  /** Adds a secret that a test made up. */
  public static String remember(String secret) {
    if (ALL.add(secret)) {
      String caller =
          StackWalker.getInstance()
              .walk(frames -> frames.skip(1).findFirst())
              .map(frame -> frame.getClassName() + ":" + frame.getLineNumber())
              .orElse("?");
      try {
        Files.createDirectories(FILE.getParent());
        Files.writeString(
            FILE,
            caller + "\t" + secret + "\n",
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND);
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
    return secret;
  }

  /** All of them, so far. */
  public static Set<String> all() {
    return Set.copyOf(ALL);
  }

  /** Where each was made up, in this JVM or in one that ended. */
  static Map<String, String> origins() {
    try (Stream<String> lines = Files.lines(FILE)) {
      return lines
          .map(line -> line.split("\t", 2))
          .collect(Collectors.toMap(parts -> parts[1], parts -> parts[0], (a, b) -> a));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
