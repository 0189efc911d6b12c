/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.receipt;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.PathFailure;
import io.github.flytehadoop.store.multipart.UploadedPart;
import io.github.flytehadoop.transfer.Receipt;
import io.github.flytehadoop.transfer.Route;
import io.github.flytehadoop.transfer.Verification;
import io.github.flytehadoop.transfer.spill.Codec;
import io.github.flytehadoop.transfer.spill.VarintReader;
import io.github.flytehadoop.transfer.spill.VarintWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Receipts without the exception behind a failure. */
final class ReceiptCodec implements Codec<Receipt> {
  private static final int RECEIPT_BYTES = 200;
  private static final int PART_BYTES = 150;

  @Override
  public void write(Receipt receipt, VarintWriter out) {
    out.number(receipt.id());
    out.number(receipt.bytes());
    out.number(receipt.verification() == Verification.CHECKSUM ? 1 : 0);
    out.number(receipt.attempts());
    PathFailure failure = receipt.failure();
    out.text(failure == null ? null : failure.path());
    if (failure != null) {
      out.text(failure.kind().name());
      out.text(failure.message());
    }
    out.text(receipt.route().name());
    out.text(receipt.worker());
    out.number(receipt.millis());
    out.text(receipt.checksum());
    out.text(receipt.version());
    out.number(receipt.parts().size());
    for (UploadedPart part : receipt.parts()) {
      out.number(part.number());
      out.number(part.lengthBytes());
      out.text(part.tag());
      out.number(part.crc32c());
    }
  }

  @Override
  public Receipt read(VarintReader in) {
    long id = in.number();
    long bytes = in.number();
    Verification verification = in.number() == 1 ? Verification.CHECKSUM : Verification.LENGTH;
    int attempts = (int) in.number();
    PathFailure failure = failure(in);
    Route route = Route.valueOf(in.text());
    String worker = in.text();
    long millis = in.number();
    String checksum = in.textOrNull();
    String version = in.textOrNull();
    List<UploadedPart> parts = parts(in);
    return new Receipt(
        id,
        bytes,
        verification,
        attempts,
        failure,
        null,
        route,
        parts,
        worker,
        millis,
        checksum,
        version);
  }

  private static List<UploadedPart> parts(VarintReader in) {
    List<UploadedPart> parts = new ArrayList<>();
    for (long left = in.number(); left > 0; left--) {
      parts.add(new UploadedPart((int) in.number(), in.number(), in.text(), in.number()));
    }
    return parts;
  }

  private static @Nullable PathFailure failure(VarintReader in) {
    String path = in.textOrNull();
    return path == null ? null : new PathFailure(path, FailureKind.valueOf(in.text()), in.text());
  }

  @Override
  public int weightBytes(Receipt receipt) {
    PathFailure failure = receipt.failure();
    return RECEIPT_BYTES
        + PART_BYTES * receipt.parts().size()
        + (failure == null ? 0 : 2 * (failure.path().length() + failure.message().length()));
  }
}
