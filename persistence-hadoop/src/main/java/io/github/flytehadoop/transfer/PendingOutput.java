/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer;

import java.io.IOException;
import java.io.OutputStream;

/**
 * A file that is being written and not there yet. Only {@link #commit()} publishes it; {@link
 * #close()} without a commit leaves nothing, so try-with-resources is safe.
 *
 * <pre>{@code
 * try (PendingOutput out = provider.openWrite("s3://bucket/key")) {
 *   out.write(bytes);
 *   out.commit();
 * }
 * }</pre>
 */
public abstract class PendingOutput extends OutputStream {
  /** For implementations. */
  protected PendingOutput() {}

  /** The URI that a commit will publish, in the form the caller used. */
  public abstract String uri();

  /**
   * Publishes the file, whole. Final; harmless when repeated.
   *
   * @throws io.github.flytehadoop.error.UploadException when the store refused; then nothing is
   *     visible
   * @throws IllegalStateException after {@link #abort()} or {@link #close()}
   */
  public abstract void commit() throws IOException;

  /** Throws the bytes away. Harmless when repeated, or after a commit. */
  public abstract void abort();

  /** Aborts unless committed. */
  @Override
  public abstract void close() throws IOException;
}
