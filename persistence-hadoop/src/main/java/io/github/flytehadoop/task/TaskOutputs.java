/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.task;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.literal.Literal;
import io.github.flytehadoop.literal.LiteralException;
import io.github.flytehadoop.literal.LiteralMap;
import io.github.flytehadoop.literal.LiteralType;
import io.github.flytehadoop.literal.Literals;
import io.github.flytehadoop.literal.StructuredDataset;
import io.github.flytehadoop.location.Location;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The outputs of a task by their names.
 *
 * <p>Data is uploaded as it is put. What the platform reads, {@code outputs.pb}, is written last,
 * whole, and by {@link #commit()} alone, which a body need not call. Thread-safe.
 */
public final class TaskOutputs {
  private static final Logger LOG = LoggerFactory.getLogger(TaskOutputs.class);

  private record Output(Literal literal, @Nullable LiteralType type) {}

  private final FlyteGeneration generation;
  private final OutputUploads uploads;
  private final MetadataFiles files;
  private final OffloadPolicy offloading;
  private final TaskLimits limits;
  private final Map<String, Output> outputs = new LinkedHashMap<>();
  private boolean committed;

  TaskOutputs(
      FlyteGeneration generation,
      OutputUploads uploads,
      MetadataFiles files,
      OffloadPolicy offloading,
      TaskLimits limits) {
    this.generation = generation;
    this.uploads = uploads;
    this.files = files;
    this.offloading = offloading;
    this.limits = limits;
  }

  /**
   * A value without a declared type. Records become dataclasses, local paths are uploaded as files
   * or directories, in lists and maps too; the last value of a name counts.
   *
   * @throws LiteralException when no literal stands for such a value
   * @throws IOException when a file cannot be uploaded
   * @throws IllegalStateException after {@link #commit()}
   */
  public void put(String name, @Nullable Object value) throws IOException {
    Object uploaded = uploads.uploaded(value);
    put(name, Literals.of(named(name), uploaded, null, generation.dialect()), null);
  }

  /**
   * A value of a declared type: with a union, such as {@link LiteralType#optional}, Python's SDK
   * knows which variant it is.
   *
   * @throws LiteralException when the value is not of that type
   */
  public void put(String name, @Nullable Object value, LiteralType type) throws IOException {
    Objects.requireNonNull(type, "type");
    Object uploaded = uploads.uploaded(value);
    put(name, Literals.of(named(name), uploaded, type, generation.dialect()), type);
  }

  /** A literal as it is. */
  public void putLiteral(String name, Literal literal) {
    put(named(name), Objects.requireNonNull(literal, "literal"), null);
  }

  /**
   * Uploads a file: {@code FlyteFile} or {@code File} in Python.
   *
   * @throws IOException when the file cannot be uploaded
   * @throws IllegalStateException after {@link #commit()}
   */
  public void putFile(String name, Path file) throws IOException {
    putFile(name, file, "");
  }

  /**
   * Uploads a file of a declared format, such as {@code csv} for {@code FlyteFile["csv"]}.
   *
   * @throws IOException when the file cannot be uploaded
   * @throws IllegalStateException after {@link #commit()}
   */
  public void putFile(String name, Path file, String format) throws IOException {
    put(name, (Object) uploads.file(file, Objects.requireNonNull(format, "format")));
  }

  /**
   * Uploads what is in a directory: {@code FlyteDirectory} or {@code Dir} in Python.
   *
   * @throws IOException when a file cannot be uploaded
   * @throws IllegalStateException after {@link #commit()}
   */
  public void putDirectory(String name, Path directory) throws IOException {
    put(name, (Object) uploads.directory(directory, ""));
  }

  /**
   * A table that is written already: {@code StructuredDataset} or {@code DataFrame} in Python.
   *
   * @throws LiteralException when no literal stands for it
   * @throws IllegalStateException after {@link #commit()}
   */
  public void putDataset(String name, StructuredDataset dataset) throws IOException {
    put(name, (Object) dataset);
  }

  private synchronized void put(String name, Literal literal, @Nullable LiteralType type) {
    if (committed) {
      throw Problem.cannot("put output " + name).because("the outputs are written").state();
    }
    outputs.put(name, new Output(literal, type));
  }

  private static String named(String name) {
    if (name.isEmpty()) {
      throw Problem.cannot("put an output").because("its name is empty").argument();
    }
    return name;
  }

  /**
   * Publishes the outputs, once: first the literals that are too large, at the end {@code
   * outputs.pb}. An {@code error.pb} that an earlier process of this attempt left is removed
   * before, for the platform would believe it.
   *
   * @throws TransferException when a store refuses, or when the old {@code error.pb} cannot be
   *     removed; {@code outputs.pb} is not there then
   * @throws LiteralException when the outputs are larger than the limits of the task
   */
  public synchronized void commit() throws IOException {
    if (committed) {
      return;
    }
    Map<String, Literal> literals = new LinkedHashMap<>();
    for (Map.Entry<String, Output> output : outputs.entrySet()) {
      Output put = output.getValue();
      String name = output.getKey();
      literals.put(name, offloading.apply(name, put.literal(), put.type(), files));
    }
    byte[] bytes = Literals.toBytes(new LiteralMap(literals));
    checkSize(bytes.length, literals);
    removeOldError();
    files.write(MetadataFiles.OUTPUTS, bytes);
    committed = true;
  }

  private void checkSize(int length, Map<String, Literal> literals) throws LiteralException {
    if (length > limits.outputsBytes()) {
      throw new LiteralException(
          "",
          Problem.cannot("write the outputs")
              .because(
                  "they have "
                      + length
                      + " bytes, more than the bound of "
                      + limits.outputsBytes()
                      + sizes(literals))
              .remedy("Write large data to files, and put those.")
              .message(),
          null);
    }
    if (length > TaskLimits.PLATFORM_BYTES) {
      LOG.warn(
          "The outputs have {} bytes{}. A platform that is not configured to read more than {}"
              + " bytes (storage.limits.maxDownloadMBs) refuses them: write large data to files.",
          length,
          sizes(literals),
          TaskLimits.PLATFORM_BYTES);
    }
  }

  /** The largest first. */
  private static String sizes(Map<String, Literal> literals) throws LiteralException {
    Map<String, Integer> sizes = new LinkedHashMap<>();
    for (Map.Entry<String, Literal> literal : literals.entrySet()) {
      sizes.put(literal.getKey(), Literals.toBytes(literal.getValue()).length);
    }
    List<Map.Entry<String, Integer>> sorted = new ArrayList<>(sizes.entrySet());
    sorted.sort(Map.Entry.comparingByValue(Comparator.reverseOrder()));
    StringBuilder text = new StringBuilder();
    sorted.forEach(
        each -> text.append(", ").append(each.getKey()).append(' ').append(each.getValue()));
    return " (" + (text.isEmpty() ? "" : text.substring(2)) + ")";
  }

  private void removeOldError() throws IOException {
    try {
      files.deleteIfExists(MetadataFiles.ERROR);
    } catch (TransferException refused) {
      FailureKind kind = refused.kind();
      throw Problem.cannot("write the outputs")
          .because(
              "a failure that an earlier process may have left cannot be removed, and the platform"
                  + " would believe it: "
                  + refused.getMessage())
          .remedy("Let the task delete " + Location.parse(files.uri(MetadataFiles.ERROR)) + ".")
          .kind(kind)
          .causedBy(refused)
          .exception();
    }
  }
}
