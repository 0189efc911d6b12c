/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.task;

import io.github.flytehadoop.FileAccessProvider;
import io.github.flytehadoop.literal.Literal;
import io.github.flytehadoop.literal.LiteralMap;
import io.github.flytehadoop.literal.LiteralValue.DatetimeValue;
import io.github.flytehadoop.literal.LiteralValue.OffloadedValue;
import io.github.flytehadoop.literal.Literals;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The literals of the inputs. {@code inputs.pb} is read at the first question, and an offloaded
 * literal when its variable is asked for; each once.
 */
final class InputLiterals {
  /** Keys of Flyte 2's context that are the SDK's own. */
  private static final String KICKOFF = "_u_kickoff_time_input_arg";

  private static final Set<String> RESERVED = Set.of(KICKOFF, "_u_produced_artifacts");

  private final FileAccessProvider provider;
  private final MetadataFiles files;
  private final TaskArguments arguments;
  private final TaskVariables variables;
  private final TaskLimits limits;
  private final Map<String, Literal> resolved = new HashMap<>();
  private @Nullable LiteralMap loaded;
  private @Nullable PathRewrite rewrite;

  InputLiterals(
      FileAccessProvider provider,
      MetadataFiles files,
      TaskArguments arguments,
      TaskVariables variables,
      TaskLimits limits) {
    this.provider = provider;
    this.files = files;
    this.arguments = arguments;
    this.variables = variables;
    this.limits = limits;
  }

  FileAccessProvider provider() {
    return provider;
  }

  private synchronized LiteralMap map() throws IOException {
    LiteralMap currentLoaded = loaded;
    if (currentLoaded == null) {
      currentLoaded = Literals.parseMap(files.read(arguments.inputs(), limits.inputsBytes()));
      if (arguments.generation() == FlyteGeneration.FLYTE_2) {
        rewrite = PathRewrite.of(variables, provider);
      }
      loaded = currentLoaded;
    }
    return currentLoaded;
  }

  Set<String> names() throws IOException {
    Set<String> names = new LinkedHashSet<>(map().literals().keySet());
    String kickoff = map().context().get(KICKOFF);
    if (kickoff != null && !kickoff.isEmpty()) {
      names.add(kickoff);
    }
    return Collections.unmodifiableSet(names);
  }

  Map<String, String> context() throws IOException {
    Map<String, String> context = new LinkedHashMap<>(map().context());
    context.keySet().removeAll(RESERVED);
    return Collections.unmodifiableMap(context);
  }

  /** The literal of a variable with nothing offloaded in it, or null when there is none. */
  synchronized @Nullable Literal find(String name) throws IOException {
    Literal known = resolved.get(name);
    if (known != null) {
      return known;
    }
    Literal literal = map().literals().get(name);
    if (literal == null) {
      return name.equals(map().context().get(KICKOFF)) ? kickoff() : null;
    }
    PathRewrite faster = rewrite;
    Literal whole = Literals.resolve(literal, this::read);
    Literal result = faster == null ? whole : faster.applied(whole);
    resolved.put(name, result);
    return result;
  }

  /** What is larger than the literal says is cut one byte later, which is enough to see it. */
  private byte[] read(OffloadedValue offloaded) throws IOException {
    long size = offloaded.sizeBytes();
    if (size < 0 || size > limits.offloadedBytes()) {
      throw MetadataFiles.tooLarge(offloaded.uri(), limits.offloadedBytes());
    }
    return files.readAtMost(offloaded.uri(), size);
  }

  /** A schedule passes its time as the start of the run; the SDK takes the epoch for no time. */
  private Literal kickoff() {
    return new Literal(new DatetimeValue(instant(arguments.run().startTime())));
  }

  private static Instant instant(@Nullable String text) {
    if (text == null) {
      return Instant.EPOCH;
    }
    try {
      return OffsetDateTime.parse(text.strip()).toInstant();
    } catch (DateTimeParseException none) {
      return Instant.EPOCH;
    }
  }
}
