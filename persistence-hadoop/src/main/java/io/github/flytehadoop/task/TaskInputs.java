/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.task;

import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.literal.FlyteDirectory;
import io.github.flytehadoop.literal.FlyteFile;
import io.github.flytehadoop.literal.Literal;
import io.github.flytehadoop.literal.LiteralException;
import io.github.flytehadoop.literal.Literals;
import io.github.flytehadoop.literal.StructuredDataset;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The inputs of a task by their names.
 *
 * <p>A value is had exactly, or the call fails: no number is cut. {@code None} fails too, but for
 * {@code optional…}, which give empty for {@code None} and for an input that is absent. {@code
 * inputs.pb} is read at the first call, and a literal that was offloaded when its variable is asked
 * for. Thread-safe.
 */
public final class TaskInputs {
  private final InputLiterals literals;

  TaskInputs(InputLiterals literals) {
    this.literals = literals;
  }

  /**
   * The names of all inputs, in the order they came.
   *
   * @throws IOException when the inputs cannot be read
   */
  public Set<String> names() throws IOException {
    return literals.names();
  }

  /**
   * Whether there is such an input, {@code None} included.
   *
   * @throws IOException when the inputs cannot be read
   */
  public boolean has(String name) throws IOException {
    return names().contains(Objects.requireNonNull(name, "name"));
  }

  /**
   * What Flyte 2 passes beside the inputs, without the keys of the SDK itself; empty in Flyte 1.
   *
   * @throws IOException when the inputs cannot be read
   */
  public Map<String, String> context() throws IOException {
    return literals.context();
  }

  /**
   * The literal of an input, with nothing offloaded in it.
   *
   * @throws LiteralException when there is no such input, or its offloaded part is damaged
   * @throws IOException when a file cannot be read
   */
  public Literal literal(String name) throws IOException {
    Literal found = literals.find(Objects.requireNonNull(name, "name"));
    if (found == null) {
      throw new LiteralException(
          name,
          Problem.cannot("read input " + name)
              .because("the task has no such input")
              .remedy("It has " + literals.names() + ".")
              .message(),
          null);
    }
    return found;
  }

  private @Nullable Literal present(String name) throws IOException {
    Literal found = literals.find(Objects.requireNonNull(name, "name"));
    return found == null || Literals.isNone(found) ? null : found;
  }

  /**
   * The value as a Java type: numbers, texts, times, enums, records (dataclasses by the names of
   * their fields), {@link FlyteFile} and the like.
   *
   * @throws LiteralException when it is none, or not exactly of that type
   */
  public <T> T get(String name, Class<T> type) throws IOException {
    return Literals.as(name, literal(name), type);
  }

  /**
   * An integer: see {@link #get}.
   *
   * @throws LiteralException when there is no such input, or it is not exactly of that type
   * @throws IOException when the inputs cannot be read
   */
  public long getLong(String name) throws IOException {
    return get(name, Long.class);
  }

  /**
   * A number: see {@link #get}.
   *
   * @throws LiteralException when there is no such input, or it is not exactly of that type
   * @throws IOException when the inputs cannot be read
   */
  public double getDouble(String name) throws IOException {
    return get(name, Double.class);
  }

  /**
   * True or false: see {@link #get}.
   *
   * @throws LiteralException when there is no such input, or it is not exactly of that type
   * @throws IOException when the inputs cannot be read
   */
  public boolean getBoolean(String name) throws IOException {
    return get(name, Boolean.class);
  }

  /**
   * A text: see {@link #get}.
   *
   * @throws LiteralException when there is no such input, or it is not exactly of that type
   * @throws IOException when the inputs cannot be read
   */
  public String getString(String name) throws IOException {
    return get(name, String.class);
  }

  /**
   * A point in time: see {@link #get}.
   *
   * @throws LiteralException when there is no such input, or it is not exactly of that type
   * @throws IOException when the inputs cannot be read
   */
  public Instant getInstant(String name) throws IOException {
    return get(name, Instant.class);
  }

  /**
   * A length of time: see {@link #get}.
   *
   * @throws LiteralException when there is no such input, or it is not exactly of that type
   * @throws IOException when the inputs cannot be read
   */
  public Duration getDuration(String name) throws IOException {
    return get(name, Duration.class);
  }

  /**
   * A list; elements that are {@code None} are null.
   *
   * @throws LiteralException when it is no list, or an element is not exactly of that type
   */
  public <E> List<E> getList(String name, Class<E> element) throws IOException {
    return Literals.list(name, literal(name), element);
  }

  /**
   * A map whose keys are texts, in the order it came; values that are {@code None} are null.
   *
   * @throws LiteralException when it is no such map, or a value is not exactly of that type
   */
  public <V> Map<String, V> getMap(String name, Class<V> value) throws IOException {
    return Literals.map(name, literal(name), value);
  }

  /**
   * The value as a Java type, or empty when it is {@code None} or absent.
   *
   * @throws LiteralException when it is not exactly of that type
   */
  public <T> Optional<T> optional(String name, Class<T> type) throws IOException {
    Literal found = present(name);
    return found == null ? Optional.empty() : Optional.of(Literals.as(name, found, type));
  }

  /**
   * An integer, or empty: see {@link #optional}.
   *
   * @throws LiteralException when it is not exactly of that type
   * @throws IOException when the inputs cannot be read
   */
  public OptionalLong optionalLong(String name) throws IOException {
    Optional<Long> found = optional(name, Long.class);
    return found.isPresent() ? OptionalLong.of(found.get()) : OptionalLong.empty();
  }

  /**
   * A number, or empty: see {@link #optional}.
   *
   * @throws LiteralException when it is not exactly of that type
   * @throws IOException when the inputs cannot be read
   */
  public OptionalDouble optionalDouble(String name) throws IOException {
    Optional<Double> found = optional(name, Double.class);
    return found.isPresent() ? OptionalDouble.of(found.get()) : OptionalDouble.empty();
  }

  /**
   * True or false, or empty: see {@link #optional}.
   *
   * @throws LiteralException when it is not exactly of that type
   * @throws IOException when the inputs cannot be read
   */
  public Optional<Boolean> optionalBoolean(String name) throws IOException {
    return optional(name, Boolean.class);
  }

  /**
   * A text, or empty: see {@link #optional}.
   *
   * @throws LiteralException when it is not exactly of that type
   * @throws IOException when the inputs cannot be read
   */
  public Optional<String> optionalString(String name) throws IOException {
    return optional(name, String.class);
  }

  /**
   * A point in time, or empty: see {@link #optional}.
   *
   * @throws LiteralException when it is not exactly of that type
   * @throws IOException when the inputs cannot be read
   */
  public Optional<Instant> optionalInstant(String name) throws IOException {
    return optional(name, Instant.class);
  }

  /**
   * A length of time, or empty: see {@link #optional}.
   *
   * @throws LiteralException when it is not exactly of that type
   * @throws IOException when the inputs cannot be read
   */
  public Optional<Duration> optionalDuration(String name) throws IOException {
    return optional(name, Duration.class);
  }

  /**
   * A list, or empty: see {@link #getList}.
   *
   * @throws LiteralException when it is not exactly of that type
   * @throws IOException when the inputs cannot be read
   */
  public <E> Optional<List<E>> optionalList(String name, Class<E> element) throws IOException {
    Literal found = present(name);
    return found == null ? Optional.empty() : Optional.of(Literals.list(name, found, element));
  }

  /**
   * A map, or empty: see {@link #getMap}.
   *
   * @throws LiteralException when it is not exactly of that type
   * @throws IOException when the inputs cannot be read
   */
  public <V> Optional<Map<String, V>> optionalMap(String name, Class<V> value) throws IOException {
    Literal found = present(name);
    return found == null ? Optional.empty() : Optional.of(Literals.map(name, found, value));
  }

  /**
   * A file, as a stream or as a download.
   *
   * @throws LiteralException when there is no such input, or it is not exactly of that type
   * @throws IOException when the inputs cannot be read
   */
  public InputFile file(String name) throws IOException {
    return new InputFile(literals.provider(), get(name, FlyteFile.class));
  }

  /**
   * A directory, as streams or as a download.
   *
   * @throws LiteralException when there is no such input, or it is not exactly of that type
   * @throws IOException when the inputs cannot be read
   */
  public InputDirectory directory(String name) throws IOException {
    return new InputDirectory(literals.provider(), get(name, FlyteDirectory.class));
  }

  /**
   * A table: where it is, and what its columns are.
   *
   * @throws LiteralException when there is no such input, or it is not exactly of that type
   */
  public StructuredDataset dataset(String name) throws IOException {
    return get(name, StructuredDataset.class);
  }
}
