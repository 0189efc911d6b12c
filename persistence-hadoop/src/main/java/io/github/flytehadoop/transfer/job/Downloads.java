/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.job;

import io.github.flytehadoop.error.DataNotFoundException;
import io.github.flytehadoop.error.DownloadException;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.RelativePath;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.StoreTraits;
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
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Files and directories of a store on their way to the local disk (FAP-G, FAP-GD). */
final class Downloads {
  private final TransferEngine engine;
  private final EngineContext context;
  private final TransferPlanner planner;

  Downloads(TransferEngine engine, EngineContext context) {
    this.engine = engine;
    this.context = context;
    this.planner = new TransferPlanner(context.stores(), context.cancellation());
  }

  TransferReport get(Location remote, Path local, BlobDimensionality shape)
      throws TransferException {
    try {
      TransferJob job = new TransferJob(engine, context, DownloadException::new);
      return shape == BlobDimensionality.SINGLE
          ? getFile(job, remote, local)
          : getDirectory(job, remote, local);
    } catch (DataNotFoundException | DownloadException already) {
      throw already;
    } catch (TransferException failure) {
      throw new DownloadException(
          failure.kind(), failure.location(), String.valueOf(failure.getMessage()), failure);
    } catch (IOException failure) {
      throw Problem.cannot("get", remote.text())
          .also("to", local)
          .because(failure.toString())
          .remedy("Check the local disk.")
          .kind(FailureKind.LOCAL_IO)
          .causedBy(failure)
          .as(DownloadException::new);
    }
  }

  private TransferReport getFile(TransferJob job, Location remote, Path local) throws IOException {
    Attributes attributes = context.stores().of(remote).stat(remote);
    if (attributes.isDirectory()) {
      throw Problem.cannot("get", remote.text())
          .also("as one file")
          .because("it is a directory, or a prefix of other keys")
          .remedy("Use BlobDimensionality.MULTIPART, or --recursive.")
          .as(DownloadException::new);
    }
    Path target = Files.isDirectory(local) ? local.resolve(nameOf(remote)) : local;
    return fetchOne(job, remote, attributes, target);
  }

  private TransferReport fetchOne(
      TransferJob job, Location remote, Attributes attributes, Path target) throws IOException {
    Location to = location(target);
    TransferItem item = TransferPlanner.item(0, remote, to, attributes);
    TransferPlan plan =
        new TransferPlan(JobNames.next(), List.of(item), List.of(), Map.of(), OnExisting.OVERWRITE);
    return job.run(plan, target.toString(), 0, List.of());
  }

  private TransferReport getDirectory(TransferJob job, Location remote, Path local)
      throws IOException {
    Location target = location(local);
    try (SpillFile space = new SpillFile()) {
      PlanBuilder draft;
      try {
        draft = planner.draft(new Roots(remote, target), PlanBuilder.NameRule.of(target), space);
      } catch (TransferException failure) {
        return getFileAsDirectory(job, remote, local, failure);
      }
      requireDirectory(remote, local);
      EmptyDirectories empty =
          EmptyDirectories.of(context.stores().of(target).traits(), target, draft);
      TransferPlan plan =
          new TransferPlan(
              JobNames.next(), draft.items(), empty.toMake(), Map.of(), OnExisting.OVERWRITE);
      return job.run(plan, local.toString(), 0, empty.notes());
    }
  }

  /** What flytekit does with a file that is asked for as a directory (FAP-G-6). */
  private TransferReport getFileAsDirectory(
      TransferJob job, Location remote, Path local, TransferException listing) throws IOException {
    if (listing.kind() != FailureKind.UNSUPPORTED) {
      throw listing;
    }
    Attributes attributes = context.stores().of(remote).stat(remote);
    if (attributes.isDirectory()) {
      throw listing;
    }
    boolean keys = context.stores().of(remote).traits().tree() == StoreTraits.Tree.PREFIXES;
    Path target = keys && !Files.isDirectory(local) ? local : local.resolve(nameOf(remote));
    return fetchOne(job, remote, attributes, target);
  }

  private static Location location(Path local) {
    return Location.parse(local.toAbsolutePath().normalize().toString());
  }

  private static String nameOf(Location remote) {
    String text = remote.text();
    Location plain =
        text.endsWith("/") ? Location.parse(text.substring(0, text.length() - 1)) : remote;
    return new RelativePath(plain.name()).value();
  }

  private static void requireDirectory(Location remote, Path local) throws IOException {
    try {
      Files.createDirectories(local);
    } catch (FileAlreadyExistsException taken) {
      throw Problem.cannot("get", remote.text())
          .also("to", local)
          .at(local.toString())
          .because("the file " + taken.getFile() + " is in the way")
          .remedy("Choose another target, or remove it.")
          .kind(FailureKind.CONFLICT)
          .causedBy(taken)
          .as(DownloadException::new);
    }
  }
}
