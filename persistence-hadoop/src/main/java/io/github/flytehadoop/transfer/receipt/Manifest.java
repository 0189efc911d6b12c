/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.receipt;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.transfer.Receipt;
import io.github.flytehadoop.transfer.TransferItem;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A local file with a line of JSON for each file that a run has moved. It is written beside its
 * name and gets it whole, when the run has ended; of a run that was killed there is none.
 */
public final class Manifest implements Closeable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final Path unfinished;
  private final BufferedWriter out;

  private Manifest(Path file, Path unfinished, BufferedWriter out) {
    this.file = file;
    this.unfinished = unfinished;
    this.out = out;
  }

  /** Begins one, so that a place that cannot be written is known before the first byte moves. */
  public static Manifest begin(Path file) throws TransferException {
    try {
      Path whole = file.toAbsolutePath().normalize();
      if (Files.isDirectory(whole)) {
        throw new IOException("it is a directory");
      }
      Path unfinished = whole.resolveSibling(".flyte-" + UUID.randomUUID() + ".tmp");
      return new Manifest(
          whole, unfinished, Files.newBufferedWriter(unfinished, StandardOpenOption.CREATE_NEW));
    } catch (IOException failure) {
      throw failed(file, failure);
    }
  }

  private static TransferException failed(Path file, IOException failure) {
    return Problem.cannot("write the manifest", file)
        .because(failure.toString())
        .remedy("Choose another file.")
        .kind(FailureKind.LOCAL_IO)
        .causedBy(failure)
        .exception();
  }

  /** Refuses a place where the manifest would be one of the files that it tells of. */
  public static void refuseAmongData(@Nullable Path file, Location... data) {
    if (file == null) {
      return;
    }
    Path whole = file.toAbsolutePath().normalize();
    for (Location at : data) {
      if (at.isLocal() && whole.startsWith(Path.of(at.key()).toAbsolutePath().normalize())) {
        throw Problem.cannot("write the manifest", file)
            .because("it would be among the data of " + at)
            .remedy("Choose a file beside it.")
            .argument();
      }
    }
  }

  /** A file that is at its target. */
  void add(TransferItem item, Receipt receipt) {
    ObjectNode line = JSON.createObjectNode();
    line.put("path", item.target()).put("size", receipt.bytes());
    line.put("checksum", receipt.checksum());
    line.put("attempts", receipt.attempts()).put("milliseconds", receipt.millis());
    line.put("worker", receipt.worker().isEmpty() ? "local" : receipt.worker());
    try {
      out.write(line.toString());
      out.write('\n');
    } catch (IOException full) {
      throw new UncheckedIOException(full);
    }
  }

  /** Gives it its name. */
  public void commit() throws IOException {
    try {
      out.close();
      Files.move(
          unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failure) {
      throw failed(file, failure);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      out.close();
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }
}
