/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.task;

import io.github.flytehadoop.FileAccessProvider;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.Scheme;
import io.github.flytehadoop.transfer.PendingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The files through which a task speaks with the platform. Each appears whole or not at all, and
 * none appears once the process has been told to end.
 */
final class MetadataFiles {
  static final String OUTPUTS = "outputs.pb";
  static final String ERROR = "error.pb";

  /** More than an array has room for on some virtual machines. */
  private static final long MOST_BYTES = Integer.MAX_VALUE - 8L;

  private static final int FIRST_BYTES = 1 << 16;

  private final FileAccessProvider provider;
  private final String prefix;
  private final Ending ending;

  MetadataFiles(FileAccessProvider provider, TaskArguments arguments, Ending ending) {
    this.provider = provider;
    this.prefix = arguments.outputPrefix();
    this.ending = ending;
  }

  /** Refuses places that the platform does not read. */
  static void requireReadable(TaskArguments arguments, TaskLimits limits) {
    if (limits.metadataStores() == TaskLimits.MetadataStores.ANY) {
      return;
    }
    for (String uri : new String[] {arguments.inputs(), arguments.outputPrefix()}) {
      if (!Scheme.hasBuckets(Scheme.of(uri))) {
        throw Problem.cannot("use", Location.parse(uri))
            .because("Flyte's platform does not read inputs and outputs on " + Scheme.of(uri) + ":")
            .remedy(
                "Let the platform's metadata lie on S3, GCS or Azure; data may lie anywhere. For a"
                    + " platform that reads more, use TaskLimits.withMetadataStores.")
            .argument();
      }
    }
  }

  String uri(String name) {
    return prefix + "/" + name;
  }

  /**
   * The bytes of a file.
   *
   * @throws TransferException when it is larger than the bound
   */
  byte[] read(String uri, long bound) throws IOException {
    byte[] bytes = readAtMost(uri, bound);
    if (bytes.length > bound) {
      throw tooLarge(uri, bound);
    }
    return bytes;
  }

  /** The bytes of a file; one more than the bound when it is larger. Memory grows as they come. */
  byte[] readAtMost(String uri, long bound) throws IOException {
    int most = (int) Math.min(bound + 1, MOST_BYTES);
    byte[] bytes = new byte[Math.min(most, FIRST_BYTES)];
    int length = 0;
    try (InputStream in = provider.openRead(uri)) {
      while (true) {
        length += in.readNBytes(bytes, length, bytes.length - length);
        if (length < bytes.length || length == most) {
          return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
        }
        bytes = Arrays.copyOf(bytes, (int) Math.min(most, 2L * length));
      }
    }
  }

  static TransferException tooLarge(String uri, long bound) {
    return Problem.cannot("read", Location.parse(uri))
        .because("it has more than " + bound + " bytes, which is the bound")
        .remedy("Pass large data as files, or raise the bound of TaskLimits.")
        .exception();
  }

  /** Publishes a file below the output prefix. */
  void write(String name, byte[] bytes) throws IOException {
    ending.refuseWrites(uri(name));
    publish(provider.openWrite(uri(name)), bytes);
  }

  /** Publishes a page that browsers show. */
  void writePage(String name, byte[] html) throws IOException {
    ending.refuseWrites(uri(name));
    publish(provider.openWrite(uri(name), "text/html; charset=utf-8"), html);
  }

  private void publish(PendingOutput file, byte[] bytes) throws IOException {
    try (file) {
      file.write(bytes);
      ending.commit(file);
    }
  }

  /** Deletes a file below the output prefix, if it is there. */
  void deleteIfExists(String name) throws IOException {
    provider.deleteIfExists(uri(name));
  }
}
