/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.job;

import io.github.flytehadoop.error.CopyException;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.transfer.Engine;
import io.github.flytehadoop.transfer.TransferEngine;
import io.github.flytehadoop.transfer.work.LocalEngine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The engines of one provider: its own, and those on the class path. */
public final class Engines {
  private final @Nullable TransferEngine chosen;
  private final Consumer<TransferEngine> configurer;

  /**
   * Engines besides the local one.
   *
   * @param chosen for copies that ask for its kind, or for none; or null
   * @param configurer tells an engine that was found on the class path what the provider knows
   */
  public Engines(@Nullable TransferEngine chosen, Consumer<TransferEngine> configurer) {
    this.chosen = chosen;
    this.configurer = configurer;
  }

  TransferEngine of(Engine wanted, LocalEngine local) throws CopyException {
    if (wanted == Engine.AUTO) {
      return new AutoEngine(local, clusters());
    }
    if (chosen != null && wanted == chosen.kind()) {
      return chosen;
    }
    if (wanted == Engine.LOCAL) {
      return local;
    }
    for (TransferEngine found : onClassPath()) {
      if (found.kind() == wanted) {
        return found;
      }
    }
    throw Problem.cannot("copy with", wanted.name())
        .because("that engine is not on the class path")
        .remedy(advice(wanted))
        .as(CopyException::new);
  }

  /** The one that was given, else those that are found, Spark's before MapReduce's. */
  private List<TransferEngine> clusters() {
    if (chosen != null) {
      return List.of(chosen);
    }
    List<TransferEngine> found = new ArrayList<>(onClassPath());
    found.sort(Comparator.comparing(TransferEngine::kind).reversed());
    return found;
  }

  private List<TransferEngine> onClassPath() {
    List<TransferEngine> found = new ArrayList<>();
    for (TransferEngine engine : ServiceLoader.load(TransferEngine.class)) {
      configurer.accept(engine);
      found.add(engine);
    }
    return found;
  }

  private static String advice(Engine wanted) {
    return wanted == Engine.SPARK
        ? "Run it as a Spark application: spark-submit --class"
            + " io.github.flytehadoop.spark.SparkCopy with the jar of spark-integration."
        : "Add its jar, give it to the builder, or use one of "
            + List.of(Engine.AUTO, Engine.LOCAL)
            + ".";
  }
}
