/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.PathFailure;
import io.github.flytehadoop.transfer.spill.Codec;
import io.github.flytehadoop.transfer.spill.PackedReader;
import io.github.flytehadoop.transfer.spill.PackedWriter;
import org.jspecify.annotations.Nullable;

/** Receipts without the exception behind a failure. */
final class ReceiptCodec implements Codec<Receipt> {
  private static final int RECEIPT_BYTES = 200;

  @Override
  public void write(Receipt receipt, PackedWriter out) {
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
  }

  @Override
  public Receipt read(PackedReader in) {
    long id = in.number();
    long bytes = in.number();
    Verification verification = in.number() == 1 ? Verification.CHECKSUM : Verification.LENGTH;
    int attempts = (int) in.number();
    return new Receipt(id, bytes, verification, attempts, failure(in), null);
  }

  private static @Nullable PathFailure failure(PackedReader in) {
    String path = in.textOrNull();
    return path == null ? null : new PathFailure(path, FailureKind.valueOf(in.text()), in.text());
  }

  @Override
  public int weightBytes(Receipt receipt) {
    PathFailure failure = receipt.failure();
    return RECEIPT_BYTES
        + (failure == null ? 0 : 2 * (failure.path().length() + failure.message().length()));
  }
}
