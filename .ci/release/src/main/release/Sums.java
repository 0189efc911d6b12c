/* Licensed under Apache-2.0; see LICENSE. */

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Writes {@code SHA256SUMS} and {@code SHA512SUMS} of a directory, as {@code sha256sum -c} reads
 * them, and signs every file where a key is named.
 *
 * <p>{@code java Sums.java DIRECTORY [KEY]}
 */
final class Sums {
  private static final Map<String, String> ALGORITHMS =
      new TreeMap<>(Map.of("SHA256SUMS", "SHA-256", "SHA512SUMS", "SHA-512"));

  private Sums() {}

  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[0]);
    String key = arguments.length > 1 ? arguments[1].strip() : "";
    List<Path> files = files(directory);
    for (Map.Entry<String, String> each : ALGORITHMS.entrySet()) {
      StringBuilder lines = new StringBuilder();
      for (Path file : files) {
        lines.append(digest(each.getValue(), file)).append("  ").append(file.getFileName()).append('\n');
      }
      Files.writeString(directory.resolve(each.getKey()), lines);
    }
    System.out.println(files.size() + " files in " + directory);
    if (key.isEmpty()) {
      System.out.println("Nothing is signed: no key is named. -Dgpg.keyname=KEY signs with gpg.");
    } else {
      for (Path file : files(directory)) {
        sign(file, key);
      }
    }
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static String digest(String algorithm, Path file)
      throws IOException, GeneralSecurityException {
    return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(Files.readAllBytes(file)));
  }

  private static void sign(Path file, String key) throws IOException, InterruptedException {
    List<String> command =
        List.of("gpg", "--batch", "--yes", "--armor", "--local-user", key, "--detach-sign", file.toString());
    int code = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (code != 0) {
      throw new IOException("gpg could not sign " + file + ": exit code " + code);
    }
  }
}
