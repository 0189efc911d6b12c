/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.job;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.error.UploadException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.transfer.BlobDimensionality;
import io.github.flytehadoop.transfer.EngineContext;
import io.github.flytehadoop.transfer.OnExisting;
import io.github.flytehadoop.transfer.TransferEngine;
import io.github.flytehadoop.transfer.TransferItem;
import io.github.flytehadoop.transfer.TransferPlan;
import io.github.flytehadoop.transfer.TransferReport;
import io.github.flytehadoop.transfer.plan.EmptyDirectories;
import io.github.flytehadoop.transfer.plan.PlanBuilder;
import io.github.flytehadoop.transfer.plan.Roots;
import io.github.flytehadoop.transfer.plan.TransferPlanner;
import io.github.flytehadoop.transfer.spill.SpillFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Local files and directories on their way to a store (FAP-PU, FAP-PD). */
final class Uploads {
  private final TransferEngine engine;
  private final EngineContext context;
  private final Map<String, String> metadata;
  private final TransferPlanner planner;

  Uploads(TransferEngine engine, EngineContext context, Map<String, String> metadata) {
    this.engine = engine;
    this.context = context;
    this.metadata = metadata;
    this.planner = new TransferPlanner(context.stores(), context.cancellation());
  }

  TransferReport put(Path local, Location remote, BlobDimensionality shape)
      throws TransferException {
    try {
      TransferJob job = new TransferJob(engine, context, UploadException::new);
      Location source = Location.parse(local.toAbsolutePath().normalize().toString());
      if (shape == BlobDimensionality.MULTIPART && Files.isDirectory(local)) {
        return putDirectory(job, source, remote);
      }
      return putFile(job, local, source, remote, shape);
    } catch (UploadException already) {
      throw already;
    } catch (TransferException failure) {
      throw new UploadException(
          failure.kind(), failure.location(), String.valueOf(failure.getMessage()), failure);
    } catch (IOException failure) {
      throw Problem.cannot("put", local)
          .also("to", remote.text())
          .because(failure.toString())
          .remedy("Check the local disk.")
          .kind(FailureKind.LOCAL_IO)
          .causedBy(failure)
          .as(UploadException::new);
    }
  }

  private TransferReport putFile(
      TransferJob job, Path local, Location source, Location remote, BlobDimensionality shape)
      throws IOException {
    if (Files.isDirectory(local)) {
      throw Problem.cannot("put", local)
          .also("to", remote.text())
          .also("as one file")
          .because("it is a directory")
          .remedy("Use BlobDimensionality.MULTIPART, or --recursive.")
          .as(UploadException::new);
    }
    Attributes attributes = context.stores().of(source).stat(source);
    Location target =
        shape == BlobDimensionality.MULTIPART
            ? FileTarget.in(source, remote)
            : new FileTarget(context, planner).of(source, remote);
    TransferItem item = TransferPlanner.item(0, source, target, attributes);
    TransferPlan plan =
        new TransferPlan(JobNames.next(), List.of(item), List.of(), metadata, OnExisting.OVERWRITE);
    return job.run(plan, target.text(), 0, List.of());
  }

  private TransferReport putDirectory(TransferJob job, Location source, Location remote)
      throws IOException {
    try (SpillFile space = new SpillFile()) {
      PlanBuilder draft =
          planner.draft(new Roots(source, remote), PlanBuilder.NameRule.of(remote), space);
      EmptyDirectories empty =
          EmptyDirectories.of(context.stores().of(remote).traits(), remote, draft);
      TransferPlan plan =
          new TransferPlan(
              JobNames.next(), draft.items(), empty.toMake(), metadata, OnExisting.OVERWRITE);
      return job.run(plan, remote.text(), 0, empty.notes());
    }
  }
}
