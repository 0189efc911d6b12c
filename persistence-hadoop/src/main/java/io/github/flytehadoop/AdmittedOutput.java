/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import io.github.flytehadoop.transfer.PendingOutput;
import io.github.flytehadoop.transfer.job.Transfers;
import io.github.flytehadoop.transfer.work.LocalEngine;
import java.io.IOException;

/** An output that counts among the files, buffers and bytes of its provider until it ends (F90). */
final class AdmittedOutput extends PendingOutput {
  private final PendingOutput out;
  private final Transfers transfers;
  private final LocalEngine.Admission admission;

  AdmittedOutput(PendingOutput out, Transfers transfers, LocalEngine.Admission admission) {
    this.out = out;
    this.transfers = transfers;
    this.admission = admission;
  }

  @Override
  public String uri() {
    return out.uri();
  }

  @Override
  public void write(int oneByte) throws IOException {
    transfers.pass(1, uri());
    out.write(oneByte);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    transfers.pass(length, uri());
    out.write(bytes, offset, length);
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void commit() throws IOException {
    try {
      out.commit();
    } finally {
      admission.close();
    }
  }

  @Override
  public void abort() {
    try {
      out.abort();
    } finally {
      admission.close();
    }
  }

  @Override
  public void close() throws IOException {
    try {
      out.close();
    } finally {
      admission.close();
    }
  }
}
